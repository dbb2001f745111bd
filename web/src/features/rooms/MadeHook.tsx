import { copyAndTell } from "../../lib/copy";
import { Button } from "../../ui/Button";
import type { AnswerOf } from "../../wire/kinds";
import { useLateWords } from "../../words/words";
import styles from "./Setting.module.css";

/** What is secret of a new webhook: shown this once. */
export function MadeHook({ made }: { made: AnswerOf<"hook_made"> }) {
  const words = useLateWords().governing;
  // A server that was not told what others reach it by says only how the address ends.
  const secret = made.signing_secret || new URL(made.link ?? "", location.origin).href;

  return (
    <section className={styles.secret} role="status" aria-label={words.secretTitle}>
      <p>{made.signing_secret ? words.secretOut : words.secretIn}</p>
      <code>{secret}</code>
      <div className={styles.buttons}>
        <Button onClick={() => void copyAndTell(secret, words.copied)}>{words.copy}</Button>
      </div>
    </section>
  );
}
