import { tell } from "../../lib/toasts";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { EntryList } from "../../ui/EntryList";
import { Problem } from "../../ui/Problem";
import { Spinner } from "../../ui/Spinner";
import { useLateWords } from "../../words/words";
import { addTo, LISTS, type ListName, listedIn, removeFrom, takesTargets, takesTerm } from "./lists";
import { useWatchLists } from "./useWatchLists";

interface Props {
  server: Server;
  room: Room;
}

/** Whom a room keeps out or silent, whom that does not concern, and who may come in. */
export function ListsTab({ server, room }: Props) {
  const words = useLateWords();
  const lists = useWatchLists(server, room, true);
  const { connection } = server;

  async function add(list: ListName, entry: Parameters<typeof addTo>[2]) {
    await connection.ask(addTo(list, room.name, entry));
    tell(words.lists.added(entry.target));
    lists.again();
  }

  async function remove(list: ListName, shown: string) {
    await connection.ask(removeFrom(list, room.name, shown));
    tell(words.lists.removed(shown));
    lists.again();
  }

  if (lists.problem) return <Problem text={lists.problem} />;
  if (lists.bans === undefined) return <Spinner label={words.general.loading} />;
  return LISTS.map((list) => (
    <EntryList
      key={list}
      told={words.governing.lists[list]}
      entries={listedIn(list, lists.bans, lists.invited)}
      hint={takesTargets(list) ? words.lists.targets : undefined}
      hasTerm={takesTerm(list)}
      onAdd={(entry) => add(list, entry)}
      onRemove={(shown) => remove(list, shown)}
    />
  ));
}
