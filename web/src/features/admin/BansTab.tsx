import { useCallback } from "react";
import { tell } from "../../lib/toasts";
import { useAsked } from "../../lib/useAsked";
import { entryOf } from "../../model/entries";
import type { Server } from "../../model/server";
import type { NewEntry } from "../../ui/EntryForm";
import { EntryList } from "../../ui/EntryList";
import { Problem } from "../../ui/Problem";
import { Spinner } from "../../ui/Spinner";
import { useLateWords } from "../../words/words";

/** Who is kept off the server. */
export function BansTab({ server }: { server: Server }) {
  const words = useLateWords();
  const { connection } = server;
  const { value, problem, again } = useAsked(
    useCallback(() => connection.query({ type: "list_server_bans" }, "ban_list"), [connection]),
  );

  async function ban({ target, reason, seconds }: NewEntry) {
    await connection.ask({ type: "ban_from_server", target, reason, seconds });
    tell(words.lists.added(target));
    again();
  }

  async function lift(target: string) {
    await connection.ask({ type: "unban_from_server", target });
    tell(words.lists.removed(target));
    again();
  }

  if (problem) return <Problem text={problem} />;
  if (value === undefined) return <Spinner label={words.general.loading} />;
  return (
    <EntryList
      told={words.admin.bans}
      entries={value.bans.map(entryOf)}
      hint={words.lists.targets}
      hasTerm
      onAdd={ban}
      onRemove={lift}
    />
  );
}
