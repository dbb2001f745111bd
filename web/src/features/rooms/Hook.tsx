import { ArrowDownLeft, ArrowUpRight } from "lucide-react";
import { useState } from "react";
import { Button } from "../../ui/Button";
import { Mark, Row } from "../../ui/Rows";
import type { AnswerOf } from "../../wire/kinds";
import { useLateWords } from "../../words/words";

interface Props {
  hook: AnswerOf<"hook_list">["hooks"][number];
  onRevoke: () => void;
  onRestart: () => void;
}

/** One webhook: which way it goes, who made it, and how it is. */
export function Hook({ hook, onRevoke, onRestart }: Props) {
  const { governing: words, lists } = useLateWords();
  const [isAsked, setAsked] = useState(false);
  const isIn = hook.kind === "incoming";
  const label = hook.label || hook.host || hook.id;
  const topics = (hook.topics ?? []).map((topic) => words.topics[topic]).join(", ");
  return (
    <Row
      icon={isIn ? <ArrowDownLeft size={18} /> : <ArrowUpRight size={18} />}
      title={label}
      told={[isIn ? words.speaksHere : words.isTold(hook.host ?? "", topics), lists.by(hook.maker)]}
      problem={
        !isIn && hook.state !== "working" && <Mark isBad>{words.hookStates[hook.state ?? "failing"]}</Mark>
      }
    >
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
    </Row>
  );
}
