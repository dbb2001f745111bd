import { X } from "lucide-react";
import { type FormEvent, type ReactNode, useState } from "react";
import { useAct } from "../../lib/useAct";
import { Button } from "../../ui/Button";
import { Field } from "../../ui/Field";
import { Row, Rows } from "../../ui/Rows";
import { useLateWords } from "../../words/words";
import styles from "./Account.module.css";

interface Props {
  names: readonly string[];
  /** What one of them is called. */
  label: string;
  /** What is said where there are none. */
  none: string;
  /** What the button of the form says. */
  add: string;
  nameRemoval: (name: string) => string;
  /** Reject with what is wrong. */
  onAdd: (name: string) => Promise<unknown>;
  onRemove: (name: string) => Promise<unknown>;
  /** What else can be said of one that is added. */
  children?: ReactNode;
}

/** Names, or words, that come and go one by one. */
export function Names({ names, label, none, add, nameRemoval, onAdd, onRemove, children }: Props) {
  const words = useLateWords().account;
  const [text, setText] = useState("");
  const { isBusy, problem, act } = useAct();

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (await act(() => onAdd(text.trim()))) setText("");
  }

  return (
    <>
      {names.length === 0 && <p className={styles.small}>{none}</p>}
      {names.length > 0 && (
        <Rows label={label}>
          {names.map((name) => (
            <Row key={name} title={name}>
              <Button
                look="icon"
                disabled={isBusy}
                aria-label={nameRemoval(name)}
                onClick={() => void act(() => onRemove(name))}
              >
                <X size={18} aria-label={words.remove} />
              </Button>
            </Row>
          ))}
        </Rows>
      )}
      <form className={styles.form} onSubmit={submit}>
        <div className={styles.line}>
          <Field
            label={label}
            required
            maxLength={64}
            spellCheck={false}
            value={text}
            error={problem || undefined}
            onChange={(event) => setText(event.target.value)}
          />
          <Button type="submit" disabled={isBusy}>
            {add}
          </Button>
        </div>
        {children}
      </form>
    </>
  );
}
