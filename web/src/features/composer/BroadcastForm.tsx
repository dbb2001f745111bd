import { type FormEvent, useState } from "react";
import { tell } from "../../lib/toasts";
import { useWatched } from "../../lib/useWatched";
import type { Desk } from "../../model/desk";
import { makeNonce } from "../../model/nonce";
import { DisconnectedError, RefusedError } from "../../model/refusals";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { useLateWords } from "../../words/words";
import { tidy } from "./measuring";
import styles from "./TellDialog.module.css";
import { WordsField } from "./WordsField";

const textOf = (desk: Desk) => desk.text;

/** Everybody reads it, so it is asked once more; whether one may is the server's to say. */
export function BroadcastForm({ server, onDone }: { server: Server; onDone: () => void }) {
  const words = useLateWords().commands;
  const desk = server.desks.at("");
  const text = useWatched(desk, textOf);
  const [nonce] = useState(makeNonce);
  const [isSure, setIsSure] = useState(false);
  const [problem, setProblem] = useState("");

  async function send() {
    try {
      await server.connection.ask({ type: "broadcast", text: tidy(text), nonce });
      desk.clear();
      tell(words.broadcastDone);
      onDone();
    } catch (error) {
      setIsSure(false);
      if (error instanceof DisconnectedError) setProblem(words.unsure);
      else if (error instanceof RefusedError) setProblem(error.message);
      else throw error;
    }
  }

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (tidy(text) === "") setProblem(words.noText);
    else if (isSure) void send();
    else {
      setProblem("");
      setIsSure(true);
    }
  }

  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <p className={styles.lead}>{words.broadcastLead}</p>
      <WordsField
        label={words.message}
        value={text}
        onChange={(now) => {
          desk.write(now);
          setIsSure(false);
        }}
      />
      <p role="alert" className={isSure ? styles.sure : styles.problem}>
        {isSure ? words.broadcastSure : problem}
      </p>
      <div className={styles.buttons}>
        <Button look={isSure ? "danger" : "primary"} type="submit">
          {isSure ? words.broadcastNow : words.broadcast}
        </Button>
      </div>
    </form>
  );
}
