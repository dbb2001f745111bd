/** The snapshot law, on scenes that Python writes from the core's own rules (`hubbub/wire/scenes.py`). */
import { describe, expect, it } from "vitest";
import scenes from "../../../wire/vectors/scenes.json";
import type { RecordMessage, RoomState } from "../wire/kinds";
import { makeWelcome } from "./fakeSocket";
import { Place } from "./place";
import { isMessage } from "./revising";
import type { Room } from "./room";

interface Scene {
  name: string;
  you: string;
  snapshot: RoomState;
  unread: Counted;
  records: RecordMessage[];
  fresh: RoomState;
  unread_then: Counted;
}

interface Counted {
  mark: number;
  unread: number;
  mentions: number;
  first: number;
  is_more: boolean;
}

/** Leave out what is as it is anyway: one side writes it, the other does not. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const parts = Object.entries(value).map(([key, part]) => [key, plain(part)] as const);
  return Object.fromEntries(parts.filter(([, part]) => !isDefault(part)));
}

function isDefault(value: unknown): boolean {
  if (typeof value === "object" && value !== null) return Object.keys(value).length === 0;
  return !value || value === "public";
}

function told(room: Room) {
  const { some_members: _, ...state } = room.snapshot(1_000);
  const recent = (state.recent ?? []).filter(
    ({ event }) => isMessage(event) || event.type === "removed" || event.type === "confided",
  );
  return plain({ ...state, recent });
}

function expected(state: RoomState) {
  const { some_members: _, ...rest } = state;
  return plain(rest);
}

function counted({ unread }: Room): Omit<Counted, "mark"> {
  return {
    unread: unread.count,
    mentions: unread.mentions,
    first: unread.first,
    is_more: unread.isMore,
  };
}

function withoutMark({ mark: _, ...rest }: Counted) {
  return rest;
}

function enter(
  { snapshot, unread, you }: Scene,
  recent = snapshot.recent ?? [],
): { place: Place; room: Room } {
  const place = new Place();
  place.welcome(
    makeWelcome({
      you: { id: you, name: "ann", has_account: true },
      rooms: [{ ...snapshot, recent }],
      unread: unread.unread > 0 ? [{ room: snapshot.name, id: snapshot.id, thread: 0, ...unread }] : [],
    }),
    [],
  );
  const room = place.rooms.get(snapshot.id);
  if (room === undefined) throw new Error("the room is not there");
  return { place, room };
}

const named = (scenes as unknown as Scene[]).map((scene) => [scene.name, scene] as const);

describe("a snapshot and the records since", () => {
  it.each(named)("are a fresh snapshot: %s", (_name, scene) => {
    const { place, room } = enter(scene);
    expect(told(room)).toEqual(expected(scene.snapshot));
    expect(counted(room)).toEqual(withoutMark(scene.unread));
    for (const record of scene.records) {
      place.hear(record);
      place.hear(record);
    }
    expect(told(room)).toEqual(expected(scene.fresh));
    expect(counted(room)).toEqual(withoutMark(scene.unread_then));
  });

  it.each(named)("are what is heard on coming back: %s", (_name, scene) => {
    const { place, room } = enter(scene);
    const unread = scene.unread_then;
    const welcome = makeWelcome({
      you: { id: scene.you, name: "ann", has_account: true },
      rooms: [{ ...scene.fresh, recent: [] }],
      unread: unread.unread > 0 ? [{ room: scene.fresh.name, id: room.id, thread: 0, ...unread }] : [],
    });
    place.welcome(welcome, [room.id]);
    for (const record of scene.records) place.hear(record);
    place.hear({ type: "resumed", room: room.id, seq: scene.fresh.seq });
    expect(told(room)).toEqual(expected(scene.fresh));
    expect(counted(room)).toEqual(withoutMark(unread));
  });
});
