import { useState } from "react";
import { tell } from "../../lib/toasts";
import type { Lookout } from "../../model/lookout";
import { Field } from "../../ui/Field";
import { FormDialog } from "../../ui/FormDialog";
import { useLateWords } from "../../words/words";

/** Asks what those are to be told who write while one is away. */
export function AwayDialog({ lookout, onClose }: { lookout: Lookout; onClose: () => void }) {
  const words = useLateWords().menus;
  const [message, setMessage] = useState(lookout.ownAbsence ?? "");

  async function goAway() {
    await lookout.goAway(message.trim());
    tell(words.isAway);
  }

  return (
    <FormDialog title={words.awayTitle} action={words.goAway} onSubmit={goAway} onClose={onClose}>
      <Field
        label={words.awayMessage}
        hint={words.awayHint}
        value={message}
        placeholder={words.awayExample}
        maxLength={300}
        dir="auto"
        onChange={(event) => setMessage(event.target.value)}
      />
    </FormDialog>
  );
}
