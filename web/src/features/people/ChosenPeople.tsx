import { X } from "lucide-react";
import { type KeyboardEvent, useId, useState } from "react";
import { isComposing } from "../../lib/composing";
import { type Match, match } from "../../lib/ranking";
import { Avatar } from "../../ui/Avatar";
import { Marked } from "../../ui/Marked";
import { useLateWords } from "../../words/words";
import styles from "./People.module.css";

/** Most that are offered at once. */
const MOST = 6;

interface Props {
  names: readonly string[];
  /** Who may be offered. */
  known: readonly string[];
  error: string | undefined;
  onChange: (names: readonly string[]) => void;
}

/** Chooses people by a few letters of their names; names that are not known here may be written out. */
export function ChosenPeople({ names, known, error, onChange }: Props) {
  const words = useLateWords().people;
  const id = useId();
  const [written, setWritten] = useState("");
  const [at, setAt] = useState(0);
  const offers = offersFor(
    written,
    known.filter((name) => !names.includes(name)),
  );
  const offer = offers[Math.min(at, offers.length - 1)];

  function add(name: string | undefined) {
    const whole = (name ?? written).trim().replace(/^@/, "");
    setWritten("");
    setAt(0);
    if (whole !== "" && !names.includes(whole)) onChange([...names, whole]);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (isComposing(event.nativeEvent)) return;
    const act = actOf(event.key);
    if (act === undefined) return;
    event.preventDefault();
    act();
  }

  function actOf(key: string): (() => void) | undefined {
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step && offers.length > 0) return () => setAt((at + step + offers.length) % offers.length);
    if (key === "Backspace" && written === "") return () => onChange(names.slice(0, -1));
    // With nothing written, Enter begins the conversation and Tab goes on.
    const isWritten = written.trim() !== "";
    return isWritten && ["Enter", ",", "Tab"].includes(key) ? () => add(offer?.name) : undefined;
  }

  return (
    <div className={styles.field}>
      <label className={styles.title} htmlFor={`${id}-input`}>
        {words.who}
      </label>
      <div className={styles.chosen}>
        {names.map((name) => (
          <button
            key={name}
            type="button"
            className={styles.chip}
            aria-label={words.remove(name)}
            onClick={() => onChange(names.filter((one) => one !== name))}
          >
            <bdi>{name}</bdi>
            <X size={14} />
          </button>
        ))}
        <input
          ref={(input) => input?.setAttribute("autofocus", "")}
          id={`${id}-input`}
          className={styles.input}
          role="combobox"
          aria-expanded={offers.length > 0}
          aria-controls={`${id}-offers`}
          aria-activedescendant={offer && `${id}-${offer.name}`}
          aria-autocomplete="list"
          aria-describedby={error && `${id}-error`}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={written}
          onChange={(event) => setWritten(event.target.value)}
          onKeyDown={onKeyDown}
          onBlur={() => add(undefined)}
        />
      </div>
      <PeopleOffers id={id} offers={offers} chosen={offer} onChoose={add} />
      {error && (
        <p id={`${id}-error`} role="alert" className={styles.error}>
          {error}
        </p>
      )}
    </div>
  );
}

interface Offer extends Match {
  readonly name: string;
}

function PeopleOffers({
  id,
  offers,
  chosen,
  onChoose,
}: {
  id: string;
  offers: readonly Offer[];
  chosen: Offer | undefined;
  onChoose: (name: string) => void;
}) {
  const words = useLateWords().people;
  return (
    <div id={`${id}-offers`} role="listbox" aria-label={words.offers} className={styles.offers}>
      {offers.map((one) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the combobox, which keeps the focus
        <div
          key={one.name}
          id={`${id}-${one.name}`}
          role="option"
          tabIndex={-1}
          aria-selected={one === chosen}
          className={styles.offer}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(one.name)}
        >
          <Avatar name={one.name} size="1.5rem" />
          <span dir="auto">
            <Marked text={one.name} spans={one.spans} />
          </span>
        </div>
      ))}
    </div>
  );
}

function offersFor(written: string, names: readonly string[]): readonly Offer[] {
  const text = written.trim().replace(/^@/, "");
  const found = names.flatMap((name) => {
    const fit = match(name, text);
    return fit ? [{ name, ...fit }] : [];
  });
  return found.sort((one, other) => other.score - one.score).slice(0, MOST);
}
