import { Check, SendHorizontal } from "lucide-react";
import { useWatched } from "../../lib/useWatched";
import type { Desk } from "../../model/desk";
import { Button } from "../../ui/Button";
import { useWords } from "../../words/words";
import styles from "./Composer.module.css";
import type { Board } from "./notices";
import type { Writing } from "./sending";

const isBusyOf = (board: Board) => board.isBusy;
const isEditingOf = (desk: Desk) => desk.editing !== "";

/** Sends what is written, or keeps what was changed. */
export function SendButton({ writing }: { writing: Writing }) {
  const words = useWords().composer;
  const isBusy = useWatched(writing.board, isBusyOf);
  const isEditing = useWatched(writing.desk, isEditingOf);
  return (
    <Button
      look="primary"
      type="submit"
      className={styles.send ?? ""}
      aria-label={isEditing ? words.save : words.send}
      aria-busy={isBusy}
      // A tap must not take the focus, and the keyboard of a phone with it.
      onPointerDown={(event) => event.preventDefault()}
    >
      {isEditing ? <Check size={20} /> : <SendHorizontal size={20} />}
    </Button>
  );
}
