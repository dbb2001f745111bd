import { useState } from "react";
import { tell } from "../../lib/toasts";
import { charterOf } from "../../model/charter";
import { rolesFor } from "../../model/ranks";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { FormDialog } from "../../ui/FormDialog";
import type { RoomRole } from "../../wire/kinds";
import { useLateWords } from "../../words/words";
import type { ShownMember } from "./memberRows";
import styles from "./RoleDialog.module.css";

interface Props {
  server: Server;
  room: Room;
  shown: Pick<ShownMember, "member" | "role">;
  onClose: () => void;
}

/** Asks what somebody is to be in a room; each role with what it may. */
export function RoleDialog({ server, room, shown, onClose }: Props) {
  const words = useLateWords().members;
  const { member, role } = shown;
  const [chosen, setChosen] = useState<RoomRole>(role);
  const { own } = charterOf(server.connection, room);
  const roles = rolesFor(own, { role, serverRole: "" }, member.has_account ?? false).toReversed();

  async function change() {
    await server.connection.ask({ type: "set_role", room: room.name, name: member.name, role: chosen });
    tell(words.roleSet(member.name, words.roles[chosen]));
  }

  return (
    <FormDialog
      title={words.roleTitle(member.name)}
      action={words.changeRole}
      isDisabled={chosen === role}
      onSubmit={change}
      onClose={onClose}
    >
      <fieldset className={styles.roles}>
        <legend className="visually-hidden">{words.role}</legend>
        {roles.map((one) => (
          <label key={one} className={styles.role}>
            <input type="radio" name="role" checked={one === chosen} onChange={() => setChosen(one)} />
            <span className={styles.name}>{words.roles[one]}</span>
            <span className={styles.rights}>{words.rights[one]}</span>
          </label>
        ))}
      </fieldset>
    </FormDialog>
  );
}
