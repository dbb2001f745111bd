/** A room as it is known here: a snapshot plus the records since equals a fresh snapshot. */
import type { Access, HubEvent, HubRecord, RoomKind, RoomState, Topic, UnreadView } from "../wire/kinds";
import { Emitter } from "./emitter";
import { isMessage } from "./revising";
import { Threads } from "./threads";
import { HELD, Timeline } from "./timeline";
import { type KeptUnread, NOTHING_UNREAD, type Unread, UnreadCounter } from "./unread";

/** How long somebody is shown as writing who says nothing more of it: the server's `TYPING_SECONDS`. */
export const TYPING_MS = { active: 6_000, paused: 30_000, done: 0 } as const;

/** Most records of a room that are kept over visits: a few screens. */
export const KEPT_RECORDS = 200;

/** Records that are left of the present where somebody reads back far. */
const PRESENT = 100;

export class Room extends Emitter {
  readonly id: number;
  name: string;
  kind: RoomKind;
  seq: number;
  topic: Topic | null;
  memberCount: number;
  /** Some of its members, as the snapshot tells; enough to show a few faces. */
  someMembers: readonly string[];
  /** What its members are called; `undefined` until somebody asked for all of them. A new set each time. */
  members: ReadonlySet<string> | undefined;
  /** Everything else that holds there is in its charter. */
  access: Access = "public";
  isArchived = false;
  isGroup = false;
  /** Which messages are pinned, the oldest pin first; `undefined` until somebody asked. */
  pins: readonly number[] | undefined;
  /** What was said last; what is new is added to it. */
  timeline: Timeline;
  /** What was said around a message of the past, where that is what somebody looks at. */
  past: Timeline | undefined;
  unread: Unread = NOTHING_UNREAD;
  /** Who writes at this moment, and until when that holds, in milliseconds since 1970. */
  typing: ReadonlyMap<string, number> = new Map();
  /** Since when nothing can have been missed here, in milliseconds since 1970: what was sent later would be known. */
  wholeSinceMs = Date.now();
  readonly #threads = new Threads();
  readonly #counter: UnreadCounter;

  constructor(state: RoomState) {
    super();
    this.id = state.id;
    this.name = state.name;
    this.kind = state.kind;
    this.seq = state.seq;
    this.topic = state.topic ?? null;
    this.memberCount = state.member_count ?? 0;
    this.someMembers = state.some_members ?? [];
    this.#govern(state);
    this.timeline = new Timeline(state.recent ?? []);
    this.#counter = new UnreadCounter(state.recent ?? [], state.seq);
    this.unread = this.#counter.count("");
  }

  /** The stretch of it that is looked at. */
  get shown(): Timeline {
    return this.past ?? this.timeline;
  }

  /** What is unread in the threads that one follows, by their first messages. */
  get threads(): ReadonlyMap<number, Unread> {
    return this.#threads.unread;
  }

  /** Take what a snapshot says of this moment, and keep the messages that it does not bring. */
  adopt(state: RoomState): void {
    this.name = state.name;
    this.kind = state.kind;
    this.seq = Math.max(this.seq, state.seq);
    this.topic = state.topic ?? null;
    this.memberCount = state.member_count ?? 0;
    this.someMembers = state.some_members ?? this.someMembers;
    this.#govern(state);
    this.changed();
  }

  /** Forget what was known, for it is so now; `you` is one's own id. */
  reset(state: RoomState, you: string): void {
    this.seq = state.seq;
    this.members = undefined;
    this.pins = undefined;
    this.typing = new Map();
    this.wholeSinceMs = Date.now();
    this.past = undefined;
    this.timeline = new Timeline(state.recent ?? []);
    this.#counter.renew(state.recent ?? [], state.seq);
    this.unread = this.#counter.count(you);
    this.adopt(state);
  }

  /** Take what happened; `you` is one's own id. */
  apply(record: HubRecord, you: string): void {
    if (record.seq <= this.seq) return;
    this.seq = record.seq;
    this.timeline.apply(record);
    this.past?.apply(record);
    if (this.timeline.isTooLong) this.#part();
    this.#note(record);
    this.#counter.apply(record);
    if (isMessage(record.event)) {
      this.#forgetTyping([record.event.name]);
      const thread = record.event.type === "said" ? (record.event.thread ?? 0) : 0;
      // To look for what is none would have all records copied for each message.
      const author = thread === 0 ? undefined : this.timeline.find(thread)?.event.author;
      this.#threads.take(record, you, author);
    }
    this.unread = this.#counter.count(you);
    this.changed();
  }

  /** Take how much of it, or of a thread, is unread, as the server counted after the record `at`. */
  count(view: UnreadView, at: number, you: string): void {
    if (view.thread === 0) this.#counter.tell(view, at);
    else this.#threads.tell(view);
    this.unread = this.#counter.count(you);
    this.changed();
  }

  /** It was read up to the record `seq`, here or elsewhere; or a thread of it was. */
  markRead(seq: number, you: string, thread = 0): void {
    if (thread !== 0) this.#threads.mark(thread, seq);
    else this.#counter.mark(seq, this.seq);
    if (thread === 0 && seq >= this.seq) this.#threads.markAll(seq);
    this.unread = this.#counter.count(you);
    this.changed();
  }

  /** Begin to follow a thread, or do so no longer. */
  follow(thread: number, isFollowing: boolean): void {
    if (this.#threads.follow(thread, isFollowing, this.seq)) this.changed();
  }

  showTyping(name: string, untilMs: number): void {
    const others = [...this.typing].filter(([one]) => one !== name);
    this.typing = new Map(untilMs > Date.now() ? [...others, [name, untilMs]] : others);
    this.changed();
  }

  forgetTyping(nowMs: number): void {
    this.#forgetTyping([...this.typing].filter(([, until]) => until <= nowMs).map(([name]) => name));
    this.changed();
  }

  /** Look at a stretch of the past, or at the present again. */
  show(past: Timeline | undefined): void {
    this.past = past;
    this.changed();
  }

  /** What is looked at has more of what was said: before what it had, or after. */
  extend(side: "older" | "newer"): void {
    const { past } = this;
    if (past && (past.reachesEnd || (past.last?.seq ?? 0) >= (this.timeline.last?.seq ?? 0))) {
      past.reachesEnd = true;
      past.hold(true);
      this.timeline = past;
      this.past = undefined;
    }
    if (side === "newer") this.shown.cutStart(HELD);
    else if (this.past) this.past.cutEnd(HELD);
    else if (this.timeline.isTooLong) this.#part();
    this.changed();
  }

  meet(names: Iterable<string>): void {
    this.members = new Set(names);
    this.changed();
  }

  /** Take which messages are pinned, in the order in which it was done. */
  keepPins(seqs: readonly number[]): void {
    this.pins = [...seqs];
    this.changed();
  }

  /** What one talks with is called something else: only conversations are named by that. */
  rename(name: string): void {
    this.name = name;
    this.changed();
  }

  /** The room as a snapshot would tell of it, with so many of its last records. */
  snapshot(most: number): RoomState {
    return {
      id: this.id,
      name: this.name,
      kind: this.kind,
      seq: this.seq,
      topic: this.topic,
      member_count: this.memberCount,
      some_members: [...this.someMembers],
      recent: this.timeline.records.slice(-most),
      access: this.access,
      is_archived: this.isArchived,
      is_group: this.isGroup,
    };
  }

  /** What is kept of what is unread over visits. */
  get keptUnread(): KeptUnread {
    return this.#counter.kept;
  }

  /** Go on from an earlier visit. */
  restoreUnread(kept: KeptUnread, you: string): void {
    this.#counter.restore(kept);
    this.unread = this.#counter.count(you);
  }

  /** Somebody reads back so far, or so much has come in meanwhile, that he reads the past now. */
  #part(): void {
    const { records, hasEvents } = this.timeline;
    this.past = this.timeline;
    this.timeline = new Timeline(records.slice(-PRESENT), false, true, hasEvents);
    this.past.cutEnd(records.length - PRESENT);
  }

  #note(record: HubRecord): void {
    const { event } = record;
    switch (event.type) {
      case "topic_set":
        this.topic = event.text ? { text: event.text, name: event.name, time_ms: record.time_ms } : null;
        break;
      case "room_renamed":
        this.name = event.new_name;
        break;
      case "settings_changed":
        this.access = event.change.access ?? this.access;
        this.isArchived = event.change.is_archived ?? this.isArchived;
        break;
      case "pinned":
        this.pins = this.pins && [...this.pins.filter((seq) => seq !== event.message), event.message];
        break;
      case "unpinned":
      case "deleted":
        this.pins = this.pins?.filter((seq) => seq !== event.message);
        break;
      default:
        this.#noteMembers(event);
    }
  }

  #govern(state: RoomState): void {
    this.access = state.access ?? "public";
    this.isArchived = state.is_archived ?? false;
    this.isGroup = state.is_group ?? false;
  }

  #noteMembers(event: HubEvent): void {
    switch (event.type) {
      case "joined":
        this.#move(event.name, true);
        break;
      case "left":
        this.#move(event.name, false);
        break;
      case "kicked":
        this.#move(event.person_name, false);
        break;
      case "renamed":
        this.someMembers = this.someMembers.map((name) => (name === event.name ? event.new_name : name));
        if (this.members?.has(event.name))
          this.members = new Set(
            [...this.members].map((name) => (name === event.name ? event.new_name : name)),
          );
        this.#forgetTyping([event.name]);
        break;
      default:
        break;
    }
  }

  #move(name: string, isIn: boolean): void {
    this.memberCount = Math.max(0, this.memberCount + (isIn ? 1 : -1));
    if (!isIn) this.#forgetTyping([name]);
    if (this.members === undefined) return;
    const others = [...this.members].filter((one) => one !== name);
    this.members = new Set(isIn ? [...others, name] : others);
  }

  #forgetTyping(names: readonly string[]): void {
    if (names.some((name) => this.typing.has(name)))
      this.typing = new Map([...this.typing].filter(([name]) => !names.includes(name)));
  }
}
