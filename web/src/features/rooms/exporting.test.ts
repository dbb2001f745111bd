import { expect, it } from "vitest";

import { join } from "./exporting";

it("makes one list of JSON of several, with one beginning and one end", () => {
  const page = (text: string) => [
    '{"hubbub_export":1}',
    '{"type":"room"}',
    `{"text":"${text}"}`,
    '{"type":"end","messages":1}',
  ];
  expect(
    join("jsonl", [page("a"), page("b")], 2)
      .trimEnd()
      .split("\n"),
  ).toEqual([
    '{"hubbub_export":1}',
    '{"type":"room"}',
    '{"text":"a"}',
    '{"text":"b"}',
    '{"type":"end","messages":2}',
  ]);
});

it("makes one page of several", () => {
  const page = (text: string) => ["<head>", "<main>", text, "</main>", "<footer><p>1 message</p></footer>"];
  expect(join("html", [page("a"), page("b")], 2)).toBe(
    "<head>\n<main>\na\nb\n</main>\n<footer><p>2 messages</p></footer>\n",
  );
});

it("makes one text of several", () => {
  const page = (text: string) => ["# tea", "", "## Monday", "", `> ${text}`, "", "---", "", "1 messages"];
  expect(join("markdown", [page("---"), page("b")], 2)).toBe(
    "# tea\n\n## Monday\n\n> ---\n\n## Monday\n\n> b\n\n---\n\n2 messages\n",
  );
});

it("is nothing where nothing was said", () => {
  expect(join("html", [], 0)).toBe("");
});
