import { X } from "lucide-react";
import { type MouseEvent, type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { addLayer } from "../lib/layers";
import { isTouched } from "../lib/touch";
import { useWords } from "../words/words";
import { Button } from "./Button";
import styles from "./Dialog.module.css";

interface Props {
  title: string;
  /** Large is what has several parts, and keeps its height from one to the next; tall is what changes while one writes. */
  size?: "normal" | "large" | "tall";
  /** Called when it is to go: by its button, by Escape, or by a click beside it. */
  onClose: () => void;
  children: ReactNode;
}

/** Lies over everything, and keeps the focus until it goes; then it is where it was before. */
export function Dialog({ title, size = "normal", onClose, children }: Props) {
  const words = useWords().general;
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  // Before the effects of what is in it: they may measure, or scroll, only what is shown.
  useLayoutEffect(() => {
    const before = document.activeElement;
    const shown = dialog.current;
    shown?.showModal();
    if (shown) placeFocus(shown);
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
        <h2 id={titleId} className={styles.title} tabIndex={-1}>
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

/** A `ref` for where one begins: where something is taken away, at the button that does not, lest one Enter be too many. */
export function beginHere(element: HTMLElement | null): void {
  element?.setAttribute("autofocus", "");
}

/** Put the focus where one begins; a finger is not met by a keyboard that it has not asked for. */
function placeFocus(dialog: HTMLDialogElement): void {
  const find = (selector: string) => dialog.querySelector<HTMLElement>(selector);
  const field = isTouched() ? null : find(":is(input:not([type=checkbox]), textarea, select):not(:disabled)");
  (find("[autofocus]") ?? find("[role=tab][aria-selected=true]") ?? field ?? find("h2"))?.focus();
}
