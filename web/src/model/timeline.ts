/**
 * A timeline: a stretch of one room's records, oldest first, as they look now. Either it reaches to the present (what is
 * new is added), or it is a place in the past that somebody jumped to.
 */
import type { HubRecord } from "../wire/kinds";
import { revise, revisedBy } from "./revising";

/** Most records that are kept of a room in which nobody reads back: an hour of a loud one must not fill the memory. */
export const KEPT = 1_000;

/**
 * Most records of the stretch that somebody looks at: as he goes on reading in one direction, what is far behind him in
 * the other is let go, and brought again when he comes back. So a list stays quick however long the room is.
 */
export const HELD = 2_000;

export class Timeline {
  #records: readonly HubRecord[];
  /** What came since they were asked for: a room that is loud is copied when it is drawn, and not for each message. */
  #fresh: HubRecord[] = [];
  /** Whether its first record is the room's first that may be read. */
  reachesStart: boolean;
  /** Whether its last record is the room's last. */
  reachesEnd: boolean;
  /** Whether what happened between its messages is among its records; a snapshot brings the messages only. */
  hasEvents: boolean;
  #isHeld = false;

  constructor(records: readonly HubRecord[], reachesStart = false, reachesEnd = true, hasEvents = false) {
    this.#records = [...records].sort((one, other) => one.seq - other.seq);
    this.reachesStart = reachesStart;
    this.reachesEnd = reachesEnd;
    this.hasEvents = hasEvents;
  }

  /** A new array whenever something in it is another. */
  get records(): readonly HubRecord[] {
    if (this.#fresh.length > 0) {
      this.#records = [...this.#records, ...this.#fresh];
      this.#fresh = [];
    }
    return this.#records;
  }

  get first(): HubRecord | undefined {
    return this.#records[0] ?? this.#fresh[0];
  }

  get last(): HubRecord | undefined {
    return this.#fresh.at(-1) ?? this.#records.at(-1);
  }

  get #length(): number {
    return this.#records.length + this.#fresh.length;
  }

  /** Whether it is longer than it should be; never, where the oldest is let go by itself. */
  get isTooLong(): boolean {
    return this.#isHeld && this.#length > HELD;
  }

  /** Keep everything while somebody reads back. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    if (!isHeld) this.#trim();
  }

  /** Take what has just happened in the room. */
  apply(record: HubRecord): void {
    for (const seq of revisedBy(record)) this.#revise(seq, record);
    if (!this.reachesEnd || record.seq <= (this.last?.seq ?? 0)) return;
    this.#fresh.push(record);
    if (!this.#isHeld && this.#length > 2 * KEPT) this.#trim();
  }

  /** Add an older page, oldest first; an empty one means that there is nothing before. */
  prepend(page: readonly HubRecord[]): void {
    if (page.length === 0) this.reachesStart = true;
    const first = this.first?.seq ?? Number.POSITIVE_INFINITY;
    this.#records = [...page.filter((record) => record.seq < first), ...this.records];
  }

  /** Add a newer page, oldest first; an empty one means that there is nothing after. */
  append(page: readonly HubRecord[]): void {
    if (page.length === 0) this.reachesEnd = true;
    const last = this.last?.seq ?? 0;
    this.#records = [...this.records, ...page.filter((record) => record.seq > last)];
  }

  /** Let the newest go, but for so many records: it is a place in the past then. */
  cutEnd(kept: number): void {
    if (this.#length <= kept) return;
    this.#records = this.records.slice(0, kept);
    this.reachesEnd = false;
  }

  /** Let the oldest go, but for so many records. */
  cutStart(kept: number): void {
    if (this.#length <= kept) return;
    this.#records = this.records.slice(-kept);
    this.reachesStart = false;
  }

  /** Add records that lie anywhere among those that are here, or touch them. */
  merge(page: readonly HubRecord[]): void {
    const fresh = page.filter((record) => this.indexOf(record.seq) < 0);
    if (fresh.length === 0) return;
    this.#records = [...fresh, ...this.records].sort((one, other) => one.seq - other.seq);
  }

  /** Return where the record `seq` stands, or -1. */
  indexOf(seq: number): number {
    const { records } = this;
    let low = 0;
    let high = records.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const at = records[middle]?.seq ?? 0;
      if (at === seq) return middle;
      if (at < seq) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  find(seq: number): HubRecord | undefined {
    return this.records[this.indexOf(seq)];
  }

  #revise(seq: number, change: HubRecord): void {
    const place = this.indexOf(seq);
    const message = this.records[place];
    if (message === undefined) return;
    this.#records = this.records.with(place, revise(message, change));
  }

  #trim(): void {
    if (this.reachesEnd) this.cutStart(KEPT);
  }
}
