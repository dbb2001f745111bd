import { BellRing } from "lucide-react";
import { useWatched } from "../../lib/useWatched";
import { type Notices, noticesOf } from "../../model/notices";
import type { Place } from "../../model/place";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { useWords } from "../../words/words";
import styles from "./Notifications.module.css";
import { askPermission, permission } from "./permission";

const keptOf = (notices: Notices) => notices.kept;
const isCalled = (place: Place) =>
  [...place.rooms.values()].some(
    (room) => (room.kind === "direct" ? room.unread.count : room.unread.mentions) > 0,
  );

/** Offers, once somebody was called while he did not look, to be told in time from now on; asks nothing by itself. */
export function Invitation({ server }: { server: Server }) {
  const words = useWords().notifications;
  const notices = noticesOf(server.key);
  const { isOn, mayAsk } = useWatched(notices, keptOf);
  const wasCalled = useWatched(server.connection.place, isCalled);
  if (isOn || !mayAsk || !wasCalled || permission() !== "default") return null;

  async function turnOn() {
    notices.choose({ mayAsk: false, isOn: (await askPermission()) === "granted" });
  }

  return (
    <section className={styles.invitation} aria-label={words.title}>
      <BellRing size={18} aria-hidden />
      <p className={styles.told}>{words.invitation}</p>
      <div className={styles.answers}>
        <Button look="primary" onClick={() => void turnOn()}>
          {words.turnOn}
        </Button>
        <Button onClick={() => notices.choose({ mayAsk: false })}>{words.notNow}</Button>
      </div>
    </section>
  );
}
