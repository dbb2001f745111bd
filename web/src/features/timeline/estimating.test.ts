import { describe, expect, it } from "vitest";
import type { HubEvent } from "../../wire/kinds";
import { estimate } from "./estimating";
import type { Row } from "./rows";

const WIDTH = 1_016;

function row(text: string, more: Partial<Row> = {}): Row {
  const event = { type: "said", author: "p2", name: "ann", text } as HubEvent;
  const record = { room: 4, seq: 7, time_ms: 1_764_000_000_000, event };
  return {
    ...{ kind: "message", key: "7", seq: 7, timeMs: record.time_ms, beginsDay: false, isFirstNew: false },
    ...{ record, isContinued: true },
    ...more,
  } as Row;
}

// As measured in Chromium, at the usual size of letters.
describe("the height of a row is thought to be", () => {
  it.each([
    ["a word", "Good morning!", 27],
    ["a line", "x".repeat(123), 27],
    ["two lines", "x".repeat(124), 49],
    [
      "a quotation, a paragraph and a list",
      "> where is it\n\nWith the others.\n\n- a spoon\n- two minutes",
      108,
    ],
    ["code", "Try `make tea`, and then:\n\n```python\ndef brew(leaves):\n    return 2\n```", 116],
    [
      "code that never ends",
      "Try `make tea`, and then:\n\n```python\ndef brew(leaves):\n    return 2\n``` now",
      137,
    ],
    ["much code", `\`\`\`\n${"more\n".repeat(200)}\`\`\``, 462],
  ])("right for %s", (_what, text, height) => {
    expect(estimate(row(text), WIDTH)).toBe(height);
  });

  it("more for who says it, for a day and for what is new", () => {
    expect(estimate(row("Yes.", { isContinued: false } as Partial<Row>), WIDTH)).toBe(57);
    expect(estimate(row("Yes.", { isContinued: false, beginsDay: true } as Partial<Row>), WIDTH)).toBe(91);
    expect(estimate(row("Yes.", { isFirstNew: true }), WIDTH)).toBe(61);
  });

  it("that of a line where it is not known", () => {
    expect(estimate(undefined, WIDTH)).toBe(26);
    expect(estimate(row("", { kind: "fold" } as Partial<Row>), WIDTH)).toBe(26);
  });

  it("something for a list that has no width yet", () => {
    expect(estimate(row("x".repeat(40)), 0)).toBe(49);
  });
});
