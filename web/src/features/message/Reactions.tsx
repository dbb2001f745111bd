import { useState } from "react";
import { formats } from "../../lib/dates";
import type { Server } from "../../model/server";
import type { HubRecord } from "../../wire/kinds";
import { useWords } from "../../words/words";
import { toggleReaction } from "./acts";
import styles from "./Reactions.module.css";

/** Most reactions shown before somebody asks for all of them. */
const MOST = 12;

/** Most names that are told of those who reacted alike. */
const MOST_NAMES = 20;

interface Props {
  record: HubRecord;
  server: Server;
}

/** What people put under a message; a click puts one's own there, or takes it back. */
export function Reactions({ record, server }: Props) {
  const { reactions = {} } = record.note ?? {};
  return Object.keys(reactions).length > 0 && <Given record={record} server={server} given={reactions} />;
}

/** With the names by their ids, by what they reacted with. */
function Given({ record, server, given }: Props & { given: Record<string, Record<string, string>> }) {
  const words = useWords().message;
  const [showsAll, setShowsAll] = useState(false);
  const reactions = Object.entries(given);
  const shown = showsAll ? reactions : reactions.slice(0, MOST);
  const { id } = server.connection.place.you;
  return (
    <fieldset className={styles.reactions}>
      <legend className="visually-hidden">{words.reactions}</legend>
      {shown.map(([reaction, people]) => {
        const names = namesOf(people, id, words.you);
        return (
          <button
            key={reaction}
            type="button"
            className={styles.reaction}
            aria-pressed={id in people}
            title={names}
            onClick={() => void toggleReaction(server, record, reaction)}
          >
            <bdi className={styles.what}>{reaction}</bdi>{" "}
            <span className={styles.count}>{Object.keys(people).length}</span>
            <span className="visually-hidden">: {names}</span>
          </button>
        );
      })}
      {shown.length < reactions.length && (
        <button type="button" className={styles.reaction} onClick={() => setShowsAll(true)}>
          {words.more(reactions.length - shown.length)}
        </button>
      )}
    </fieldset>
  );
}

function namesOf(people: Readonly<Record<string, string>>, you: string, yourself: string): string {
  const names = Object.entries(people).map(([id, name]) => (id === you ? yourself : name));
  const told = names.length > MOST_NAMES ? [...names.slice(0, MOST_NAMES), "…"] : names;
  return formats().list.format(told);
}
