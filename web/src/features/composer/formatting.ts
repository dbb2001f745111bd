/** Marks of `docs/topics/markdown.md`, put around what is selected and taken away again. Pure. */

export interface Selected {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What to put in the place of what, and what is selected then. */
export interface Change {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
  readonly start: number;
  readonly end: number;
}

export type Mark = "strong" | "emphasis" | "code" | "struck" | "hidden";

const MARKS: Readonly<Record<Mark, string>> = {
  strong: "**",
  emphasis: "_",
  code: "`",
  struck: "~~",
  hidden: "||",
};

const FENCE = "```";

/** Put a mark around what is selected, or take it away where it is there. */
export function toggle(selected: Selected, mark: Mark): Change {
  const { text, start, end } = selected;
  const inside = text.slice(start, end);
  if (mark === "code" && inside.includes("\n")) return fence(selected);
  const sign = MARKS[mark];
  const isOutside =
    text.slice(start - sign.length, start) === sign && text.slice(end, end + sign.length) === sign;
  if (isOutside && start >= sign.length)
    return replace(start - sign.length, end + sign.length, inside, 0, inside.length);
  const isInside = inside.length >= 2 * sign.length && inside.startsWith(sign) && inside.endsWith(sign);
  if (isInside) {
    const bare = inside.slice(sign.length, inside.length - sign.length);
    return replace(start, end, bare, 0, bare.length);
  }
  return replace(start, end, `${sign}${inside}${sign}`, sign.length, inside.length);
}

/** A block of code: its marks stand on lines of their own. */
function fence({ text, start, end }: Selected): Change {
  const inside = text.slice(start, end).replace(/\n$/, "");
  const before = start === 0 || text[start - 1] === "\n" ? "" : "\n";
  const after = text[end] === "\n" || end === text.length ? "" : "\n";
  const head = `${before}${FENCE}\n`;
  return replace(start, end, `${head}${inside}\n${FENCE}${after}`, head.length, inside.length);
}

/** Make a link of what is selected; nothing where no address was pasted, or over one. */
export function link({ text, start, end }: Selected, pasted: string): Change | undefined {
  const inside = text.slice(start, end);
  const isAddress = /^(?:https?|mailto|ircs?|hubbub):\S+$/i.test(pasted.trim());
  if (!isAddress || inside.trim() === "" || /[\n[\]]/.test(inside) || URL.canParse(inside)) return undefined;
  const whole = `[${inside}](${pasted.trim().replaceAll(")", "%29")})`;
  return replace(start, end, whole, whole.length, 0);
}

function replace(from: number, to: number, insert: string, offset: number, length: number): Change {
  return { from, to, insert, start: from + offset, end: from + offset + length };
}

/** Which mark a key stands for, with Ctrl or Cmd. */
export function markOf(event: { key: string; shiftKey: boolean }): Mark | undefined {
  const key = event.key.toLowerCase();
  if (event.shiftKey) return key === "x" ? "struck" : key === "h" ? "hidden" : undefined;
  return ({ b: "strong", i: "emphasis", e: "code" } as const)[key];
}
