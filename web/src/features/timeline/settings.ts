/** What of a room's settings has changed, in words. Pure. */
import { formats } from "../../lib/dates";
import type { EventOf } from "../../wire/kinds";
import type { LateWords } from "../../words/words";

type Change = EventOf<"settings_changed">["change"];
type Events = LateWords["events"];

type Telling = {
  [Name in keyof Change]-?: (value: NonNullable<Change[Name]>, words: Events) => string;
};

const flag =
  (name: keyof Events["settings"] & `${string}`) =>
  (isOn: boolean, words: Events): string =>
    words.onOff(String(words.settings[name]), isOn);

const TELLING: Telling = {
  access: (access, words) => words.access[access],
  is_moderated: flag("is_moderated"),
  slow_seconds: (seconds, words) => words.settings.slow_seconds(seconds),
  member_limit: (limit, words) => words.settings.member_limit(limit),
  key: (key, words) => words.settings.key(key !== ""),
  is_topic_locked: flag("is_topic_locked"),
  history: (history, words) => words.settings.history[history],
  keep_days: (days, words) => words.settings.keep_days(days),
  keep_messages: (count, words) => words.settings.keep_messages(count),
  is_archived: flag("is_archived"),
  is_group: flag("is_group"),
  is_hidden: flag("is_hidden"),
  accounts_only: flag("accounts_only"),
  speakers_have_accounts: flag("speakers_have_accounts"),
  refuses_queries: flag("refuses_queries"),
  is_plain: flag("is_plain"),
};

/** Tell what a change changes. */
export function settingsIn(change: Change, words: Events): string {
  const told = Object.entries(change).flatMap(([name, value]) => {
    const tell = TELLING[name as keyof Change] as ((value: unknown, words: Events) => string) | undefined;
    return value === null || value === undefined || tell === undefined ? [] : [tell(value, words)];
  });
  return formats().list.format(told);
}
