import { useState } from "react";
import { Button } from "../../ui/Button";
import { useLateWords } from "../../words/words";
import { forgetSearches, recentSearches } from "./recent";
import styles from "./SearchPane.module.css";

/** What can be written besides words; `#` stands for the room that one is in, the date for today. */
const OPERATORS = [
  "from:",
  "in:#",
  "before:",
  "after:",
  "has:file",
  "has:link",
  "is:pinned",
  '"…"',
  "-",
] as const;

interface Props {
  room: string;
  onAdd: (operator: string) => void;
  onFind: (text: string) => void;
}

/** What stands there before anything is looked for: what one can write, and what one looked for lately. */
export function Help({ room, onAdd, onFind }: Props) {
  const words = useLateWords().search;
  const [recent, setRecent] = useState(recentSearches);
  return (
    <div className={styles.help}>
      <section>
        <h3 className={styles.title}>{words.operators}</h3>
        <ul className={styles.chips}>
          {OPERATORS.map((operator) => (
            <li key={operator}>
              <button type="button" className={styles.chip} onClick={() => onAdd(filled(operator, room))}>
                <code>{operator === "in:#" ? `in:${room}` : operator}</code>
                <span>{words.meanings[operator]}</span>
              </button>
            </li>
          ))}
        </ul>
      </section>
      {recent.length > 0 && (
        <section>
          <h3 className={styles.title}>{words.recent}</h3>
          <ul>
            {recent.map((text) => (
              <li key={text}>
                <button type="button" className={styles.recent} dir="auto" onClick={() => onFind(text)}>
                  {text}
                </button>
              </li>
            ))}
          </ul>
          <Button
            className={styles.forget ?? ""}
            onClick={() => {
              forgetSearches();
              setRecent([]);
            }}
          >
            {words.forget}
          </Button>
        </section>
      )}
    </div>
  );
}

function filled(operator: (typeof OPERATORS)[number], room: string): string {
  switch (operator) {
    case "in:#":
      return `in:${room} `;
    case "before:":
    case "after:":
      return `${operator}${new Date().toISOString().slice(0, 10)} `;
    case '"…"':
      return '"';
    case "from:":
    case "-":
      return operator;
    default:
      return `${operator} `;
  }
}
