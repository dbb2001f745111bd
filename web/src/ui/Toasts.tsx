import { X } from "lucide-react";
import { useSyncExternalStore } from "react";
import { dismiss, toasts } from "../lib/toasts";
import { useWords } from "../words/words";
import styles from "./Toasts.module.css";

/** What has just happened, told to everybody, screen readers included. */
export function Toasts() {
  const words = useWords().general;
  const shown = useSyncExternalStore(toasts.subscribe, toasts.current);
  return (
    <div className={styles.toasts} role="status" aria-live="polite">
      {shown.map((toast) => (
        <div key={toast.id} className={styles.toast} data-kind={toast.kind}>
          <span>{toast.sentence}</span>
          <button
            type="button"
            className={styles.close}
            aria-label={words.close}
            onClick={() => dismiss(toast.id)}
          >
            <X size={18} />
          </button>
        </div>
      ))}
    </div>
  );
}
