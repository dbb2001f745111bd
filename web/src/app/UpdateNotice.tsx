import { useSyncExternalStore } from "react";
import { loadUpdate, updates } from "../lib/updates";
import { Button } from "../ui/Button";
import { useWords } from "../words/words";
import styles from "./UpdateNotice.module.css";

/** Says that there is a newer page, and loads it when somebody wants it; what is written is kept. */
export function UpdateNotice() {
  const words = useWords().connection;
  const isNewer = useSyncExternalStore(updates.subscribe, updates.current);
  return (
    <div role="status" className={isNewer ? styles.notice : undefined}>
      {isNewer && (
        <>
          <span>{words.newer}</span>
          <Button look="primary" onClick={() => void loadUpdate()}>
            {words.reload}
          </Button>
        </>
      )}
    </div>
  );
}
