import { type FormEvent, useState } from "react";
import { tell, tellError } from "../../lib/toasts";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { beginHere, Dialog } from "../../ui/Dialog";
import { Select } from "../../ui/Select";
import { Switch } from "../../ui/Switch";
import { useLateWords } from "../../words/words";
import styles from "./People.module.css";

const DAY = 86_400;
const SECONDS = { hour: 3_600, day: DAY, week: 7 * DAY, month: 30 * DAY, always: undefined } as const;
type Term = keyof typeof SECONDS;

interface Props {
  server: Server;
  /** Whom. */
  rest: string;
  onClose: () => void;
}

/** Blocks somebody: for how long, and whether he is told. */
export default function BlockDialog({ server, rest: name, onClose }: Props) {
  const words = useLateWords();
  const [term, setTerm] = useState<Term>("always");
  const [isTold, setTold] = useState(true);
  const [isAsking, setAsking] = useState(false);

  async function block(event: FormEvent) {
    event.preventDefault();
    setAsking(true);
    const seconds = SECONDS[term];
    try {
      await server.connection.ask({
        type: "block",
        names: [name],
        silent: !isTold,
        ...(seconds && { seconds }),
      });
      tell(words.people.isBlocked(name));
      onClose();
    } catch (error) {
      tellError(error);
      setAsking(false);
    }
  }

  return (
    <Dialog title={words.people.blockTitle(name)} onClose={onClose}>
      <form className={styles.form} onSubmit={(event) => void block(event)}>
        <p>{words.people.blockMeans}</p>
        <Select label={words.people.term} value={term} options={words.people.terms} onChange={setTerm} />
        <Switch
          label={words.people.tellHim(name)}
          hint={isTold ? words.people.told : words.people.silent}
          isOn={isTold}
          onChange={setTold}
        />
        <div className={styles.foot}>
          <Button ref={beginHere} onClick={onClose}>
            {words.general.cancel}
          </Button>
          <Button look="danger" type="submit" disabled={isAsking}>
            {words.people.block}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
