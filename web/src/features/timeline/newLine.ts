/**
 * The line above what is new: it is drawn where one came in, or where one looked away, and stays there while one reads.
 * Pure.
 */
import type { Unread } from "../../model/unread";

export interface NewLine {
  /** The line stands before the first message of somebody else after this record; `undefined` for no line. */
  readonly after: number | undefined;
  /** How many were unread when it was drawn, and have become so since. */
  readonly count: number;
  readonly isMore: boolean;
  /** Whether something was unread when this was looked at last, and nobody was watching. */
  readonly wasUnread: boolean;
}

export const NO_LINE: NewLine = { after: undefined, count: 0, isMore: false, wasUnread: false };

/** Draw it before what is unread. */
export function draw(unread: Unread): NewLine {
  if (unread.count === 0) return NO_LINE;
  const after = unread.first > 0 ? unread.first - 1 : unread.mark;
  return { after, count: unread.count, isMore: unread.isMore, wasUnread: true };
}

/** Return the line after what is unread has changed; `isWatching` tells whether one sees what comes. */
export function follow(line: NewLine, unread: Unread, isWatching: boolean): NewLine {
  if (isWatching) return line.wasUnread ? { ...line, wasUnread: false } : line;
  if (unread.count === 0) return line;
  if (!line.wasUnread) return draw(unread);
  return unread.count > line.count ? { ...line, count: unread.count, isMore: unread.isMore } : line;
}
