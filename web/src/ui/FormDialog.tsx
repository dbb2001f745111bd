import { type FormEvent, type ReactNode, useState } from "react";
import { useWords } from "../words/words";
import { Button } from "./Button";
import { beginHere, Dialog } from "./Dialog";
import styles from "./FormDialog.module.css";
import { Problem } from "./Problem";

interface Props {
  title: string;
  /** What the button is called that does it. */
  action: string;
  isDangerous?: boolean;
  isDisabled?: boolean;
  /** Do it; what it throws is told beside the button, and the dialog stays. */
  onSubmit: () => Promise<unknown>;
  onClose: () => void;
  children: ReactNode;
}

/** Asks for what is needed to do something, or whether it is really to be done; goes when it is done. */
export function FormDialog({ title, action, isDangerous, isDisabled, onSubmit, onClose, children }: Props) {
  const words = useWords().general;
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");

  async function submit(event: FormEvent) {
    event.preventDefault();
    event.stopPropagation();
    if (isBusy) return;
    setBusy(true);
    setProblem("");
    try {
      await onSubmit();
      onClose();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog title={title} onClose={onClose}>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        {children}
        <Problem text={problem} />
        <div className={styles.buttons}>
          <Button ref={isDangerous ? beginHere : undefined} onClick={onClose}>
            {words.cancel}
          </Button>
          <Button type="submit" look={isDangerous ? "danger" : "primary"} disabled={isBusy || isDisabled}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
