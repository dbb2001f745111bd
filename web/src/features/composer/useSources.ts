import { useEffect, useMemo, useState } from "react";
import { type Emoji, loadEmoji } from "../../lib/emoji";
import { useWatched } from "../../lib/useWatched";
import { charterOf } from "../../model/charter";
import { ROLES, rankOf } from "../../model/ranks";
import { isMessage } from "../../model/revising";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import type { HubRecord } from "../../wire/kinds";
import type { Token } from "./completion";
import { orderPeople } from "./ordering";
import type { Sources } from "./suggesting";

const membersOf = (room: Room) => room.members;
const recordsOf = (room: Room) => room.timeline.records;
const NO_RECORDS: readonly HubRecord[] = [];
const noRecords = () => NO_RECORDS;

/** In larger rooms, only the first of a page of members are suggested, and those who speak. */
const MOST_MEMBERS = 5_000;

/** Messages among which is looked for who spoke last. */
const LOOKED_AT = 100;

/** Return what there is to be suggested; what is not known is asked for when it is wanted first. */
export function useSources(server: Server, room: Room, kind: Token["kind"] | undefined): Sources {
  const { connection } = server;
  const { place } = connection;
  const members = useWatched(room, membersOf);
  const wantsPeople = kind === "person" || kind === "name";
  // Nobody's message draws the composer anew unless it may change what is suggested there.
  const records = useWatched(room, wantsPeople ? recordsOf : noRecords);
  const others = useMembers(server, room, wantsPeople);
  const rooms = useRooms(server, kind === "room");
  const emoji = useEmoji(kind === "emoji");
  const charter = charterOf(connection, room);
  useWatched(charter, settingsOf);

  // Not before somebody is sought: what orders by a language is dear to make, and there are messages all the time.
  const people = useMemo(() => {
    if (!wantsPeople) return NOBODY;
    const known = members ?? (others.length > 0 ? others : room.someMembers);
    return peopleIn(room, known, records, place.you.name);
  }, [wantsPeople, room, records, members, others, place]);

  return {
    you: place.you.name,
    people,
    away: place.away,
    mayCallAll: room.kind === "channel" && rankOf(charter.own) >= ROLES.indexOf("moderator"),
    rooms,
    emoji,
  };
}

const settingsOf = (charter: ReturnType<typeof charterOf>) => charter.roles;

const NOBODY: readonly string[] = [];

/** Return who may be meant in a room of which these members are known, in the order in which they are likely to be. */
function peopleIn(
  room: Room,
  known: Iterable<string>,
  records: readonly HubRecord[],
  you: string,
): readonly string[] {
  const inRoom = new Set([...known, you]);
  const both = room.kind === "direct" ? [room.name.slice(1), you] : [];
  // Whoever spoke and has gone is not called by what nobody reads.
  const speakers = spokeLast(records).filter((name) => inRoom.has(name));
  return orderPeople([...known, ...both], speakers, you);
}

/** Who spoke last, the last first. */
function spokeLast(records: readonly HubRecord[]): readonly string[] {
  const names = records
    .slice(-LOOKED_AT)
    .flatMap(({ event }) => (isMessage(event) ? [event.name] : []))
    .reverse();
  return [...new Set(names)];
}

/** Learn who is in a room of which not all are known: the first members are given at once, the others become `Room.members`. */
function useMembers(server: Server, room: Room, isWanted: boolean): readonly string[] {
  const [names, setNames] = useState<readonly string[]>([]);
  const isAsked = isWanted && room.kind === "channel" && room.members === undefined;
  useEffect(() => {
    if (!isAsked) return undefined;
    let isHere = true;
    server.connection
      .query({ type: "list_members", room: room.name }, "members")
      .then(({ members, more = 0 }) => {
        if (isHere) setNames(members.map((member) => member.name));
        return more > 0 && members.length + more <= MOST_MEMBERS ? learnAll(server, room) : undefined;
      })
      // Then those are suggested who are known.
      .catch(() => undefined);
    return () => {
      isHere = false;
    };
  }, [isAsked, server, room]);
  return names;
}

async function learnAll(server: Server, room: Room): Promise<void> {
  const { Roster } = await import("../../model/roster");
  await new Roster(server.connection, room).load();
}

const NO_ROOMS: Sources["rooms"] = [];

/** One's own rooms first, then all others that one may know of. */
function useRooms(server: Server, isWanted: boolean): Sources["rooms"] {
  const [others, setOthers] = useState(NO_ROOMS);
  useEffect(() => {
    if (!isWanted) return undefined;
    let isHere = true;
    server.connection
      .query({ type: "list_rooms" }, "room_list")
      .then(({ rooms }) => {
        if (isHere) setOthers(rooms.map(({ name, topic }) => ({ name, topic })));
      })
      // Then those are suggested in which one is.
      .catch(() => undefined);
    return () => {
      isHere = false;
    };
  }, [isWanted, server]);
  return useMemo(() => {
    if (!isWanted) return NO_ROOMS;
    const own = [...server.connection.place.rooms.values()]
      .filter((room) => room.kind === "channel" && room.name.startsWith("#"))
      .map((room) => ({ name: room.name, topic: room.topic?.text ?? "" }));
    const known = new Set(own.map((room) => room.name));
    return [...own, ...others.filter((room) => !known.has(room.name))];
  }, [isWanted, others, server]);
}

const NO_EMOJI: readonly Emoji[] = [];

function useEmoji(isWanted: boolean): readonly Emoji[] {
  const [emoji, setEmoji] = useState(NO_EMOJI);
  useEffect(() => {
    // Where they cannot be loaded, nothing is suggested, and `:tea:` stays as it is.
    if (isWanted)
      loadEmoji()
        .then(setEmoji)
        .catch(() => undefined);
  }, [isWanted]);
  return emoji;
}
