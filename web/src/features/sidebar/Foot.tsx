import { ChevronsUpDown } from "lucide-react";
import { useState } from "react";
import { useWatched } from "../../lib/useWatched";
import { type Lookout, lookoutOf } from "../../model/lookout";
import type { Place } from "../../model/place";
import type { Server } from "../../model/server";
import { Avatar } from "../../ui/Avatar";
import { Late } from "../../ui/Late";
import { MenuButton } from "../../ui/MenuButton";
import { useWords } from "../../words/words";
import styles from "./Foot.module.css";
import { awayDialog, footMenu, logOutDialog } from "./parts";

const youOf = (place: Place) => place.you;
const absenceOf = (lookout: Lookout) => lookout.ownAbsence;

/** Oneself: what one is called, whether one is there, and what belongs to one. */
export function Foot({ server }: { server: Server }) {
  const words = useWords().sidebar;
  const you = useWatched(server.connection.place, youOf);
  const lookout = lookoutOf(server.connection);
  const away = useWatched(lookout, absenceOf);
  const [asking, setAsking] = useState<"away" | "out">();
  const onClose = () => setAsking(undefined);
  const state = away === undefined ? (you.has_account ? words.here : words.guest) : words.away(away);
  return (
    <footer className={styles.foot}>
      <MenuButton
        label={words.you(you.name, state)}
        menu={footMenu}
        own={{ server, onAsk: setAsking }}
        look="plain"
        className={styles.you ?? ""}
      >
        <Avatar name={you.name} size="2rem" />
        <span className={styles.text}>
          <span className={styles.name} dir="auto">
            {you.name}
          </span>{" "}
          <span className={styles.state} dir="auto">
            {state}
          </span>
        </span>
        <ChevronsUpDown size={16} aria-hidden="true" />
      </MenuButton>
      {asking === "away" && <Late part={awayDialog} props={{ lookout, onClose }} />}
      {asking === "out" && <Late part={logOutDialog} props={{ server, onClose }} />}
    </footer>
  );
}
