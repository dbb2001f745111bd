/** Exporting: all of what was said in a room, fetched from its end page by page, as one file. */
import type { Connection } from "../../model/connection";
import type { AnswerOf } from "../../wire/kinds";

export type Format = "html" | "markdown" | "jsonl";

export const ENDINGS: Readonly<Record<Format, string>> = { html: "html", markdown: "md", jsonl: "jsonl" };

export const TYPES: Readonly<Record<Format, string>> = {
  html: "text/html",
  markdown: "text/markdown",
  jsonl: "application/jsonl",
};

/** Fetch it, and tell how many messages there are so far. Rejects as requests do, and when it is aborted. */
export async function exportRoom(
  connection: Connection,
  room: string,
  format: Format,
  onProgress: (messages: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const pages: (readonly string[])[] = [];
  let messages = 0;
  for (let before: number | null = null, isAll = false; !isAll; ) {
    signal.throwIfAborted();
    const page: AnswerOf<"exported"> = await connection.query(
      { type: "find_export", room, format, before },
      "exported",
    );
    if (page.lines.length > 0) pages.unshift(page.lines);
    messages += page.messages;
    onProgress(messages);
    before = page.first ?? 0;
    isAll = page.is_all || page.messages === 0;
  }
  return join(format, pages, messages);
}

/** Make one file of several, each of which has a beginning and an end of its own; the oldest comes first. */
export function join(format: Format, pages: readonly (readonly string[])[], messages: number): string {
  const [first] = pages;
  if (first === undefined) return "";
  const parts = pages.map((page) => split(format, page));
  const body = parts.flatMap((part) => part.body);
  const end = parts.at(-1)?.end.map((line) => recount(format, line, messages)) ?? [];
  return `${[...(parts[0]?.begin ?? []), ...body, ...end].join("\n")}\n`;
}

interface Parts {
  readonly begin: readonly string[];
  readonly body: readonly string[];
  readonly end: readonly string[];
}

function split(format: Format, lines: readonly string[]): Parts {
  const [from, to] = bounds(format, lines);
  return { begin: lines.slice(0, from), body: lines.slice(from, to), end: lines.slice(to) };
}

/** Where the messages begin and end. What people wrote is escaped or quoted, so it can be neither. */
function bounds(format: Format, lines: readonly string[]): [number, number] {
  switch (format) {
    case "jsonl":
      return [2, lines.length - 1];
    case "html":
      return [lines.indexOf("<main>") + 1, lines.lastIndexOf("</main>")];
    case "markdown":
      return [lines.findIndex((line) => line.startsWith("## ")), lines.lastIndexOf("---")];
  }
}

function recount(format: Format, line: string, messages: number): string {
  if (format === "jsonl") return JSON.stringify({ type: "end", messages });
  return line.replace(/\d+ messages?/, messages === 1 ? "1 message" : `${messages} messages`);
}
