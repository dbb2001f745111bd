import { describe, expect, it } from "vitest";
import type { Outgoing } from "../../model/outbox";
import type { HubEvent, HubRecord } from "../../wire/kinds";
import { build, GROUPED_MS, NOTHING_BUILT, type Row, type Terms, withOutgoing } from "./rows";

const NOON = new Date(2026, 10, 26, 12).getTime();
const TERMS: Terms = { you: "p1", newAfter: undefined, nonces: new Set(), isFromStart: false };

function said(
  seq: number,
  author = "p2",
  more: Partial<HubEvent> = {},
  timeMs = NOON + seq * 1_000,
): HubRecord {
  const event = { type: "said", author, name: author, text: `text ${seq}`, ...more } as HubEvent;
  return { room: 4, seq, time_ms: timeMs, event };
}

const joined = (seq: number, author: string) => said(seq, author, { type: "joined" } as Partial<HubEvent>);

const rowsOf = (records: HubRecord[], terms: Partial<Terms> = {}) =>
  build(records, { ...TERMS, ...terms }, NOTHING_BUILT).rows;
const shape = (rows: readonly Row[]) =>
  rows.map((row) => (row.kind === "message" && row.isContinued ? "continued" : row.kind));

describe("rows", () => {
  it("group what one person says within five minutes", () => {
    const records = [
      said(1),
      said(2),
      said(3, "p3"),
      said(4, "p3", {}, NOON + 3_000 + GROUPED_MS),
      said(5, "p3", {}, NOON + 4_000 + 2 * GROUPED_MS),
      said(6, "p3", { reply_to: 1 }, NOON + 5_000 + 2 * GROUPED_MS),
    ];
    expect(shape(rowsOf(records))).toEqual([
      "message",
      "continued",
      "message",
      "continued",
      "message",
      "message",
    ]);
  });

  it("fold who came and went, and keep edits and reactions out of the list", () => {
    const edited = said(4, "p2", { type: "edited", message: 1 } as Partial<HubEvent>);
    const records = [said(1), joined(2, "p3"), joined(3, "p4"), edited, joined(5, "p5"), said(6)];
    const rows = rowsOf(records);
    expect(shape(rows)).toEqual(["message", "fold", "message"]);
    expect(rows[1]).toMatchObject({ seq: 5, records: [{ seq: 2 }, { seq: 3 }, { seq: 5 }] });
  });

  it("begin each day with its name, and tell the first of the room", () => {
    const tomorrow = new Date(2026, 10, 27, 0, 1).getTime();
    const rows = rowsOf([said(1), said(2, "p2", {}, tomorrow), said(3, "p2", {}, tomorrow)], {
      isFromStart: true,
    });
    expect(shape(rows)).toEqual(["beginning", "message", "message", "continued"]);
    expect(rows.map((row) => row.beginsDay)).toEqual([false, true, true, false]);
  });

  it("draw the line above what is new once, before the first of somebody else", () => {
    const rows = rowsOf([said(1), said(2), said(3, "p1"), said(4), said(5)], { newAfter: 2 });
    expect(rows.map((row) => row.isFirstNew)).toEqual([false, false, false, true, false]);
    expect(shape(rows)[3]).toBe("message");
  });

  it("are the same whether they are built at once or as it happens", () => {
    const all = [said(1), joined(2, "p3"), joined(3, "p4"), said(4), said(5), joined(6, "p5"), said(7, "p1")];
    const terms = { ...TERMS, newAfter: 3, isFromStart: true };
    let built = NOTHING_BUILT;
    for (let count = 1; count <= all.length; count += 1) built = build(all.slice(0, count), terms, built);
    expect(built.rows).toEqual(rowsOf(all, terms));
    const revised = all.with(3, said(4, "p2", { text: "other" }));
    expect(build(revised, terms, built).rows).toEqual(rowsOf(revised, terms));
    const older = [said(0), ...revised];
    expect(build(older, terms, built).rows).toEqual(rowsOf(older, terms));
    const trimmed = revised.slice(3);
    expect(build(trimmed, terms, built).rows).toEqual(rowsOf(trimmed, terms));
    expect(build([], terms, built).rows).toEqual(rowsOf([], terms));
  });

  describe("as the oldest are let go", () => {
    const tomorrow = new Date(2026, 10, 27, 0, 1).getTime();
    const all = [
      ...[said(1), said(2), joined(3, "p3"), joined(4, "p4"), said(5), said(6), said(7, "p3"), said(8, "p3")],
      said(9, "p2", { type: "edited", message: 5 } as Partial<HubEvent>),
      ...[said(10), said(11, "p2", {}, tomorrow), joined(12, "p4"), said(13, "p2", {}, tomorrow)],
    ];
    const places = all.flatMap((_, from) => all.slice(from).map((_, length) => [from, from + length + 1]));
    const cases = [undefined, 1, 6].flatMap((newAfter) =>
      [false, true].map((isFromStart) => ({ newAfter, isFromStart })),
    );

    it.each(cases)("are the same as if built at once ($newAfter, $isFromStart)", (more) => {
      const terms = { ...TERMS, ...more };
      const built = build(all, terms, NOTHING_BUILT);
      for (const [from, to] of places) {
        const left = all.slice(from, to);
        expect(build(left, terms, built).rows).toEqual(rowsOf(left, terms));
        const changed = [...left.slice(0, -1), said(left.at(-1)?.seq ?? 0, "p4"), said(14), said(15)];
        expect(build(changed, terms, built).rows).toEqual(rowsOf(changed, terms));
      }
    });
  });

  it("keep what has not changed, so that nothing of it is drawn again", () => {
    const records = [said(1), said(2)];
    const before = build(records, TERMS, NOTHING_BUILT);
    const after = build([...records, said(3)], TERMS, before);
    expect(after.rows[0]).toBe(before.rows[0]);
    expect(after.rows[1]).toBe(before.rows[1]);
    expect(build(after.records, TERMS, after)).toBe(after);
    const trimmed = build([...after.records.slice(1), said(4)], TERMS, after);
    expect(trimmed.rows[1]).toBe(after.rows[2]);
  });
});

describe("what is not stored yet", () => {
  const you = { id: "p1", name: "ann" };
  const entry: Outgoing = {
    nonce: "n1",
    room: "#tea",
    text: "hello",
    manner: "text",
    replyTo: "",
    files: [],
    timeMs: NOON + 2_000,
    state: { kind: "sending" },
    tab: "",
    sentMs: 0,
    sentBy: "",
  };

  it("stands at the end, and is replaced in its place when it is stored", () => {
    const terms = { ...TERMS, nonces: new Set(["n1"]) };
    const before = withOutgoing(build([said(1, "p1")], terms, NOTHING_BUILT).rows, [entry], 4, you);
    expect(before.at(-1)).toMatchObject({ key: "nn1", outgoing: entry, record: { seq: 0 } });
    const stored = [said(1, "p1"), said(2, "p1", { nonce: "n1" })];
    const after = withOutgoing(build(stored, terms, NOTHING_BUILT).rows, [entry], 4, you);
    expect(after.map(({ key }) => key)).toEqual(before.map(({ key }) => key));
    expect(after.at(-1)).toMatchObject({ outgoing: undefined, record: { seq: 2 } });
  });

  it("takes nobody else's nonce for its own", () => {
    const terms = { ...TERMS, nonces: new Set(["n1"]) };
    const rows = withOutgoing(
      build([said(2, "p2", { nonce: "n1" })], terms, NOTHING_BUILT).rows,
      [entry],
      4,
      you,
    );
    expect(rows.map(({ key }) => key)).toEqual(["s2", "nn1"]);
  });
});
