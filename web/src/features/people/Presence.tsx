import { ago } from "../../lib/ago";
import type { AnswerOf } from "../../wire/kinds";
import { useLateWords } from "../../words/words";
import styles from "./People.module.css";

/** Whether somebody is there, is away and why, or when he was there last. */
export function Presence({ person, nowMs }: { person: AnswerOf<"person_found">; nowMs: number }) {
  const words = useLateWords().people;
  const state = !person.is_present ? "gone" : person.away === null ? "here" : "away";
  return (
    <p className={styles.presence}>
      <span className={styles.dot} data-state={state} aria-hidden />
      <span dir="auto">{told()}</span>
    </p>
  );

  function told(): string {
    if (state === "away") return person.away ? words.awayBecause(person.away) : words.away;
    if (state === "here") return words.here;
    if (person.last_seen_ms === null) return words.gone;
    return words.lastSeen(ago(person.last_seen_ms, nowMs, document.documentElement.lang));
  }
}
