/** Counting what calls one, over all servers, for the title and the icon. Pure. */
import type { Room } from "../../model/room";

export interface Loudness {
  /** Messages that call one: mentions, and everything in conversations. */
  readonly loud: number;
  /** Whether anything is unread that does not. */
  readonly hasQuiet: boolean;
}

/** Return how loudly rooms call; `isMuted` says of which only mentions count. */
export function loudnessOf(rooms: Iterable<Room>, isMuted: (room: Room) => boolean): Loudness {
  let loud = 0;
  let hasQuiet = false;
  for (const room of rooms) {
    const { count, mentions } = room.unread;
    const isTalk = room.kind === "direct" || room.isGroup;
    loud += isTalk && !isMuted(room) ? count : mentions;
    hasQuiet ||= count > 0 && !isMuted(room);
  }
  return { loud, hasQuiet };
}

/** Return what stands on the tab: `(3) #tea – hubbub`; a dot where something is new that does not call. */
export function titleOf(room: string, { loud, hasQuiet }: Loudness, name: string): string {
  const mark = loud > 0 ? `(${loud}) ` : hasQuiet ? "• " : "";
  return `${mark}${room ? `${room} – ` : ""}${name}`;
}
