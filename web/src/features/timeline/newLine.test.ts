import { describe, expect, it } from "vitest";
import { NOTHING_UNREAD } from "../../model/unread";
import { draw, follow, NO_LINE } from "./newLine";

const unread = (count: number, first: number) => ({ ...NOTHING_UNREAD, count, first, mark: first - 1 });

describe("the line above what is new", () => {
  it("is drawn where one comes in, and stays there while one reads", () => {
    const line = draw(unread(3, 8));
    expect(line.after).toBe(7);
    const read = follow(line, NOTHING_UNREAD, true);
    expect(read.after).toBe(7);
    expect(follow(read, unread(1, 12), true).after).toBe(7);
  });

  it("is drawn anew where one looks away after having read", () => {
    const read = follow(draw(unread(3, 8)), NOTHING_UNREAD, true);
    const away = follow(read, unread(1, 12), false);
    expect(away).toMatchObject({ after: 11, count: 1 });
    expect(follow(away, unread(5, 12), false)).toMatchObject({ after: 11, count: 5 });
  });

  it("is not drawn where nothing is unread, nor before what one sees come", () => {
    expect(draw(NOTHING_UNREAD)).toBe(NO_LINE);
    expect(follow(NO_LINE, unread(1, 4), true)).toBe(NO_LINE);
  });
});
