import { useWatched } from "../../lib/useWatched";
import type { Charter } from "../../model/charter";
import { may, PACE } from "../../model/ranks";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { Section } from "../../ui/Section";
import type { RoomSettings } from "../../wire/kinds";
import { useLateWords } from "../../words/words";
import { SettingSelect, SettingSwitch, SettingText } from "./Setting";
import styles from "./Setting.module.css";

type Settings = Required<RoomSettings>;
type KeyOf<Value> = { [Key in keyof Settings]: Settings[Key] extends Value ? Key : never }[keyof Settings];

const SPEAKING = ["is_moderated", "speakers_have_accounts"] as const;
const ENTERING = ["accounts_only", "is_hidden"] as const;
const OTHER = ["is_topic_locked", "is_plain", "refuses_queries", "is_archived"] as const;
const topicOf = (room: Room) => room.topic?.text ?? "";
const nameOf = (room: Room) => room.name;

interface Props {
  server: Server;
  room: Room;
  charter: Charter;
}

/** What holds in a room; whoever may not change something sees why. */
export function GeneralTab({ server, room, charter }: Props) {
  const words = useLateWords().governing;
  const { connection } = server;
  const topic = useWatched(room, topicOf);
  const name = useWatched(room, nameOf);
  const { settings, own } = charter;
  if (settings === undefined) return null;
  const locked = (key: keyof Settings) =>
    may(own, PACE.has(key) ? "change_pace" : "change_settings")
      ? ""
      : words.locked[PACE.has(key) ? "pace" : "settings"];
  const change = (part: Partial<Settings>) =>
    connection.ask({ type: "change_settings", room: room.name, change: part });
  const toggle = (key: KeyOf<boolean>) => (
    <SettingSwitch
      key={key}
      label={words.switches[key as keyof typeof words.switches]}
      hint={words.hints[key as keyof typeof words.hints]}
      value={settings[key]}
      locked={locked(key)}
      onChange={(isOn) => change({ [key]: isOn })}
    />
  );
  const number = (key: "slow_seconds" | "member_limit" | "keep_days" | "keep_messages") => (
    <SettingText
      key={key}
      label={words.numbers[key]}
      hint={words.noLimit}
      kind="number"
      value={String(settings[key])}
      locked={locked(key)}
      onChange={(text) => change({ [key]: Math.trunc(Number(text)) })}
    />
  );
  const mayTopic = !settings.is_topic_locked || may(own, "set_locked_topic");
  return (
    <>
      <Section>
        <SettingText
          label={words.name}
          value={name}
          locked={may(own, "rename") ? "" : words.locked.rename}
          onChange={(text) => connection.ask({ type: "rename_room", room: name, new_name: text.trim() })}
        />
        <SettingText
          label={words.topic}
          value={topic}
          locked={mayTopic ? "" : words.locked.topic}
          onChange={(text) => connection.ask({ type: "set_topic", room: name, text: text.trim() })}
        />
      </Section>
      <Section title={words.entering}>
        <SettingSelect
          label={words.access}
          value={settings.access}
          options={words.accesses}
          locked={locked("access")}
          onChange={(access) => change({ access })}
        />
        <SettingText
          label={words.key}
          hint={settings.key === "" && charter.hasKey ? words.keySecret : words.keyHint}
          value={settings.key}
          locked={locked("key")}
          onChange={(key) => change({ key: key.trim() })}
        />
        {ENTERING.map(toggle)}
        {number("member_limit")}
      </Section>
      <Section title={words.speaking}>
        {SPEAKING.map(toggle)}
        {number("slow_seconds")}
      </Section>
      <Section title={words.keeping}>
        <SettingSelect
          label={words.history}
          value={settings.history}
          options={words.histories}
          locked={locked("history")}
          onChange={(history) => change({ history })}
        />
        <div className={styles.numbers}>
          {number("keep_days")}
          {number("keep_messages")}
        </div>
        <p className={styles.soft}>{words.keepHint}</p>
      </Section>
      <Section title={words.else}>{OTHER.map(toggle)}</Section>
    </>
  );
}
