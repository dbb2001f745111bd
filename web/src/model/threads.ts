/** Threads: what one has not read in those of a room that one follows. */
import type { HubRecord, UnreadView } from "../wire/kinds";
import { NOTHING_UNREAD, type Unread } from "./unread";

export class Threads {
  /** By the first message of each. A new map with every change. */
  unread: ReadonlyMap<number, Unread> = new Map();

  /** Take how much of one is unread, as the server counts. */
  tell(view: UnreadView): void {
    const { thread, unread, mentions, mark, first, is_more: isMore = false } = view;
    this.#set(thread, { count: unread, mentions, isMore, mark, first });
  }

  /** Have read one of them up to the record `seq`. */
  mark(thread: number, seq: number): void {
    const known = this.unread.get(thread);
    if (known) this.#set(thread, { ...NOTHING_UNREAD, mark: Math.max(seq, known.mark) });
  }

  /** Have read all of them up to the record `seq`, the room's last. */
  markAll(seq: number): void {
    for (const thread of this.unread.keys()) this.mark(thread, seq);
  }

  /** Begin to follow one, after the record `seq`, or do so no longer; tells whether that is new. */
  follow(thread: number, isFollowing: boolean, seq: number): boolean {
    if (isFollowing === this.unread.has(thread)) return false;
    if (isFollowing) this.#set(thread, { ...NOTHING_UNREAD, mark: seq });
    else this.unread = new Map([...this.unread].filter(([one]) => one !== thread));
    return true;
  }

  /**
   * Take what was said. Whoever answers in a thread follows it from then on, and whoever began it (`beginner`) or is
   * called in it.
   */
  take({ event, seq }: HubRecord, you: string, beginner: string | undefined): void {
    if (event.type !== "said" || !event.thread) return;
    if (event.author === you) {
      this.#set(event.thread, { ...NOTHING_UNREAD, mark: seq });
      return;
    }
    const isCalled = (event.mentions ?? []).includes(you);
    const known = this.unread.get(event.thread);
    if (known === undefined && !isCalled && beginner !== you) return;
    const before = known ?? { ...NOTHING_UNREAD, mark: seq - 1 };
    const mentions = before.mentions + (isCalled ? 1 : 0);
    this.#set(event.thread, { ...before, count: before.count + 1, mentions, first: before.first || seq });
  }

  #set(thread: number, unread: Unread): void {
    this.unread = new Map([...this.unread, [thread, unread]]);
  }
}
