/** Rows: what stands in the list, made of the records of a room and of what is still in the outbox. Pure. */
import { startOfDay } from "../../lib/dates";
import type { Outgoing } from "../../model/outbox";
import type { HubRecord } from "../../wire/kinds";
import { isMoving } from "./moving";

/** How long somebody goes on saying the same thing, in milliseconds. */
export const GROUPED_MS = 5 * 60_000;

/** More than these are another line: one that opens into thousands is of no use. */
const MOST_FOLDED = 200;

interface Place {
  readonly key: string;
  /** The last record in it; 0 for what is not stored. */
  readonly seq: number;
  readonly timeMs: number;
  /** Whether it begins another day than what stands before it. */
  readonly beginsDay: boolean;
  /** Whether the line above what is new stands above it. */
  readonly isFirstNew: boolean;
}

export type Row = Place &
  (
    | { readonly kind: "beginning" }
    | {
        readonly kind: "message";
        readonly record: HubRecord;
        readonly isContinued: boolean;
        readonly outgoing: Outgoing | undefined;
      }
    | { readonly kind: "event"; readonly record: HubRecord }
    | { readonly kind: "fold"; readonly records: readonly HubRecord[] }
  );

export interface Terms {
  /** One's own id. */
  readonly you: string;
  /** The record after which everything is new; `undefined` where nothing is. */
  readonly newAfter: number | undefined;
  /** What was sent from here while the list was shown: it keeps its key once it is stored. */
  readonly nonces: ReadonlySet<string>;
  /** Whether the first record is the room's first. */
  readonly isFromStart: boolean;
}

/** Rows, and what they were made of, so that the next ones can go on from them. */
export interface Built {
  readonly records: readonly HubRecord[];
  readonly terms: Terms;
  readonly rows: readonly Row[];
}

export const NOTHING_BUILT: Built = {
  records: [],
  terms: { you: "", newAfter: undefined, nonces: new Set(), isFromStart: false },
  rows: [],
};

/** Build the rows of a room's records; only what has changed since `before` is built anew. */
export function build(records: readonly HubRecord[], terms: Terms, before: Built): Built {
  if (records === before.records && areSame(terms, before.terms)) return before;
  const kept = areSame(terms, before.terms) ? keep(before, records, terms) : [];
  const rows: Row[] = kept.length === 0 && terms.isFromStart ? [BEGINNING] : kept;
  const builder = new Builder(rows, terms);
  for (let at = after(records, rows.at(-1)?.seq ?? 0); at < records.length; at += 1) {
    const record = records[at];
    if (record) builder.add(record);
  }
  return { records, terms, rows };
}

function areSame(one: Terms, other: Terms): boolean {
  return (
    one.you === other.you &&
    one.newAfter === other.newAfter &&
    one.nonces === other.nonces &&
    one.isFromStart === other.isFromStart
  );
}

/** Return the rows that are still right, in an array of their own. */
function keep(before: Built, records: readonly HubRecord[], terms: Terms): Row[] {
  const gone = after(before.records, (records[0]?.seq ?? 0) - 1);
  let same = 0;
  const most = Math.min(before.records.length - gone, records.length);
  while (same < most && before.records[gone + same] === records[same]) same += 1;
  const changed = records[same]?.seq ?? Number.POSITIVE_INFINITY;
  let count = before.rows.length;
  if (gone + same < before.records.length) {
    const first = Math.min(changed, before.records[gone + same]?.seq ?? changed);
    count = before.rows.findIndex((row) => row.seq >= first);
    if (count < 0) count = before.rows.length;
  }
  // What follows may be folded into the last one.
  if (before.rows[count - 1]?.kind === "fold") count -= 1;
  const rows = before.rows.slice(0, count);
  return gone > 0 ? withoutOldest(rows, before.records[gone]?.seq ?? 0, terms) : rows;
}

/** Return the rows from the record `seq` on, the first of them as it stands with nothing above it; none where it is unclear. */
function withoutOldest(rows: readonly Row[], seq: number, terms: Terms): Row[] {
  const at = rows.findIndex((row) => row.seq >= seq);
  const first = rows[at];
  // Folds would be divided elsewhere, and the line above what is new may stand above another row.
  if (first === undefined || first.kind === "beginning" || first.kind === "fold") return [];
  if (terms.isFromStart || rows.slice(0, at).some((row) => row.isFirstNew)) return [];
  const kept: Row[] = [];
  new Builder(kept, terms).add(first.record);
  return kept.concat(rows.slice(at + 1));
}

function after(records: readonly HubRecord[], seq: number): number {
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((records[middle]?.seq ?? 0) <= seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

const BEGINNING: Row = {
  kind: "beginning",
  key: "beginning",
  seq: 0,
  timeMs: 0,
  beginsDay: false,
  isFirstNew: false,
};

class Builder {
  readonly #rows: Row[];
  readonly #terms: Terms;
  #hasNew: boolean;
  #day = 0;
  #nextDay = 0;

  constructor(rows: Row[], terms: Terms) {
    this.#rows = rows;
    this.#terms = terms;
    this.#hasNew = terms.newAfter === undefined || rows.some((row) => row.isFirstNew);
    const last = rows.at(-1);
    if (last && last.kind !== "beginning") this.#enterDay(last.timeMs);
  }

  add(record: HubRecord): void {
    const { event } = record;
    switch (event.type) {
      case "said":
      case "announced":
      case "confided":
      case "removed":
      case "erased":
        this.#addMessage(record);
        break;
      case "edited":
      case "deleted":
      case "reacted":
      case "unreacted":
        break;
      default:
        if (isMoving(event)) this.#fold(record);
        else this.#rows.push({ kind: "event", record, ...this.#place(record, `s${record.seq}`, false) });
    }
  }

  #addMessage(record: HubRecord): void {
    const { event } = record;
    const nonce = "nonce" in event ? (event.nonce ?? "") : "";
    const isOwn = event.author === this.#terms.you;
    const key = isOwn && this.#terms.nonces.has(nonce) ? `n${nonce}` : `s${record.seq}`;
    const before = this.#rows.at(-1);
    const place = this.#place(record, key, !isOwn && event.type !== "removed");
    const isContinued = !place.beginsDay && !place.isFirstNew && continues(before, record);
    this.#rows.push({ kind: "message", record, isContinued, outgoing: undefined, ...place });
  }

  #fold(record: HubRecord): void {
    const before = this.#rows.at(-1);
    const { beginsDay } = this.#place(record, "", false);
    const folds = before?.kind === "fold" && before.records.length < MOST_FOLDED && !beginsDay;
    if (!folds) {
      const place = { key: `f${record.seq}`, seq: record.seq, timeMs: record.time_ms };
      this.#rows.push({ kind: "fold", records: [record], ...place, beginsDay, isFirstNew: false });
      return;
    }
    const records = [...before.records, record];
    const { beginsDay: beganDay, isFirstNew } = before;
    const place = { key: `f${record.seq}`, seq: record.seq, timeMs: record.time_ms };
    this.#rows.splice(-1, 1, { kind: "fold", records, ...place, beginsDay: beganDay, isFirstNew });
  }

  #place(record: HubRecord, key: string, mayBeNew: boolean): Place {
    const { seq, time_ms: timeMs } = record;
    const beginsDay = this.#enterDay(timeMs);
    const isFirstNew = mayBeNew && !this.#hasNew && seq > (this.#terms.newAfter ?? 0);
    this.#hasNew ||= isFirstNew;
    return { key, seq, timeMs, beginsDay, isFirstNew };
  }

  /** Returns whether it is another day than before. */
  #enterDay(timeMs: number): boolean {
    if (timeMs >= this.#day && timeMs < this.#nextDay) return false;
    this.#day = startOfDay(timeMs);
    // A day has 23 hours at least and 25 at most.
    this.#nextDay = startOfDay(this.#day + 30 * 3_600_000);
    return true;
  }
}

function continues(before: Row | undefined, record: HubRecord): boolean {
  if (before?.kind !== "message") return false;
  const [one, other] = [before.record.event, record.event];
  return (
    one.author === other.author &&
    one.name === other.name &&
    mannerOf(one) === mannerOf(other) &&
    !("reply_to" in other && other.reply_to) &&
    Math.abs(record.time_ms - before.record.time_ms) <= GROUPED_MS
  );
}

function mannerOf(event: HubRecord["event"]): string {
  if (event.type === "announced") return "announced";
  return event.type === "said" ? (event.manner ?? "text") : "text";
}

const written = new WeakMap<Outgoing, HubRecord>();

/** Return what an entry of the outbox will look like as a record. */
function recordOf(entry: Outgoing, room: number, you: { id: string; name: string }): HubRecord {
  const known = written.get(entry);
  if (known) return known;
  const { text, manner, nonce } = entry;
  const replied = Number(entry.replyTo.split("-")[1] ?? 0);
  const reply = replied > 0 ? { reply_to: replied } : {};
  const record: HubRecord = {
    room,
    seq: 0,
    time_ms: entry.timeMs,
    event: { type: "said", author: you.id, name: you.name, text, manner, nonce, ...reply },
  };
  written.set(entry, record);
  return record;
}

/** Add what is not stored yet; what is stored already is not said twice. */
export function withOutgoing(
  rows: readonly Row[],
  entries: readonly Outgoing[],
  room: number,
  you: { id: string; name: string },
): readonly Row[] {
  const stored = new Set(rows.slice(-100).map(({ key }) => key));
  const left = entries.filter((entry) => !stored.has(`n${entry.nonce}`));
  if (left.length === 0) return rows;
  const all = [...rows];
  for (const entry of left) {
    const record = recordOf(entry, room, you);
    const isContinued = continues(all.at(-1), record);
    const place = {
      key: `n${entry.nonce}`,
      seq: 0,
      timeMs: entry.timeMs,
      beginsDay: false,
      isFirstNew: false,
    };
    all.push({ kind: "message", record, isContinued, outgoing: entry, ...place });
  }
  return all;
}
