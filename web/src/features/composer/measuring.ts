/** How much a text is, beside what a server takes. Pure. */
import type { LimitsInfo } from "../../wire/kinds";

/** From which part of a limit on it is shown how much is left. */
const NEAR = 0.8;

/** A pasted text with more than this is offered as a file: it is longer than anybody reads in a conversation. */
const LONG_PASTE = { characters: 2_000, lines: 20 } as const;

export interface Measured {
  readonly bytes: number;
  readonly lines: number;
  /** Bytes that are left; without end where there is no limit. */
  readonly bytesLeft: number;
  readonly linesLeft: number;
  readonly isNear: boolean;
  readonly isOver: boolean;
}

type TextLimits = Pick<LimitsInfo, "message_bytes" | "message_lines">;

const encoder = new TextEncoder();

/** A limit of 0 is none. */
export function measure(text: string, limits: TextLimits | undefined): Measured {
  const bytes = countBytes(text);
  const lines = countLines(text);
  const mostBytes = limits?.message_bytes || Number.POSITIVE_INFINITY;
  const mostLines = limits?.message_lines || Number.POSITIVE_INFINITY;
  return {
    bytes,
    lines,
    bytesLeft: mostBytes - bytes,
    linesLeft: mostLines - lines,
    isNear: bytes > NEAR * mostBytes || lines > NEAR * mostLines,
    isOver: bytes > mostBytes || lines > mostLines,
  };
}

/** Whether a pasted text is so long that a file may be meant. */
export function isLongPaste(text: string, limits: TextLimits | undefined): boolean {
  if (measure(text, limits).isOver) return true;
  return text.length > LONG_PASTE.characters && countLines(text) > LONG_PASTE.lines;
}

/** In UTF-8. Whatever is no character (half of a pair) counts as what it will be sent as. */
export function countBytes(text: string): number {
  return encoder.encode(text).length;
}

export function countLines(text: string): number {
  return text.split("\n").length;
}

/** What is sent of what was written: nothing is said by the space around it. */
export function tidy(text: string): string {
  return text.replace(/^(?:[ \t]*\r?\n)+/, "").trimEnd();
}
