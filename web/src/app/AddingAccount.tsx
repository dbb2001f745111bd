import { AddAccount } from "../features/servers/AddAccount";
import { servers } from "./servers";

/** The dialog that begins another account, with all those that there are. */
export default function AddingAccount({ onClose }: { onClose: () => void }) {
  return <AddAccount servers={servers} onClose={onClose} />;
}
