/** How high a row will be, before it is drawn: the better the guess, the less is moved afterwards. Pure. */
import { isMessage } from "../../model/revising";
import type { Row } from "./rows";

const LINE = 22;
const HEAD = 22;
const GAP = 12;
const RULE = 44;
/** How wide a letter is, on average. */
const LETTER = 7.4;
/** What stands beside the text. */
const MARGIN = 100;

/** Return a height in pixels, in a list so wide. */
export function estimate(row: Row | undefined, width: number): number {
  if (row === undefined) return LINE;
  const rules = (row.beginsDay ? RULE : 0) + (row.isFirstNew ? RULE : 0);
  return rules + bare(row, width);
}

function bare(row: Row, width: number): number {
  switch (row.kind) {
    case "beginning":
      return 160;
    case "event":
    case "fold":
      return LINE + 4;
    case "message": {
      const { event } = row.record;
      const text = isMessage(event) ? event.text : "";
      const head = row.isContinued ? 4 : HEAD + GAP;
      return head + LINE * linesOf(text, Math.max(20, (width - MARGIN) / LETTER));
    }
  }
}

function linesOf(text: string, letters: number): number {
  if (text.length < letters && !text.includes("\n")) return 1;
  return text.split("\n").reduce((lines, line) => lines + Math.max(1, Math.ceil(line.length / letters)), 0);
}
