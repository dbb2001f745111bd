import { X } from "lucide-react";
import { type ReactNode, useLayoutEffect, useRef } from "react";
import { isComposing } from "../lib/composing";
import { useWords } from "../words/words";
import { Button } from "./Button";
import styles from "./Pane.module.css";

interface Props {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** Stands beside the room; on a phone in its place. Escape lets it go. */
export function Pane({ title, onClose, children }: Props) {
  const words = useWords().general;
  const heading = useRef<HTMLHeadingElement>(null);

  useLayoutEffect(() => {
    const before = document.activeElement;
    heading.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  return (
    <aside
      className={styles.pane}
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented || isComposing(event.nativeEvent)) return;
        event.preventDefault();
        onClose();
      }}
    >
      <header className={styles.head}>
        <h2 ref={heading} tabIndex={-1} className={styles.title} dir="auto">
          {title}
        </h2>
        <Button look="icon" aria-label={words.close} onClick={onClose}>
          <X size={20} />
        </Button>
      </header>
      <div className={styles.body}>{children}</div>
    </aside>
  );
}
