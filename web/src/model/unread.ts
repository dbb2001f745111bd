/**
 * Unread: what one has not read of a room, by the server's one rule (`core/unread.py`). A message is unread that comes
 * after one's mark, or after what one said oneself since it was set; that is not one's own and not deleted.
 */
import type { HubRecord, UnreadView } from "../wire/kinds";
import { isMessage } from "./revising";

/** Most messages that are counted after a mark: the server's `UNREAD_LIMIT`. */
export const UNREAD_LIMIT = 100;

export interface Unread {
  /** Messages that were not read; `isMore` where there are more than were counted. */
  readonly count: number;
  /** How many of them call one. */
  readonly mentions: number;
  readonly isMore: boolean;
  /** The last record that was read; 0 where nothing is known. */
  readonly mark: number;
  /** The first that was not read, as far as is known; 0 where there is none. */
  readonly first: number;
}

export const NOTHING_UNREAD: Unread = { count: 0, mentions: 0, isMore: false, mark: 0, first: 0 };

/** A message as the rule looks at it. */
interface Seen {
  readonly seq: number;
  readonly author: string;
  readonly thread: number;
  readonly mentions: readonly string[];
  readonly callsAll: boolean;
  readonly isGone: boolean;
}

/** What the server said, and at which record: for what is older than anything that is known here. */
interface Told {
  readonly count: number;
  readonly mentions: number;
  readonly first: number;
  readonly isMore: boolean;
  readonly at: number;
}

/** What is kept of it over visits. */
export interface KeptUnread {
  readonly mark: number;
  readonly markedAt: number;
  readonly told: Told;
}

/** Counts what is unread in one room. */
export class UnreadCounter {
  #tail: Seen[] = [];
  /** Every message after this record is in the tail. */
  #reach: number;
  #mark: number;
  /** The room's last record when the mark was set: what one says later marks the room as well. */
  #markedAt: number;
  #told: Told;

  /** Begin with everything up to the record `seq` read; `recent` are the last messages up to there, oldest first. */
  constructor(recent: readonly HubRecord[], seq: number) {
    this.#mark = seq;
    this.#markedAt = seq;
    this.#told = { ...NOTHING_UNREAD, at: seq };
    this.#reach = seq;
    this.#remember(recent, seq);
  }

  get kept(): KeptUnread {
    return { mark: this.#mark, markedAt: this.#markedAt, told: this.#told };
  }

  /** Go on from an earlier visit. */
  restore(kept: KeptUnread): void {
    this.#mark = kept.mark;
    this.#markedAt = kept.markedAt;
    this.#told = kept.told;
  }

  /** The room is told anew as it was after the record `seq`; where one has read stays. */
  renew(recent: readonly HubRecord[], seq: number): void {
    this.#tail = [];
    this.#reach = seq;
    this.#remember(recent, seq);
    // Until the server says how much it is: at least what it has just shown, and there may be more before that.
    const known = this.#tail.filter((one) => one.seq > this.#mark);
    this.#told = { count: 0, mentions: 0, first: known[0]?.seq ?? 0, isMore: true, at: this.#reach };
  }

  /** Take how much it is, as the server counted after the record `at`. */
  tell(view: Pick<UnreadView, "unread" | "mentions" | "mark" | "first" | "is_more">, at: number): void {
    // What one said oneself after the mark has read what is before it: then the first that is unread tells how far.
    this.#mark = view.is_more ? view.mark : Math.max(view.mark, view.first - 1);
    this.#markedAt = at;
    this.#told = {
      count: view.unread,
      mentions: view.mentions,
      first: view.first,
      isMore: view.is_more ?? false,
      at,
    };
  }

  /** Have read up to the record `seq`; `head` is the room's last. */
  mark(seq: number, head: number): void {
    this.#mark = seq;
    this.#markedAt = head;
    if (seq >= this.#told.at) this.#told = { ...NOTHING_UNREAD, at: seq };
    // What is known begins later, so it is at least that.
    else if (seq < this.#reach) this.#told = { ...NOTHING_UNREAD, isMore: true, at: this.#reach };
  }

  /** Take what happened. */
  apply(record: HubRecord): void {
    const event = record.event;
    if (isMessage(event)) this.#add(record);
    else if (event.type === "edited" && event.text !== "")
      this.#revise(event.message, {
        mentions: event.mentions ?? [],
        callsAll: event.calls_all ?? false,
      });
    else if (event.type === "deleted") this.#delete(event.message);
  }

  /** Count, for whoever has the id `you`. */
  count(you: string): Unread {
    const own = this.#tail.findLast((one) => one.author === you && one.seq > this.#markedAt)?.seq ?? 0;
    const floor = Math.max(this.#mark, own);
    return floor >= this.#reach ? this.#countExactly(you, floor, own > 0) : this.#countOn(you, floor);
  }

  #countExactly(you: string, floor: number, hasSpoken: boolean): Unread {
    const after = this.#tail.filter((one) => one.seq > floor);
    const shown = after.slice(-UNREAD_LIMIT).filter((one) => isUnread(one, you));
    return {
      count: shown.length,
      mentions: shown.filter((one) => calls(one, you)).length,
      isMore: after.length > UNREAD_LIMIT && !hasSpoken,
      mark: floor,
      first: shown[0]?.seq ?? 0,
    };
  }

  /** Some of it is older than what is known: add what came to what was told. */
  #countOn(you: string, floor: number): Unread {
    const since = this.#tail.filter((one) => one.seq > Math.max(this.#told.at, floor) && isUnread(one, you));
    const { count, mentions, isMore, first } = this.#told;
    return {
      count: Math.min(UNREAD_LIMIT, count + since.length),
      mentions: mentions + since.filter((one) => calls(one, you)).length,
      isMore: isMore || this.#told.at < this.#reach || count + since.length > UNREAD_LIMIT,
      mark: floor,
      first: first || (since[0]?.seq ?? 0),
    };
  }

  #remember(recent: readonly HubRecord[], seq: number): void {
    for (const record of recent) this.#add(record);
    // Nothing that came before the first of them is known, unless that is the room's first of all.
    if (recent[0] !== undefined) this.#reach = Math.min(seq, recent[0].seq - 1);
  }

  #add(record: HubRecord): void {
    const seen = seenIn(record);
    if (seen === undefined) return;
    this.#tail.push(seen);
    if (this.#tail.length <= 2 * UNREAD_LIMIT) return;
    const dropped = this.#tail.splice(0, this.#tail.length - UNREAD_LIMIT - 1);
    this.#reach = dropped.at(-1)?.seq ?? this.#reach;
  }

  #revise(seq: number, change: Partial<Seen>): void {
    this.#tail = this.#tail.map((one) => (one.seq === seq ? { ...one, ...change } : one));
  }

  #delete(seq: number): void {
    if (seq > this.#mark && seq <= this.#told.at && this.#told.count > 0)
      this.#told = { ...this.#told, count: this.#told.count - 1 };
    this.#revise(seq, { isGone: true });
  }
}

function seenIn(record: HubRecord): Seen | undefined {
  const { seq, event } = record;
  if (event.type === "removed")
    return { seq, author: "", thread: 0, mentions: [], callsAll: false, isGone: true };
  if (!isMessage(event)) return undefined;
  const { author } = event;
  if (event.type === "announced")
    return { seq, author, thread: 0, mentions: [], callsAll: false, isGone: false };
  const { thread = 0, mentions = [], calls_all: callsAll = false } = event;
  return { seq, author, thread, mentions, callsAll, isGone: false };
}

function isUnread(one: Seen, you: string): boolean {
  return !one.isGone && one.author !== you;
}

function calls(one: Seen, you: string): boolean {
  return one.callsAll || one.mentions.includes(you);
}
