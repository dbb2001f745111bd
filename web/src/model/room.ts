/** A room as it is known here: a snapshot plus the records since equals a fresh snapshot. */
import type { HubEvent, HubRecord, RoomKind, RoomState, Topic, UnreadView } from "../wire/kinds";
import { Emitter } from "./emitter";
import { isMessage } from "./revising";
import { Timeline } from "./timeline";

/** How long somebody is shown as writing who says nothing more of it: the server's `TYPING_SECONDS`. */
export const TYPING_MS = { active: 6_000, paused: 30_000, done: 0 } as const;

export interface Unread {
  /** Messages that were not read; `isMore` where there are more than were counted. */
  readonly count: number;
  readonly mentions: number;
  readonly isMore: boolean;
  /** The last record that was read; 0 where nothing is known. */
  readonly mark: number;
}

const NOTHING_UNREAD: Unread = { count: 0, mentions: 0, isMore: false, mark: 0 };

export class Room extends Emitter {
  readonly id: number;
  name: string;
  kind: RoomKind;
  seq: number;
  topic: Topic | null;
  memberCount: number;
  /** What its members are called; `undefined` until somebody asked for all of them. */
  members: Set<string> | undefined;
  timeline: Timeline;
  unread: Unread = NOTHING_UNREAD;
  /** Who writes at this moment, and until when that holds, in milliseconds since 1970. */
  readonly typing = new Map<string, number>();

  constructor(state: RoomState) {
    super();
    this.id = state.id;
    this.name = state.name;
    this.kind = state.kind;
    this.seq = state.seq;
    this.topic = state.topic ?? null;
    this.memberCount = state.member_count ?? 0;
    this.timeline = new Timeline(state.recent ?? []);
  }

  /** Take what a snapshot says of this moment, and keep the messages that it does not bring. */
  adopt(state: RoomState): void {
    this.name = state.name;
    this.kind = state.kind;
    this.seq = Math.max(this.seq, state.seq);
    this.topic = state.topic ?? null;
    this.memberCount = state.member_count ?? 0;
    this.changed();
  }

  /** Forget what was known, for it is so now. */
  reset(state: RoomState): void {
    this.seq = state.seq;
    this.members = undefined;
    this.timeline = new Timeline(state.recent ?? []);
    this.adopt(state);
  }

  /** Take what happened; `you` is one's own id. */
  apply(record: HubRecord, you: string): void {
    if (record.seq <= this.seq) return;
    this.seq = record.seq;
    this.timeline.apply(record);
    this.#note(record.event, record);
    if (isMessage(record.event)) {
      this.typing.delete(record.event.name);
      this.#count(record, you);
    }
    this.changed();
  }

  /** Take how much of it is unread, as the server counts. */
  count(view: UnreadView): void {
    const { unread, mentions = 0, mark = 0, is_more: isMore = false } = view;
    this.unread = { count: unread, mentions, isMore, mark };
    this.changed();
  }

  /** It was read up to the record `seq`, here or elsewhere. */
  markRead(seq: number, you: string): void {
    const after = this.timeline.records.filter(
      (record) => record.seq > seq && isMessage(record.event) && record.event.author !== you,
    );
    const mentions = after.filter((record) => callsSomebody(record, you)).length;
    this.unread = { count: after.length, mentions, isMore: false, mark: seq };
    this.changed();
  }

  showTyping(name: string, untilMs: number): void {
    if (untilMs > Date.now()) this.typing.set(name, untilMs);
    else this.typing.delete(name);
    this.changed();
  }

  forgetTyping(nowMs: number): void {
    for (const [name, until] of this.typing) if (until <= nowMs) this.typing.delete(name);
    this.changed();
  }

  /** Show another stretch of it, or the same one with more. */
  show(timeline: Timeline): void {
    this.timeline = timeline;
    this.changed();
  }

  meet(names: Iterable<string>): void {
    this.members = new Set(names);
    this.changed();
  }

  #count(record: HubRecord, you: string): void {
    if (!isMessage(record.event)) return;
    const { count, mentions, mark } = this.unread;
    if (record.event.author === you) {
      this.unread = { ...NOTHING_UNREAD, mark: record.seq };
    } else {
      const called = callsSomebody(record, you) ? 1 : 0;
      this.unread = { ...this.unread, count: count + 1, mentions: mentions + called, mark };
    }
  }

  #note(event: HubEvent, record: HubRecord): void {
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
        if (this.members?.delete(event.name)) this.members.add(event.new_name);
        break;
      case "topic_set":
        this.topic = event.text ? { text: event.text, name: event.name, time_ms: record.time_ms } : null;
        break;
      case "room_renamed":
        this.name = event.new_name;
        break;
      default:
        break;
    }
  }

  #move(name: string, isIn: boolean): void {
    this.memberCount = Math.max(0, this.memberCount + (isIn ? 1 : -1));
    if (isIn) this.members?.add(name);
    else this.members?.delete(name);
  }
}

/** Whether a message calls the person `you`. In conversations everything does; that is the asker's to know. */
export function callsSomebody(record: HubRecord, you: string): boolean {
  const event = record.event;
  if (event.type !== "said") return event.type === "announced";
  return event.calls_all === true || (event.mentions ?? []).includes(you);
}
