import { type FormEvent, useState } from "react";
import { useAct } from "../../lib/useAct";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { Field } from "../../ui/Field";
import { Problem } from "../../ui/Problem";
import { Select } from "../../ui/Select";
import type { AnswerOf } from "../../wire/kinds";
import { useLateWords } from "../../words/words";
import styles from "./Setting.module.css";

const TOPICS = ["messages", "edits", "deletions", "reactions", "members", "topic"] as const;
type Topic = (typeof TOPICS)[number];
type Kind = "in" | "out";

interface Props {
  server: Server;
  room: Room;
  onMade: (made: AnswerOf<"hook_made">) => void;
}

/** Makes a webhook, in one of the two directions. */
export function NewHook({ server, room, onMade }: Props) {
  const words = useLateWords().governing;
  const { act, isBusy, problem } = useAct();
  const [kind, setKind] = useState<Kind>("in");
  const [label, setLabel] = useState("");
  const [url, setUrl] = useState("");
  const [topics, setTopics] = useState<readonly Topic[]>(["messages"]);

  async function make(event: FormEvent) {
    event.preventDefault();
    const out = kind === "out" ? { url: url.trim(), topics: [...topics] } : {};
    const request = { type: "make_hook", room: room.name, label: label.trim(), ...out } as const;
    const isDone = await act(async () => onMade(await server.connection.query(request, "hook_made")));
    if (!isDone) return;
    setLabel("");
    setUrl("");
  }

  return (
    <form className={styles.group} onSubmit={(event) => void make(event)}>
      <Select<Kind> label={words.direction} value={kind} options={words.directions} onChange={setKind} />
      <Field
        label={words.label}
        hint={words.labelHint}
        value={label}
        maxLength={32}
        onChange={(event) => setLabel(event.target.value)}
      />
      {kind === "out" && (
        <>
          <Field
            label={words.url}
            type="url"
            value={url}
            required
            placeholder="https://ci.example.org/chat"
            onChange={(event) => setUrl(event.target.value)}
          />
          <fieldset className={styles.choices}>
            <legend className={styles.soft}>{words.whatIsTold}</legend>
            {TOPICS.map((topic) => (
              <label key={topic}>
                <input
                  type="checkbox"
                  checked={topics.includes(topic)}
                  onChange={() => setTopics(TOPICS.filter((one) => (one === topic) !== topics.includes(one)))}
                />
                {words.topics[topic]}
              </label>
            ))}
          </fieldset>
        </>
      )}
      <Problem text={problem} />
      <div className={styles.buttons}>
        <Button type="submit" look="primary" disabled={isBusy || (kind === "out" && topics.length === 0)}>
          {words.makeHook}
        </Button>
      </div>
    </form>
  );
}
