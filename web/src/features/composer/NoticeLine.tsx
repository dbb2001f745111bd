import { X } from "lucide-react";
import { useWatched } from "../../lib/useWatched";
import { Button } from "../../ui/Button";
import { useWords } from "../../words/words";
import styles from "./Bars.module.css";
import type { Board } from "./notices";
import { focusField } from "./sending";

const noticeOf = (board: Board) => board.notice;

/** Says why something was not sent, or what became of a command, and offers what can be done. */
export function NoticeLine({ board }: { board: Board }) {
  const words = useWords().composer;
  const notice = useWatched(board, noticeOf);
  return (
    <div role="status" className={styles.notice} data-kind={notice?.kind}>
      {notice && (
        <>
          <span className={styles.sentence} dir="auto">
            {notice.sentence}
          </span>
          <div className={styles.actions}>
            {notice.actions.map(({ label, onChoose }) => (
              <Button key={label} className={styles.action ?? ""} onClick={() => choose(onChoose)}>
                {label}
              </Button>
            ))}
            <Button look="icon" aria-label={words.dismiss} onClick={() => choose(() => board.clear())}>
              <X size={16} />
            </Button>
          </div>
        </>
      )}
    </div>
  );
}

/** The button is going; one goes on writing. */
function choose(act: () => void) {
  act();
  focusField();
}
