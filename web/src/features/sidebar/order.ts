/** Order: in which a list of rooms is read. It changes only when somebody changes it, so nothing jumps under a finger. */
import type { Room } from "../../model/room";
import { isConversation } from "../../model/titles";

export interface Sections {
  readonly pinned: readonly Room[];
  readonly rooms: readonly Room[];
  readonly people: readonly Room[];
}

/** `language` sorts the names: `Intl` knows how, in each. */
export function sectionsOf(rooms: Iterable<Room>, pinned: readonly number[], language?: string): Sections {
  // Made when there is something to compare: the first thing that a page asks of `Intl` is dear.
  let collator: Intl.Collator | undefined;
  const compare = (one: string, other: string) => {
    collator ??= new Intl.Collator(language, { numeric: true, sensitivity: "base" });
    return collator.compare(one, other);
  };
  const shown = [...rooms].filter((room) => room.kind === "channel" || room.kind === "direct");
  const byName = shown.toSorted((one, other) => compare(one.name.slice(1), other.name.slice(1)));
  const others = byName.filter((room) => !pinned.includes(room.id));
  return {
    pinned: pinned.flatMap((id) => shown.filter((room) => room.id === id)),
    rooms: others.filter((room) => !isConversation(room)),
    people: others.filter(isConversation),
  };
}
