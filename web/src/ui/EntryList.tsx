import { Plus, X } from "lucide-react";
import { useRef, useState } from "react";
import { useAct } from "../lib/useAct";
import { useLateWords } from "../words/words";
import { Button } from "./Button";
import { EntryForm, type NewEntry } from "./EntryForm";
import { Problem } from "./Problem";
import { Row, Rows } from "./Rows";
import { Section } from "./Section";

export interface Entry {
  readonly shown: string;
  /** Who put them there; empty where that is not told. */
  readonly name: string;
  readonly reason: string;
  /** Until it ends; `undefined` where it does not. */
  readonly secondsLeft: number | undefined;
}

interface Props {
  told: { readonly title: string; readonly none: string; readonly meaning: string; readonly whom: string };
  entries: readonly Entry[];
  /** What can be written besides a name. */
  hint?: string | undefined;
  /** Whether it is said why, and for how long. */
  hasTerm: boolean;
  /** Put somebody there, take somebody off, and tell it; what is thrown is told here. */
  onAdd: (entry: NewEntry) => Promise<unknown>;
  onRemove: (shown: string) => Promise<unknown>;
}

/** People, or kinds of them, of whom something holds: who is there, and a form to add one once that is asked for. */
export function EntryList({ told, entries, hint, hasTerm, onAdd, onRemove }: Props) {
  const words = useLateWords().lists;
  const [isAdding, setAdding] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const removing = useAct();

  function close() {
    setAdding(false);
    button.current?.focus();
  }

  return (
    <Section
      title={told.title}
      lead={entries.length === 0 ? `${told.none} ${told.meaning}` : told.meaning}
      action={
        <Button
          ref={button}
          aria-label={`${words.add}: ${told.title}`}
          aria-expanded={isAdding}
          onClick={() => setAdding(!isAdding)}
        >
          <Plus size={16} aria-hidden="true" /> {words.add}
        </Button>
      }
    >
      {isAdding && <EntryForm label={told.whom} {...{ hint, hasTerm, onAdd }} onClose={close} />}
      {entries.length > 0 && (
        <Rows label={told.title}>
          {entries.map(({ shown, name, reason, secondsLeft }) => (
            <Row
              key={shown}
              title={shown}
              told={[name && words.by(name), reason, secondsLeft !== undefined && words.until(secondsLeft)]}
            >
              <Button
                look="icon"
                aria-label={words.remove(shown)}
                disabled={removing.isBusy}
                onClick={() => void removing.act(() => onRemove(shown))}
              >
                <X size={18} />
              </Button>
            </Row>
          ))}
        </Rows>
      )}
      <Problem text={removing.problem} />
    </Section>
  );
}
