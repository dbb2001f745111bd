import { useEffect } from "react";
import { useWatched } from "../../lib/useWatched";
import type { Desk } from "../../model/desk";
import { useWords } from "../../words/words";
import styles from "./Composer.module.css";
import { measure } from "./measuring";
import { Suggestions } from "./Suggestions";
import { labelOf, type Writing } from "./sending";
import { useField } from "./useField";

const textOf = (desk: Desk) => desk.text;

/** Whether fields grow by themselves. Elsewhere, as in Safari before 26.2, the styles have one grow by a copy of its text. */
const GROWS = CSS.supports("field-sizing", "content");

interface Props {
  writing: Writing;
  attach: (files: Iterable<File>) => void;
}

/** The field itself, what may complete a word, and how much is left. */
export function TextField({ writing, attach }: Props) {
  const label = labelOf(writing, useWords());
  const { thread, desk } = writing;
  const text = useWatched(desk, textOf);
  const { field, completion, onKeyDown, onPaste, onWrite, onSelect } = useField(writing, attach);
  const { id, suggestions, at } = completion;
  const isOpen = suggestions.length > 0;

  // Whoever comes into a room wants to write there, unless he is doing something else.
  useEffect(() => {
    const isIdle = document.activeElement === null || document.activeElement === document.body;
    if (isIdle && matchMedia("(hover: hover)").matches) field.current?.focus();
  }, [field]);

  return (
    <div className={styles.field} data-text={GROWS ? undefined : text}>
      <Suggestions id={id} suggestions={suggestions} at={at} onChoose={completion.choose} />
      <textarea
        ref={field}
        id={thread === "" ? "composer" : undefined}
        className={styles.text}
        aria-label={label}
        placeholder={label}
        aria-autocomplete="list"
        aria-controls={isOpen ? id : undefined}
        aria-activedescendant={isOpen ? `${id}-${at}` : undefined}
        rows={1}
        dir="auto"
        autoComplete="off"
        enterKeyHint="enter"
        value={text}
        onChange={(event) => onWrite(event.target.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        onSelect={onSelect}
        onBlur={onSelect}
      />
      <Measure writing={writing} text={text} />
    </div>
  );
}

function Measure({ writing, text }: { writing: Writing; text: string }) {
  const words = useWords().composer;
  const measured = measure(text, writing.server.connection.place.limits);
  if (!measured.isNear) return null;
  const { bytesLeft, linesLeft } = measured;
  const format = new Intl.NumberFormat(document.documentElement.lang || undefined);
  const isByLines = linesLeft < 0 || (bytesLeft >= 0 && linesLeft < bytesLeft && linesLeft < 100);
  const left = isByLines ? linesLeft : bytesLeft;
  const count = format.format(Math.abs(left));
  const told = isByLines
    ? { left: words.linesLeft, over: words.linesOver }
    : { left: words.bytesLeft, over: words.bytesOver };
  return (
    <p className={styles.measure} data-over={measured.isOver}>
      {left < 0 ? told.over(count) : told.left(count)}
    </p>
  );
}
