/** How high a row will be, before it is drawn: the better the guess, the less is moved afterwards. */
import { isMessage } from "../../model/revising";
import type { Row } from "./rows";

// All in pixels, as the page is drawn in letters of the usual size.
const LINE = 22.5;
/** Above and below what is said. */
const PADDING = 4;
/** Who says it, and what stands above that. */
const HEAD = 30.5;
const RULE = 34;
const EVENT = 26;
const BEGINNING = 160;
/** Between two paragraphs. */
const GAP = 6;
/** The frame of a block of code, and the line above it. */
const CODE_FRAME = 42;
const CODE_LINE = 20.7;
/** Of more than that one sees a part. */
const CODE_MOST = 416;
/** How wide a letter is, on average. */
const LETTER = 7.4;
/** What stands beside the text. */
const MARGIN = 100;

/** Above and below a quotation. */
const QUOTE = 1.5;

const FENCE = /^ {0,3}(```|~~~)/;
const FENCE_END = /^ {0,3}(```+|~~~+)\s*$/;

/** What was estimated at that width: where the first of many rows is let go, all others are asked for once more. */
let known = new WeakMap<Row, number>();
let knownWidth = 0;

/** Return a height in whole pixels, in a list so wide. */
export function estimate(row: Row | undefined, width: number): number {
  if (row === undefined) return EVENT;
  if (width !== knownWidth) {
    known = new WeakMap();
    knownWidth = width;
  }
  let height = known.get(row);
  if (height === undefined) {
    height = heightOf(row, width);
    known.set(row, height);
  }
  return height;
}

function heightOf(row: Row, width: number): number {
  const rules = (row.beginsDay ? RULE : 0) + (row.isFirstNew ? RULE : 0);
  return Math.round(rules + bare(row, width));
}

function bare(row: Row, width: number): number {
  switch (row.kind) {
    case "beginning":
      return BEGINNING;
    case "event":
    case "fold":
      return EVENT;
    case "message": {
      const { event } = row.record;
      const text = isMessage(event) ? event.text : "";
      const letters = Math.max(20, (width - MARGIN) / LETTER);
      return (
        PADDING +
        (row.isContinued ? 0 : HEAD) +
        (text.includes("\n") ? tall(text, letters) : flat(text, letters))
      );
    }
  }
}

/** One line of a paragraph, which goes on below where it is too long. */
function flat(line: string, letters: number): number {
  return LINE * Math.max(1, Math.ceil(line.length / letters));
}

/** Several lines: paragraphs, and code between fences. */
function tall(text: string, letters: number): number {
  let height = 0;
  let code: number | undefined;
  let isApart = true;
  for (const line of text.split("\n")) {
    if (code === undefined) {
      height += prose(line, letters, isApart);
      code = FENCE.test(line) ? 0 : undefined;
    } else if (FENCE_END.test(line)) {
      height += Math.min(CODE_MOST, code);
      code = undefined;
    } else {
      code += CODE_LINE;
    }
    isApart = line.trim() === "";
  }
  return height + Math.min(CODE_MOST, code ?? 0);
}

/** A line outside of code; `isApart` tells whether it begins something. */
function prose(line: string, letters: number, isApart: boolean): number {
  const gap = isApart ? 0 : GAP;
  if (line.trim() === "") return gap;
  if (FENCE.test(line)) return CODE_FRAME + gap;
  return flat(line, letters) + (isApart && line.startsWith(">") ? QUOTE : 0);
}
