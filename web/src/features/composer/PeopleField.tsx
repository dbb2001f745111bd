import { X } from "lucide-react";
import { type KeyboardEvent, type RefObject, useId, useLayoutEffect, useState } from "react";
import { isComposing } from "../../lib/composing";
import { splitNames } from "../../model/commandArguments";
import { isMessage } from "../../model/revising";
import type { Server } from "../../model/server";
import { Avatar } from "../../ui/Avatar";
import { useLateWords } from "../../words/words";
import { best, type Suggestion } from "./completion";
import { orderPeople } from "./ordering";
import { Suggestions } from "./Suggestions";
import styles from "./TellDialog.module.css";
import { addNames } from "./telling";

interface Props {
  server: Server;
  names: readonly string[];
  onChange: (names: readonly string[]) => void;
  /** Where is put how to read what is typed and not yet a name. */
  typed: RefObject<() => readonly string[]>;
}

/** People, as many as one likes: a combobox whose names stand before it, each with a button that takes it away. */
export function PeopleField({ server, names, onChange, typed }: Props) {
  const words = useLateWords().commands;
  const id = useId();
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(0);
  const suggestions = text.trim() === "" ? [] : suggestPeople(server, text.trim(), names);
  const at = Math.min(chosen, suggestions.length - 1);

  useLayoutEffect(() => {
    typed.current = () => splitNames(text);
  }, [typed, text]);

  function add(added: readonly string[]) {
    onChange(addNames(names, added));
    setText("");
    setChosen(0);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (isComposing(event.nativeEvent) || !act(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  function act({ key }: KeyboardEvent): boolean {
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (text.trim() === "") return key === "Backspace" && text === "" && takeLast();
    if (step !== undefined) setChosen((at + step + suggestions.length) % Math.max(1, suggestions.length));
    else if (key === "Escape") setText("");
    else if (key === "Enter" || key === "Tab") add([suggestions[at]?.key ?? text.trim()]);
    else return false;
    return true;
  }

  function takeLast(): boolean {
    onChange(names.slice(0, -1));
    return names.length > 0;
  }

  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {words.to}
      </label>
      <div className={styles.people}>
        {names.map((name) => (
          <span key={name} className={styles.chip}>
            <Avatar name={name} size="1.25rem" />
            <bdi>{name}</bdi>
            <button
              type="button"
              className={styles.remove}
              aria-label={words.removeName(name)}
              onClick={() => onChange(names.filter((one) => one !== name))}
            >
              <X size={14} />
            </button>
          </span>
        ))}
        <div className={styles.entry}>
          <Suggestions
            id={`${id}-list`}
            suggestions={suggestions}
            at={at}
            onChoose={(suggestion) => add([suggestion.key])}
          />
          <input
            id={id}
            role="combobox"
            className={styles.name}
            placeholder={words.addName}
            aria-autocomplete="list"
            aria-expanded={suggestions.length > 0}
            aria-controls={`${id}-list`}
            aria-activedescendant={suggestions.length > 0 ? `${id}-list-${at}` : undefined}
            autoComplete="off"
            spellCheck={false}
            value={text}
            onChange={(event) => {
              const now = event.target.value;
              // A name that is written out is meant, even if another begins so.
              if (/[^,\s][,\s]/.test(now)) add(splitNames(now));
              else setText(now);
            }}
            onKeyDown={onKeyDown}
          />
        </div>
      </div>
    </div>
  );
}

/** Everybody who is known from any room, and is not there yet. */
function suggestPeople(server: Server, query: string, taken: readonly string[]): readonly Suggestion[] {
  const { place } = server.connection;
  const rooms = [...place.rooms.values()];
  const isFree = (name: string) => name !== place.you.name && !taken.includes(name);
  const speakers = rooms.flatMap((room) =>
    room.timeline.records.flatMap(({ event }) => (isMessage(event) ? [event.name] : [])),
  );
  const known = rooms.flatMap((room) => [
    ...(room.members ?? room.someMembers),
    ...(room.kind === "direct" && room.name.startsWith("@") ? [room.name.slice(1)] : []),
  ]);
  const people = orderPeople(known, [...new Set(speakers.reverse())], "").filter(isFree);
  return best(query, people, (name) => name).map((name) => ({
    key: name,
    label: name,
    detail: place.away.get(name) ?? "",
    insert: name,
    picture: { kind: "person", of: name },
  }));
}
