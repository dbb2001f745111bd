import type { Server } from "../../model/server";
import { FormDialog } from "../../ui/FormDialog";
import { useLateWords } from "../../words/words";

/** Asks whether one wants to go, and says what becomes of one's name and of what is not sent. */
export function LogOutDialog({ server, onClose }: { server: Server; onClose: () => void }) {
  const words = useLateWords().menus;
  const { place, outbox } = server.connection;
  const waiting = outbox.entries.length;
  return (
    <FormDialog
      title={words.logOutTitle}
      action={words.logOut}
      isDangerous
      onSubmit={() => server.logOut()}
      onClose={onClose}
    >
      <p>{place.you.has_account ? words.logOutAccount : words.logOutGuest(place.you.name)}</p>
      {waiting > 0 && <p>{words.logOutWaiting(waiting)}</p>}
    </FormDialog>
  );
}
