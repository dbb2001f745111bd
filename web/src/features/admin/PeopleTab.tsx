import { type FormEvent, useState } from "react";
import { useAct } from "../../lib/useAct";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { Field } from "../../ui/Field";
import type { AnswerOf } from "../../wire/kinds";
import { useLateWords } from "../../words/words";
import styles from "./admin.module.css";
import { PersonCard } from "./PersonCard";

/** Finds somebody by his name, and says what may be done with him. */
export function PeopleTab({ server }: { server: Server }) {
  const words = useLateWords().admin;
  const { connection } = server;
  const { act, isBusy, problem } = useAct();
  const [name, setName] = useState("");
  const [found, setFound] = useState<AnswerOf<"person_found">>();

  async function find(event: FormEvent) {
    event.preventDefault();
    const wanted = name.trim();
    const isFound = await act(async () =>
      setFound(await connection.query({ type: "find_person", name: wanted }, "person_found")),
    );
    if (!isFound) setFound(undefined);
  }

  return (
    <div className={styles.group}>
      <p className={styles.soft}>{words.peopleMeaning}</p>
      <form className={styles.line} onSubmit={(event) => void find(event)}>
        <Field
          label={words.name}
          value={name}
          required
          autoComplete="off"
          dir="auto"
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" look="primary" disabled={isBusy}>
          {words.find}
        </Button>
      </form>
      {problem && (
        <p role="alert" className={styles.bad}>
          {problem}
        </p>
      )}
      {found ? (
        <PersonCard key={found.name} server={server} person={found} />
      ) : (
        problem && <PersonCard key={name} server={server} person={undefined} name={name.trim()} />
      )}
    </div>
  );
}
