import { Once } from "../../ui/Once";
import type { AnswerOf } from "../../wire/kinds";
import { useLateWords } from "../../words/words";

/** What is secret of a new webhook. */
export function MadeHook({ made, onDone }: { made: AnswerOf<"hook_made">; onDone: () => void }) {
  const words = useLateWords().governing;
  if (made.signing_secret)
    return <Once label={words.secret} lead={words.secretOut} value={made.signing_secret} onDone={onDone} />;
  // A server that was not told what others reach it by says only how the address ends.
  const address = new URL(made.link ?? "", location.origin).href;
  return <Once label={words.address} lead={words.secretIn} value={address} onDone={onDone} />;
}
