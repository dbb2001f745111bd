import { useCallback, useState } from "react";
import { tell } from "../../lib/toasts";
import { useAct } from "../../lib/useAct";
import { useAsked } from "../../lib/useAsked";
import type { Server } from "../../model/server";
import { Problem } from "../../ui/Problem";
import { Section } from "../../ui/Section";
import { Select } from "../../ui/Select";
import { Switch } from "../../ui/Switch";
import type { AnswerOf } from "../../wire/kinds";
import { useLateWords } from "../../words/words";
import styles from "./Account.module.css";
import { Names } from "./Names";
import { WhenThere } from "./WhenThere";

/** Who may write to one, who is heard, and what others may know. */
export function Privacy({ server }: { server: Server }) {
  const { connection } = server;
  const loadAccepted = useCallback(
    () => connection.query({ type: "list_accepted" }, "accepted_list"),
    [connection],
  );
  const accepted = useAsked(loadAccepted);
  return (
    <>
      {connection.place.you.has_account && (
        <WhenThere asked={accepted}>
          {(list) => <Senders server={server} accepted={list} onChange={accepted.again} />}
        </WhenThere>
      )}
      <Blocked server={server} />
    </>
  );
}

interface SendersProps {
  server: Server;
  accepted: AnswerOf<"accepted_list">;
  onChange: () => void;
}

function Senders({ server, accepted, onChange }: SendersProps) {
  const words = useLateWords().account;
  const { isBusy, problem, act } = useAct();
  const { connection } = server;
  const options = { everyone: words.everyone, accounts: words.accounts, accepted: words.accepted };

  async function change(doing: () => Promise<unknown>) {
    await act(doing);
    onChange();
  }

  async function accept(name: string) {
    const answer = await connection.query({ type: "accept", names: [name] }, "accepted_changed");
    if (answer.unknown.length > 0) throw new Error(words.unknownPerson(name));
    onChange();
  }

  async function unaccept(name: string) {
    await connection.ask({ type: "unaccept", names: [name] });
    onChange();
  }

  return (
    <>
      <Section>
        <Select
          label={words.senders}
          value={accepted.whom}
          options={options}
          isDisabled={isBusy}
          onChange={(whom) => void change(() => connection.ask({ type: "limit_senders", whom }))}
        />
        <Switch
          label={words.lastSeen}
          isOn={accepted.shows_last_seen === true}
          isDisabled={isBusy}
          onChange={(isOn) =>
            void change(() => connection.ask({ type: "set_privacy", shows_last_seen: isOn }))
          }
        />
        <Problem text={problem} />
      </Section>
      <Section title={words.acceptedTitle} lead={words.acceptedLead}>
        <Names
          names={accepted.names}
          label={words.person}
          none={words.nobody}
          add={words.accept}
          nameRemoval={words.unaccept}
          onAdd={accept}
          onRemove={unaccept}
        />
      </Section>
    </>
  );
}

function Blocked({ server }: { server: Server }) {
  const words = useLateWords().account;
  const { connection } = server;
  const [isSilent, setIsSilent] = useState(false);
  const [time, setTime] = useState<keyof typeof words.forTimes>("");
  const load = useCallback(() => connection.query({ type: "list_blocks" }, "block_list"), [connection]);
  const loaded = useAsked(load);

  async function block(name: string) {
    const seconds = time === "" ? {} : { seconds: Number(time) };
    const answer = await connection.query(
      { type: "block", names: [name], silent: isSilent, ...seconds },
      "blocks_changed",
    );
    if (answer.unknown.length > 0) throw new Error(words.unknownPerson(name));
    tell(words.blocks(name));
    loaded.again();
  }

  async function unblock(name: string) {
    await connection.ask({ type: "unblock", names: [name] });
    loaded.again();
  }

  return (
    <Section title={words.blockedTitle} lead={words.blockedLead}>
      <WhenThere asked={loaded}>
        {({ names }) => (
          <Names
            names={names}
            label={words.person}
            none={words.nobody}
            add={words.block}
            nameRemoval={words.unblock}
            onAdd={block}
            onRemove={unblock}
          >
            <div className={styles.pair}>
              <Select label={words.blockFor} value={time} options={words.forTimes} onChange={setTime} />
              <Switch
                label={words.silently}
                hint={words.silentlyHint}
                isOn={isSilent}
                onChange={setIsSilent}
              />
            </div>
          </Names>
        )}
      </WhenThere>
    </Section>
  );
}
