import { useCallback } from "react";
import { go } from "../../lib/history";
import { useAsked } from "../../lib/useAsked";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { Section } from "../../ui/Section";
import { useLateWords } from "../../words/words";
import { Names } from "./Names";
import { WhenThere } from "./WhenThere";

/** At which words one is called. */
export function Alerts({ server }: { server: Server }) {
  const words = useLateWords().account;
  const { connection } = server;
  const load = useCallback(() => connection.query({ type: "list_alerts" }, "alert_list"), [connection]);
  const loaded = useAsked(load);

  async function change(change: { added?: string[]; removed?: string[] }) {
    await connection.ask({ type: "set_alerts", ...change });
    loaded.again();
  }

  return (
    <Section lead={words.alertsLead}>
      <WhenThere asked={loaded}>
        {(list) => (
          <Names
            names={list.words}
            label={words.word}
            none={words.noWords}
            add={words.add}
            nameRemoval={words.removeWord}
            onAdd={(word) => change({ added: [word] })}
            onRemove={(word) => change({ removed: [word] })}
          />
        )}
      </WhenThere>
      <Button onClick={() => go({ dialog: "notifications" })}>{words.notifications}</Button>
    </Section>
  );
}
