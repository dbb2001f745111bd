import { type FormEvent, useMemo, useRef, useState } from "react";
import { makeNonce } from "../../model/nonce";
import { DisconnectedError, RefusedError } from "../../model/refusals";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import type { Outcome } from "../../wire/kinds";
import { useLateWords } from "../../words/words";
import { BroadcastForm } from "./BroadcastForm";
import { tidy } from "./measuring";
import { Outcomes } from "./Outcomes";
import { PeopleField } from "./PeopleField";
import styles from "./TellDialog.module.css";
import { addNames, failedIn, mergeOutcomes } from "./telling";
import { WordsField } from "./WordsField";

interface Props {
  server: Server;
  /** `everybody`, or the names that are filled in, with commas. */
  rest: string;
  onClose: () => void;
}

/** Send to several people, each alone, or to everybody. */
export default function TellDialog({ server, rest, onClose }: Props) {
  const words = useLateWords().commands;
  const isToEverybody = rest === "everybody";
  return (
    <Dialog title={isToEverybody ? words.broadcastTitle : words.tellTitle} onClose={onClose}>
      {isToEverybody ? (
        <BroadcastForm server={server} onDone={onClose} />
      ) : (
        <TellForm server={server} names={rest.split(",").filter(Boolean)} />
      )}
    </Dialog>
  );
}

function TellForm({ server, names: given }: { server: Server; names: readonly string[] }) {
  const words = useLateWords().commands;
  const [names, setNames] = useState(given);
  const [text, setText] = useState("");
  const [problem, setProblem] = useState("");
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const [isBusy, setIsBusy] = useState(false);
  // The same as long as nothing of it has changed: what is sent again is not said twice.
  const nonce = useMemo(() => ({ for: `${names} ${text}`, is: makeNonce() }), [names, text]).is;
  // Another attempt for those whom it did not reach is another message, until it has had an answer.
  const retryNonce = useMemo(() => ({ for: outcomes, is: makeNonce() }), [outcomes]).is;
  const typed = useRef<() => readonly string[]>(() => []);

  async function send(recipients: readonly string[], by: string) {
    setIsBusy(true);
    setProblem("");
    const told = server.connection.query(
      { type: "tell", recipients: [...recipients], text: tidy(text), nonce: by },
      "told",
    );
    await told
      .then((answer) => setOutcomes((before) => mergeOutcomes(before, answer.outcomes)))
      .catch((error: unknown) => setProblem(problemOf(error, words.unsure)));
    setIsBusy(false);
  }

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    const all = addNames(names, typed.current());
    const most = server.connection.place.limits?.recipients || Number.POSITIVE_INFINITY;
    if (all.length === 0) setProblem(words.noNames);
    else if (all.length > most) setProblem(words.tooMany(most));
    else if (tidy(text) === "") setProblem(words.noText);
    else void send(all, nonce);
  }

  if (outcomes.length > 0) {
    const failed = failedIn(outcomes);
    return (
      <Outcomes
        outcomes={outcomes}
        problem={problem}
        isBusy={isBusy}
        onRetry={failed.length > 0 ? () => void send(failed, retryNonce) : undefined}
        onAnother={() => {
          setOutcomes([]);
          setText("");
        }}
      />
    );
  }
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <p className={styles.lead}>{words.eachAlone}</p>
      <PeopleField server={server} names={names} onChange={setNames} typed={typed} />
      <WordsField label={words.message} value={text} onChange={setText} />
      <p role="alert" className={styles.problem}>
        {problem}
      </p>
      <div className={styles.buttons}>
        <Button look="primary" type="submit" disabled={isBusy}>
          {words.tell(Math.max(1, names.length))}
        </Button>
      </div>
    </form>
  );
}

/** Return what is told of what went wrong; throws what nobody expects. */
export function problemOf(error: unknown, unsure: string): string {
  if (error instanceof DisconnectedError) return unsure;
  if (error instanceof RefusedError) return error.message;
  throw error;
}
