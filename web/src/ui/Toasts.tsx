import { X } from "lucide-react";
import { useSyncExternalStore } from "react";
import { createPortal } from "react-dom";
import { topLayer } from "../lib/layers";
import { dismiss, toasts } from "../lib/toasts";
import { useWords } from "../words/words";
import styles from "./Toasts.module.css";

/** What has just happened, told to everybody, screen readers included. */
export function Toasts() {
  const words = useWords().general;
  const shown = useSyncExternalStore(toasts.subscribe, toasts.current);
  const layer = useSyncExternalStore(topLayer.subscribe, topLayer.current);
  // Under a dialog they could be neither read out nor touched, so they go where the last one is.
  return createPortal(
    <div className={styles.toasts} role="status" aria-live="polite">
      {shown.map((toast) => (
        <div key={toast.id} className={styles.toast} data-kind={toast.kind}>
          <span className={styles.sentence}>{toast.sentence}</span>
          {toast.action && (
            <button
              type="button"
              className={styles.action}
              onClick={() => {
                dismiss(toast.id);
                toast.action?.onChoose();
              }}
            >
              {toast.action.label}
            </button>
          )}
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
    </div>,
    layer ?? document.body,
  );
}
