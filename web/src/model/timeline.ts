/**
 * A timeline: a stretch of one room's records, oldest first, as they look now. Either it reaches to the present (what is
 * new is added), or it is a place in the past that somebody jumped to.
 */
import type { HubRecord } from "../wire/kinds";
import { revise, revisedBy } from "./revising";

/** Most records that are kept of a room in which nobody reads back: an hour of a loud one must not fill the memory. */
export const KEPT = 1_000;

export class Timeline {
  #records: readonly HubRecord[];
  /** Whether its first record is the room's first that may be read. */
  reachesStart: boolean;
  /** Whether its last record is the room's last. */
  reachesEnd: boolean;
  /** Records added at the front since it began: what a list needs to stay where it was. */
  #isHeld = false;

  constructor(records: readonly HubRecord[], reachesStart = false, reachesEnd = true) {
    this.#records = [...records].sort((one, other) => one.seq - other.seq);
    this.reachesStart = reachesStart;
    this.reachesEnd = reachesEnd;
  }

  /** A new array whenever something in it is another. */
  get records(): readonly HubRecord[] {
    return this.#records;
  }

  get first(): HubRecord | undefined {
    return this.#records[0];
  }

  get last(): HubRecord | undefined {
    return this.#records.at(-1);
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
    this.#records = [...this.#records, record];
    if (!this.#isHeld && this.#records.length > 2 * KEPT) this.#trim();
  }

  /** Add an older page, oldest first; an empty one means that there is nothing before. */
  prepend(page: readonly HubRecord[]): void {
    if (page.length === 0) this.reachesStart = true;
    const first = this.first?.seq ?? Number.POSITIVE_INFINITY;
    this.#records = [...page.filter((record) => record.seq < first), ...this.#records];
  }

  /** Add a newer page, oldest first; an empty one means that there is nothing after. */
  append(page: readonly HubRecord[]): void {
    if (page.length === 0) this.reachesEnd = true;
    const last = this.last?.seq ?? 0;
    this.#records = [...this.#records, ...page.filter((record) => record.seq > last)];
  }

  /** Return where the record `seq` stands, or -1. */
  indexOf(seq: number): number {
    let low = 0;
    let high = this.#records.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const at = this.#records[middle]?.seq ?? 0;
      if (at === seq) return middle;
      if (at < seq) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  find(seq: number): HubRecord | undefined {
    return this.#records[this.indexOf(seq)];
  }

  #revise(seq: number, change: HubRecord): void {
    const place = this.indexOf(seq);
    const message = this.#records[place];
    if (message === undefined) return;
    this.#records = this.#records.with(place, revise(message, change));
  }

  #trim(): void {
    if (!this.reachesEnd || this.#records.length <= KEPT) return;
    this.#records = this.#records.slice(-KEPT);
    this.reachesStart = false;
  }
}
