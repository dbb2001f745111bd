import { useState } from "react";
import { tell } from "../../lib/toasts";
import { useAct } from "../../lib/useAct";
import { makeNonce } from "../../model/nonce";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { Problem } from "../../ui/Problem";
import { Section } from "../../ui/Section";
import { TextArea } from "../../ui/TextArea";
import type { Request } from "../../wire/kinds";
import { useLateWords } from "../../words/words";
import styles from "./admin.module.css";
import { Figures } from "./Figures";

/** What concerns the whole server: settings, figures, and what is said to everyone. */
export function ServerTab({ server }: { server: Server }) {
  const words = useLateWords().admin;
  const { place } = server.connection;
  const { act, isBusy, problem } = useAct();

  async function reload() {
    if (await act(() => server.connection.ask({ type: "reload_settings" }))) tell(words.reloaded);
  }

  return (
    <>
      <Section title={words.software}>
        <dl className={styles.figures}>
          <dt>{words.version}</dt>
          <dd>{place.software}</dd>
          {Object.entries(place.limits ?? {}).map(([name, value]) => (
            <Limit key={name} name={words.limits[name as keyof typeof words.limits] ?? name} value={value} />
          ))}
        </dl>
        <p className={styles.soft}>{words.reloadMeaning}</p>
        <Button disabled={isBusy} onClick={() => void reload()}>
          {words.reload}
        </Button>
        <Problem text={problem} />
      </Section>
      <Saying
        server={server}
        told={words.broadcast}
        request={(text) => ({ type: "broadcast", text, nonce: makeNonce() })}
      />
      <Saying server={server} told={words.alert} request={(text) => ({ type: "alert", text })} />
      <Figures />
    </>
  );
}

function Limit({ name, value }: { name: string; value: number }) {
  const words = useLateWords().admin;
  return (
    <>
      <dt>{name}</dt>
      <dd>{value === 0 ? words.unlimited : value.toLocaleString(document.documentElement.lang)}</dd>
    </>
  );
}

interface SayingProps {
  server: Server;
  told: { title: string; meaning: string; text: string; action: string; done: string };
  request: (text: string) => Request;
}

/** Something that is said to many at once. */
function Saying({ server, told, request }: SayingProps) {
  const { act, isBusy, problem } = useAct();
  const [text, setText] = useState("");

  async function say() {
    if (!(await act(() => server.connection.ask(request(text.trim()))))) return;
    tell(told.done);
    setText("");
  }

  return (
    <Section title={told.title}>
      <TextArea
        label={told.text}
        hint={told.meaning}
        value={text}
        dir="auto"
        onChange={(event) => setText(event.target.value)}
      />
      <Problem text={problem} />
      <Button disabled={isBusy || text.trim() === ""} onClick={() => void say()}>
        {told.action}
      </Button>
    </Section>
  );
}
