/** Nesting: micromark tells what begins and what ends; here is what stands in what. */
import type { Event, TokenType } from "micromark-util-types";

export interface Nested {
  readonly type: TokenType;
  /** As it was written. */
  readonly text: string;
  /** Where it stands in the source, in UTF-16. */
  readonly begin: number;
  readonly end: number;
  readonly opens: boolean;
  readonly closes: boolean;
  readonly children: Nested[];
}

/** Deepest that tokens stand in each other: a list in a quote is three. */
const DEEPEST = 100;

/** Marks stand in each other deeper than a page could draw, or anybody read. */
export class TooDeepError extends Error {}

/** Return what stands directly in the document that is `source`; throws `TooDeepError`. */
export function nest(events: readonly Event[], source: string): Nested[] {
  const outermost: Nested[] = [];
  const open = [outermost];
  for (const [step, token] of events) {
    if (step === "exit") {
      open.pop();
      continue;
    }
    const children: Nested[] = [];
    open.at(-1)?.push({
      type: token.type,
      // micromark counts what stands before the next line of a quote as the line end's.
      text: token.type === "lineEnding" ? "\n" : source.slice(token.start.offset, token.end.offset),
      begin: token.start.offset,
      end: token.end.offset,
      opens: token._open === true,
      closes: token._close === true,
      children,
    });
    open.push(children);
    if (open.length > DEEPEST) throw new TooDeepError();
  }
  return outermost;
}
