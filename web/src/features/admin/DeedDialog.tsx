import { useState } from "react";
import { tell } from "../../lib/toasts";
import type { Server } from "../../model/server";
import { Field } from "../../ui/Field";
import { FormDialog } from "../../ui/FormDialog";
import { Select } from "../../ui/Select";
import { secondsOf, type TermChoice, TermSelect } from "../../ui/TermSelect";
import type { Request } from "../../wire/kinds";
import { useLateWords } from "../../words/words";

export type Deed = "role" | "eject" | "disable" | "enable" | "ban";
type Role = "member" | "administrator" | "owner";

interface Props {
  server: Server;
  name: string;
  deed: Deed;
  onClose: () => void;
}

/** Asks for what is needed to do something with somebody, and says what will happen. */
export function DeedDialog({ server, name, deed, onClose }: Props) {
  const words = useLateWords().admin;
  const told = words.deeds[deed];
  const [reason, setReason] = useState("");
  const [term, setTerm] = useState<TermChoice>("");
  const [role, setRole] = useState<Role>("member");
  const hasReason = deed === "eject" || deed === "disable" || deed === "ban";

  async function act() {
    await server.connection.ask(requestOf(deed, name, { reason: reason.trim(), term, role }));
    tell(told.done(name));
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
        <Select<Role> label={words.role} value={role} options={words.roles} onChange={setRole} />
      )}
      {deed === "ban" && <TermSelect label={words.howLong} value={term} onChange={setTerm} />}
      {hasReason && (
        <Field
          label={words.reason}
          value={reason}
          maxLength={300}
          dir="auto"
          onChange={(event) => setReason(event.target.value)}
        />
      )}
    </FormDialog>
  );
}

function requestOf(deed: Deed, name: string, how: { reason: string; term: TermChoice; role: Role }): Request {
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
