import { X } from "lucide-react";
import { type MouseEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { addLayer } from "../lib/layers";
import { useWords } from "../words/words";
import { Button } from "./Button";
import styles from "./Dialog.module.css";

interface Props {
  title: string;
  size?: "normal" | "large";
  /** Called when it is to go: by its button, by Escape, or by a click beside it. */
  onClose: () => void;
  children: ReactNode;
}

/** Lies over everything, and keeps the focus until it goes; then it is where it was before. */
export function Dialog({ title, size = "normal", onClose, children }: Props) {
  const words = useWords().general;
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    const before = document.activeElement;
    const shown = dialog.current;
    shown?.showModal();
    const lift = shown ? addLayer(shown) : undefined;
    return () => {
      lift?.();
      shown?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);

  function closeBeside(event: MouseEvent) {
    if (event.target === dialog.current) onClose();
  }

  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      data-size={size}
      aria-labelledby={titleId}
      onMouseDown={closeBeside}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className={styles.head}>
        <h2 id={titleId} className={styles.title}>
          {title}
        </h2>
        <Button look="icon" aria-label={words.close} onClick={onClose}>
          <X size={20} />
        </Button>
      </header>
      <div className={styles.body}>{children}</div>
    </dialog>
  );
}
