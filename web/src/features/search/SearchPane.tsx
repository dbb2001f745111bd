import { Search as SearchIcon } from "lucide-react";
import { type FormEvent, useLayoutEffect, useRef, useState } from "react";
import { go } from "../../lib/history";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { Pane } from "../../ui/Pane";
import { Select } from "../../ui/Select";
import { useLateWords } from "../../words/words";
import { Help } from "./Help";
import { Results } from "./Results";
import { noteSearch } from "./recent";
import styles from "./SearchPane.module.css";
import { type Order, useSearch } from "./useSearch";

interface Props {
  server: Server;
  room: Room;
  /** What is looked for. */
  rest: string;
  onClose: () => void;
}

/** Finds what was said, by words and operators (docs/how-to/search.md). */
export default function SearchPane({ server, room, rest, onClose }: Props) {
  const words = useLateWords().search;
  const [text, setText] = useState(rest);
  const [order, setOrder] = useState<Order>("newest");
  const field = useRef<HTMLInputElement>(null);
  // What ends in a space is still being typed.
  const isWhole = /[^\s:]$/.test(rest);
  const { search, more, again } = useSearch(server.connection, isWhole ? rest.trim() : "", order);

  useLayoutEffect(() => {
    setText(rest);
    field.current?.focus();
  }, [rest]);

  function look(event: FormEvent) {
    event.preventDefault();
    find(text);
  }

  function find(what: string) {
    const whole = what.trim();
    if (whole === "") return;
    noteSearch(whole);
    if (whole === rest) again();
    go({ side: `search/${whole}` }, "replace");
  }

  /** Put an operator where one writes, to be filled in or to be sent. */
  function add(operator: string) {
    setText((before) => `${before.trimEnd()} ${operator}`.trimStart());
    field.current?.focus();
  }

  return (
    <Pane title={words.title} onClose={onClose}>
      <search className={styles.search}>
        <form className={styles.form} onSubmit={look}>
          <input
            ref={field}
            type="search"
            className={styles.input}
            aria-label={words.label}
            placeholder={words.placeholder}
            enterKeyHint="search"
            autoComplete="off"
            dir="auto"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <Button look="primary" type="submit" aria-label={words.find} className={styles.find ?? ""}>
            <SearchIcon size={18} />
          </Button>
        </form>
        {isWhole && <Select label={words.order} value={order} options={words.orders} onChange={setOrder} />}
      </search>
      {isWhole ? (
        <Results connection={server.connection} search={search} text={rest} onMore={more} onAgain={again} />
      ) : (
        <Help room={room.name} onAdd={add} onFind={find} />
      )}
    </Pane>
  );
}
