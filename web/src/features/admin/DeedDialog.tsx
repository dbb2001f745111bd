import { useState } from "react";
import { tell } from "../../lib/toasts";
import type { Server } from "../../model/server";
import { Field } from "../../ui/Field";
import { FormDialog } from "../../ui/FormDialog";
import { Select } from "../../ui/Select";
import { secondsOf, type TermChoice, TermSelect } from "../../ui/TermSelect";
import type { Request, ServerRole } from "../../wire/kinds";
import { useLateWords } from "../../words/words";
import { type Deed, isDangerous } from "./deeds";

interface Props {
  server: Server;
  name: string;
  /** What somebody is on the server until now. */
  role: ServerRole;
  deed: Deed;
  /** Called when it is done. */
  onDone: () => void;
  onClose: () => void;
}

/** Asks for what is needed to do something with somebody, and says what will happen. */
export function DeedDialog({ server, name, role: before, deed, onDone, onClose }: Props) {
  const { admin: words, lists } = useLateWords();
  const told = words.deeds[deed];
  const [reason, setReason] = useState("");
  const [term, setTerm] = useState<TermChoice>("");
  const [role, setRole] = useState(before);
  const hasReason = isDangerous(deed);

  async function act() {
    await server.connection.ask(requestOf(deed, name, { reason: reason.trim(), term, role }));
    tell(told.done(name));
    onDone();
  }

  return (
    <FormDialog
      title={told.title(name)}
      action={told.action}
      isDangerous={hasReason}
      onSubmit={act}
      onClose={onClose}
    >
      <p>{told.meaning(name)}</p>
      {deed === "role" && (
        <Select<ServerRole> label={words.role} value={role} options={words.roles} onChange={setRole} />
      )}
      {deed === "ban" && <TermSelect label={lists.howLong} value={term} onChange={setTerm} />}
      {hasReason && (
        <Field
          label={lists.reason}
          value={reason}
          maxLength={300}
          dir="auto"
          onChange={(event) => setReason(event.target.value)}
        />
      )}
    </FormDialog>
  );
}

function requestOf(
  deed: Deed,
  name: string,
  how: { reason: string; term: TermChoice; role: ServerRole },
): Request {
  const { reason, term, role } = how;
  switch (deed) {
    case "role":
      return { type: "set_server_role", name, role };
    case "eject":
      return { type: "eject", name, reason };
    case "disable":
      return { type: "disable_account", name, reason };
    case "enable":
      return { type: "enable_account", name };
    case "ban":
      return { type: "ban_from_server", target: name, reason, seconds: secondsOf(term) };
  }
}
