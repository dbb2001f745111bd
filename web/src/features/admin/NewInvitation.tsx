import { type FormEvent, useState } from "react";
import { useAct } from "../../lib/useAct";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { Field } from "../../ui/Field";
import type { AnswerOf } from "../../wire/kinds";
import { useLateWords } from "../../words/words";
import styles from "./admin.module.css";

const DAY_MS = 86_400_000;

interface Props {
  server: Server;
  onMade: (made: AnswerOf<"invitation_made">) => void;
}

/** Makes a code: for how many people, until when, and what for. */
export function NewInvitation({ server, onMade }: Props) {
  const words = useLateWords().admin;
  const { act, isBusy, problem } = useAct();
  const [uses, setUses] = useState("1");
  const [days, setDays] = useState("7");
  const [label, setLabel] = useState("");

  async function make(event: FormEvent) {
    event.preventDefault();
    const lasting = days === "" ? null : Math.round(Number(days) * DAY_MS);
    const request = {
      type: "make_invitation",
      uses: Number(uses),
      lasting_ms: lasting,
      label: label.trim(),
    } as const;
    await act(async () => onMade(await server.connection.query(request, "invitation_made")));
  }

  return (
    <form className={styles.group} onSubmit={(event) => void make(event)}>
      <h3 className={styles.heading}>{words.newInvitation}</h3>
      <div className={styles.line}>
        <Field
          label={words.uses}
          type="number"
          min={1}
          required
          value={uses}
          onChange={(event) => setUses(event.target.value)}
        />
        <Field
          label={words.days}
          type="number"
          min={1}
          value={days}
          onChange={(event) => setDays(event.target.value)}
        />
        <Field
          label={words.label}
          value={label}
          dir="auto"
          onChange={(event) => setLabel(event.target.value)}
        />
        <Button type="submit" look="primary" disabled={isBusy}>
          {words.make}
        </Button>
      </div>
      {problem && (
        <p role="alert" className={styles.bad}>
          {problem}
        </p>
      )}
    </form>
  );
}
