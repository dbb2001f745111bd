import type { Connection } from "../../model/connection";
import { DisconnectedError } from "../../model/refusals";
import { Button } from "../../ui/Button";
import { Spinner } from "../../ui/Spinner";
import { useLateWords } from "../../words/words";
import { HitLink } from "./HitLink";
import styles from "./SearchPane.module.css";
import { byRoom, type Search } from "./useSearch";

interface Props {
  connection: Connection;
  search: Search;
  text: string;
  onMore: () => void;
  onAgain: () => void;
}

/** What was found, room by room. */
export function Results({ connection, search, text, onMore, onAgain }: Props) {
  const words = useLateWords();
  const { hits, cursor, isRunning, failure } = search;
  if (failure)
    return (
      <div className={styles.told} role="alert">
        <p>{failure instanceof DisconnectedError ? words.search.disconnected : failure.message}</p>
        <Button onClick={onAgain}>{words.search.again}</Button>
      </div>
    );
  return (
    <>
      <p role="status" className={!isRunning && hits.length === 0 ? "visually-hidden" : styles.count}>
        {isRunning ? words.general.loading : words.search.found(hits.length, cursor !== "")}
      </p>
      {!isRunning && hits.length === 0 && <Nothing text={text} />}
      {byRoom(hits).map(([room, found]) => (
        <section key={room} aria-label={room}>
          <h3 className={styles.room} dir="auto">
            {room}
          </h3>
          <ul>
            {found.map((hit) => (
              <li key={`${hit.record.room}-${hit.record.seq}`}>
                <HitLink connection={connection} hit={hit} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {!isRunning && !search.isComplete && (
        <p className={styles.incomplete} role="note">
          {words.search.incomplete}
        </p>
      )}
      {isRunning && <Spinner label={words.general.loading} />}
      {!isRunning && cursor !== "" && (
        <Button className={styles.more ?? ""} onClick={onMore}>
          {words.search.more}
        </Button>
      )}
    </>
  );
}

function Nothing({ text }: { text: string }) {
  const words = useLateWords().search;
  return (
    <div className={styles.told}>
      <p dir="auto">{words.nothing(text)}</p>
      <p className={styles.hint}>{words.nothingHint}</p>
    </div>
  );
}
