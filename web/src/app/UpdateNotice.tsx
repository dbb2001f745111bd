import { X } from "lucide-react";
import { useState, useSyncExternalStore } from "react";
import { loadUpdate, updates } from "../lib/updates";
import { Button } from "../ui/Button";
import { useWords } from "../words/words";
import styles from "./UpdateNotice.module.css";

/** Says that there is a newer page, and loads it when somebody wants it; what is written is kept. */
export function UpdateNotice() {
  const { connection: words, general } = useWords();
  const isNewer = useSyncExternalStore(updates.subscribe, updates.current);
  const [isLater, setLater] = useState(false);
  const isShown = isNewer && !isLater;
  return (
    <div role="status" className={isShown ? styles.notice : undefined}>
      {isShown && (
        <>
          <span>{words.newer}</span>
          <Button look="primary" onClick={() => void loadUpdate()}>
            {words.reload}
          </Button>
          <Button look="icon" aria-label={general.close} onClick={() => setLater(true)}>
            <X size={18} />
          </Button>
        </>
      )}
    </div>
  );
}
