import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { useWords } from "../../words/words";
import styles from "./Spoiler.module.css";

/** Something that is hidden until it is asked for; what is hidden cannot be followed, copied or read aloud before. */
export function Spoiler({ words: hidden, children }: { words: string; children: ReactNode }) {
  const words = useWords().message;
  const [isShown, setShown] = useState(false);
  const shown = useRef<HTMLSpanElement>(null);

  useLayoutEffect(() => {
    if (isShown) shown.current?.focus();
  }, [isShown]);

  if (isShown)
    return (
      <span ref={shown} tabIndex={-1} className={styles.shown}>
        {children}
      </span>
    );
  return (
    <button type="button" className={styles.hidden} aria-label={words.hidden} onClick={() => setShown(true)}>
      {/* As wide as what it hides, so that nothing moves. */}
      <span aria-hidden="true">{hidden}</span>
    </button>
  );
}
