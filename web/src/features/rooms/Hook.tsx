import { ArrowDownLeft, ArrowUpRight } from "lucide-react";
import { useState } from "react";
import { Button } from "../../ui/Button";
import type { AnswerOf } from "../../wire/kinds";
import { useLateWords } from "../../words/words";
import styles from "./Setting.module.css";

interface Props {
  hook: AnswerOf<"hook_list">["hooks"][number];
  onRevoke: () => void;
  onRestart: () => void;
}

/** One webhook: which way it goes, who made it, and how it is. */
export function Hook({ hook, onRevoke, onRestart }: Props) {
  const words = useLateWords().governing;
  const [isAsked, setAsked] = useState(false);
  const isIn = hook.kind === "incoming";
  const label = hook.label || hook.host || hook.id;
  const topics = (hook.topics ?? []).map((topic) => words.topics[topic]).join(", ");
  return (
    <li className={styles.item}>
      {isIn ? <ArrowDownLeft size={18} aria-hidden="true" /> : <ArrowUpRight size={18} aria-hidden="true" />}
      <div className={styles.what}>
        <p dir="auto">{label}</p>
        <p className={styles.soft}>
          {isIn ? words.speaksHere : words.isTold(hook.host ?? "", topics)} · {words.by(hook.maker)}
        </p>
        {!isIn && hook.state !== "working" && (
          <p className={styles.bad}>{words.hookStates[hook.state ?? "failing"]}</p>
        )}
      </div>
      {hook.state === "given_up" && <Button onClick={onRestart}>{words.restart}</Button>}
      {isAsked ? (
        <Button look="danger" onClick={onRevoke}>
          {words.revokeSurely}
        </Button>
      ) : (
        <Button aria-label={`${words.revoke} ${label}`} onClick={() => setAsked(true)}>
          {words.revoke}
        </Button>
      )}
    </li>
  );
}
