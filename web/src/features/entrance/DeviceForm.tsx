import type { FormEvent } from "react";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { useDoorWords } from "../../words/words";
import styles from "./Entrance.module.css";
import type { ComingIn } from "./useComingIn";

interface Props {
  server: Server;
  comingIn: ComingIn;
  code: string;
}

/** For whoever was shown a link by another device of his own. */
export function DeviceForm({ server, comingIn, code }: Props) {
  const words = useDoorWords().entrance;
  const { problem, isBusy } = comingIn;

  function enter(event: FormEvent) {
    event.preventDefault();
    void comingIn.attempt(() => server.logInByCode(code), code);
  }

  return (
    <form className={styles.form} onSubmit={enter}>
      <p className={styles.lead}>{words.deviceLead}</p>
      {problem && (
        <p className={styles.notice} role="alert">
          {problem.sentence} {problem.place === "code" && words.badDevice}
        </p>
      )}
      <Button look="primary" type="submit" disabled={isBusy}>
        {isBusy ? words.entering : words.enterDevice}
      </Button>
    </form>
  );
}
