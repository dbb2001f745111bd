import { type FormEvent, useLayoutEffect, useRef, useState } from "react";
import { useAct } from "../lib/useAct";
import { useLateWords } from "../words/words";
import { Button } from "./Button";
import styles from "./EntryForm.module.css";
import { Field } from "./Field";
import { Problem } from "./Problem";
import { secondsOf, type TermChoice, TermSelect } from "./TermSelect";

/** Longest reason, in characters: the server's. */
const REASON_LENGTH = 300;

export interface NewEntry {
  readonly target: string;
  readonly reason: string;
  /** For how long; `null` for ever. */
  readonly seconds: number | null;
}

interface Props {
  /** Who is asked for. */
  label: string;
  hint: string | undefined;
  /** Whether it is said why, and for how long. */
  hasTerm: boolean;
  onAdd: (entry: NewEntry) => Promise<unknown>;
  onClose: () => void;
}

/** Asks whom to put on a list; goes when it is done. */
export function EntryForm({ label, hint, hasTerm, onAdd, onClose }: Props) {
  const words = useLateWords();
  const { act, problem, isBusy } = useAct();
  const [target, setTarget] = useState("");
  const [reason, setReason] = useState("");
  const [term, setTerm] = useState<TermChoice>("");
  const first = useRef<HTMLInputElement>(null);

  useLayoutEffect(() => first.current?.focus(), []);

  async function add(event: FormEvent) {
    event.preventDefault();
    const entry = { target: target.trim(), reason: reason.trim(), seconds: secondsOf(term) };
    if (await act(() => onAdd(entry))) onClose();
  }

  return (
    <form className={styles.form} onSubmit={(event) => void add(event)}>
      <Field
        ref={first}
        label={label}
        hint={hint}
        value={target}
        required
        autoComplete="off"
        dir="auto"
        onChange={(event) => setTarget(event.target.value)}
      />
      {hasTerm && (
        <div className={styles.pair}>
          <Field
            label={words.lists.reason}
            value={reason}
            maxLength={REASON_LENGTH}
            dir="auto"
            onChange={(event) => setReason(event.target.value)}
          />
          <TermSelect label={words.lists.howLong} value={term} onChange={setTerm} />
        </div>
      )}
      <Problem text={problem} />
      <div className={styles.buttons}>
        <Button onClick={onClose}>{words.general.cancel}</Button>
        <Button type="submit" look="primary" disabled={isBusy}>
          {words.lists.add}
        </Button>
      </div>
    </form>
  );
}
