import { useCallback, useState } from "react";
import { tell } from "../../lib/toasts";
import { useAct } from "../../lib/useAct";
import { useAsked } from "../../lib/useAsked";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { Problem } from "../../ui/Problem";
import { Rows } from "../../ui/Rows";
import { Section } from "../../ui/Section";
import { Spinner } from "../../ui/Spinner";
import type { AnswerOf } from "../../wire/kinds";
import { useLateWords } from "../../words/words";
import { Hook } from "./Hook";
import { MadeHook } from "./MadeHook";
import { NewHook } from "./NewHook";

interface Props {
  server: Server;
  room: Room;
}

/** The programs that speak in a room, and those that are told what happens there. */
export function HooksTab({ server, room }: Props) {
  const words = useLateWords();
  const { connection } = server;
  const ask = useCallback(
    () => connection.query({ type: "list_hooks", room: room.name }, "hook_list"),
    [connection, room],
  );
  const { value, problem, again } = useAsked(ask);
  const [made, setMade] = useState<AnswerOf<"hook_made">>();
  const acting = useAct();

  async function revoke(hook: string) {
    if (!(await acting.act(() => connection.ask({ type: "revoke_hook", hook })))) return;
    if (made?.id === hook) setMade(undefined);
    tell(words.governing.hookRevoked);
    again();
  }

  async function restart(hook: string) {
    if (!(await acting.act(() => connection.ask({ type: "restart_hook", hook })))) return;
    tell(words.governing.hookRestarted);
    again();
  }

  if (value === undefined && !problem) return <Spinner label={words.general.loading} />;
  return (
    <>
      <Section lead={words.governing.hooksMeaning}>
        <Problem text={problem || acting.problem} />
        {made && <MadeHook made={made} onDone={() => setMade(undefined)} />}
        {value && value.hooks.length > 0 && (
          <Rows label={words.governing.tabs.hooks}>
            {value.hooks.map((hook) => (
              <Hook
                key={hook.id}
                hook={hook}
                onRevoke={() => void revoke(hook.id)}
                onRestart={() => void restart(hook.id)}
              />
            ))}
          </Rows>
        )}
      </Section>
      <Section title={words.governing.newHook}>
        <NewHook
          server={server}
          room={room}
          onMade={(answer) => {
            setMade(answer);
            again();
          }}
        />
      </Section>
    </>
  );
}
