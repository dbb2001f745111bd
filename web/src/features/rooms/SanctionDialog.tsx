import { useState } from "react";
import { tell } from "../../lib/toasts";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { Field } from "../../ui/Field";
import { FormDialog } from "../../ui/FormDialog";
import { secondsOf, type TermChoice, TermSelect } from "../../ui/TermSelect";
import { useLateWords } from "../../words/words";

export type Sanction = "mute" | "kick" | "ban";

interface Props {
  server: Server;
  room: Room;
  name: string;
  sanction: Sanction;
  onClose: () => void;
}

/** Asks why and for how long somebody is to be silent, or out of the room; and says what that means. */
export function SanctionDialog({ server, room, name, sanction, onClose }: Props) {
  const words = useLateWords().members;
  const [reason, setReason] = useState("");
  const [term, setTerm] = useState<TermChoice>(sanction === "mute" ? "600" : "");
  const told = words.sanctions[sanction];

  async function act() {
    const seconds = secondsOf(term);
    const where = { room: room.name, reason: reason.trim() };
    if (sanction === "kick") await server.connection.ask({ type: "kick", ...where, name });
    else if (sanction === "mute") await server.connection.ask({ type: "mute", ...where, name, seconds });
    else await server.connection.ask({ type: "ban", ...where, target: name, seconds });
    tell(told.done(name));
  }

  return (
    <FormDialog title={told.title(name)} action={told.action} isDangerous onSubmit={act} onClose={onClose}>
      <p>{told.meaning(name)}</p>
      {sanction !== "kick" && <TermSelect label={words.howLong} value={term} onChange={setTerm} />}
      <Field
        label={words.reason}
        hint={words.reasonHint}
        value={reason}
        maxLength={300}
        dir="auto"
        onChange={(event) => setReason(event.target.value)}
      />
    </FormDialog>
  );
}
