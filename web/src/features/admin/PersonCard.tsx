import { useState } from "react";
import type { Server } from "../../model/server";
import { Avatar } from "../../ui/Avatar";
import { Button } from "../../ui/Button";
import type { AnswerOf } from "../../wire/kinds";
import { useLateWords } from "../../words/words";
import styles from "./admin.module.css";
import { type Deed, DeedDialog } from "./DeedDialog";

interface Props {
  server: Server;
  /** Whom the server has found; `undefined` for an account that cannot be found because it is disabled, say. */
  person: AnswerOf<"person_found"> | undefined;
  name?: string;
}

/** Somebody, and what an administrator may do with him. */
export function PersonCard({ server, person, name = person?.name ?? "" }: Props) {
  const words = useLateWords();
  const [asking, setAsking] = useState<Deed>();
  const deeds: readonly Deed[] =
    person === undefined
      ? ["enable"]
      : person.has_account
        ? ["role", "eject", "disable", "enable", "ban"]
        : ["eject", "ban"];
  const told = person && [
    person.has_account ? words.admin.hasAccount : words.sidebar.guest,
    person.is_present
      ? person.away === null
        ? words.sidebar.here
        : words.sidebar.away(person.away)
      : words.sidebar.gone,
    ...person.rooms,
  ];
  return (
    <section className={styles.card} aria-label={name}>
      <div className={styles.item}>
        <Avatar name={name} />
        <div className={styles.what}>
          <p dir="auto">
            <b>{name}</b>
          </p>
          <p className={styles.soft}>{told ? told.join(" · ") : words.admin.maybeDisabled}</p>
        </div>
      </div>
      <div className={styles.buttons}>
        {deeds.map((deed) => (
          <Button key={deed} onClick={() => setAsking(deed)}>
            {words.admin.deeds[deed].action}
          </Button>
        ))}
      </div>
      {asking && (
        <DeedDialog server={server} name={name} deed={asking} onClose={() => setAsking(undefined)} />
      )}
    </section>
  );
}
