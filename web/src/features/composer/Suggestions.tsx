import { Avatar } from "../../ui/Avatar";
import { useWords } from "../../words/words";
import type { Suggestion } from "./completion";
import styles from "./Suggestions.module.css";

interface Props {
  id: string;
  suggestions: readonly Suggestion[];
  /** Which of them Enter takes. */
  at: number;
  onChoose: (suggestion: Suggestion) => void;
}

/** What a word may become; the focus stays where one writes (`aria-activedescendant`). */
export function Suggestions({ id, suggestions, at, onChoose }: Props) {
  const words = useWords().composer;
  return (
    <>
      <p className="visually-hidden" role="status">
        {suggestions.length > 0 && words.suggested(suggestions.length)}
      </p>
      {suggestions.length > 0 && (
        <div id={id} role="listbox" aria-label={words.suggestions} className={styles.list}>
          {suggestions.map((one, place) => (
            <div
              key={one.key}
              id={`${id}-${place}`}
              role="option"
              tabIndex={-1}
              aria-selected={place === at}
              className={styles.option}
              // The focus stays in the text.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => onChoose(one)}
              onKeyDown={undefined}
            >
              <Picture {...one.picture} />
              <bdi className={styles.label}>{one.label}</bdi>
              <span className={styles.detail}>{one.detail}</span>
            </div>
          ))}
        </div>
      )}
    </>
  );
}

function Picture({ kind, of }: Suggestion["picture"]) {
  if (kind === "person") return <Avatar name={of} size="1.5rem" />;
  return (
    <span className={styles.sign} aria-hidden="true">
      {of}
    </span>
  );
}
