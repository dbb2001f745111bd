import { useCallback, useEffect, useMemo } from "react";
import { useAsked } from "../../lib/useAsked";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import type { AnswerOf, HubEvent } from "../../wire/kinds";

type Bans = AnswerOf<"ban_list">;

const CHANGING: ReadonlySet<HubEvent["type"]> = new Set<HubEvent["type"]>([
  "banned",
  "unbanned",
  "muted",
  "unmuted",
  "excepted",
  "unexcepted",
  "invited",
  "uninvited",
  "kicked",
  "joined",
  "role_set",
]);

export interface Lists {
  readonly bans: Bans | undefined;
  readonly invited: readonly string[];
  readonly problem: string;
  readonly isMuted: (name: string) => boolean;
  readonly again: () => void;
}

const NOBODY: readonly string[] = [];

/** The lists that moderators keep of a room; nothing where one may not see them. They are kept current. */
export function useWatchLists(server: Server, room: Room, maySee: boolean): Lists {
  const { connection } = server;
  const ask = useCallback(async () => {
    if (!maySee) return undefined;
    const bans = connection.query({ type: "list_bans", room: room.name }, "ban_list");
    const invited = connection.query({ type: "list_invited", room: room.name }, "invited_list");
    return { bans: await bans, invited: (await invited).names };
  }, [connection, room, maySee]);
  const { value, problem, again } = useAsked(ask);
  useEffect(
    () =>
      connection.place.onRecord((heard, { event }) => heard === room && CHANGING.has(event.type) && again()),
    [connection, room, again],
  );
  const muted = useMemo(() => new Set(value?.bans.mutes.map((mute) => mute.shown)), [value]);
  const isMuted = useCallback((name: string) => muted.has(name), [muted]);
  return { bans: value?.bans, invited: value?.invited ?? NOBODY, problem, isMuted, again };
}
