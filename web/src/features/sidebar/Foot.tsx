import {
  ChevronsUpDown,
  CircleUser,
  Coffee,
  KeyRound,
  LogOut,
  Plus,
  ShieldCheck,
  Smartphone,
  Undo2,
} from "lucide-react";
import { useState } from "react";
import { go } from "../../lib/history";
import { tell, tellError } from "../../lib/toasts";
import { useWatched } from "../../lib/useWatched";
import { type Lookout, lookoutOf } from "../../model/lookout";
import type { Place } from "../../model/place";
import { isAdministrator } from "../../model/ranks";
import type { Server } from "../../model/server";
import { Avatar } from "../../ui/Avatar";
import { Menu, type MenuItem } from "../../ui/Menu";
import { useWords } from "../../words/words";
import { AwayDialog } from "./AwayDialog";
import styles from "./Foot.module.css";
import { LogOutDialog } from "./LogOutDialog";

const youOf = (place: Place) => place.you;
const absenceOf = (lookout: Lookout) => lookout.ownAbsence;

/** Oneself: what one is called, whether one is there, and what belongs to one. */
export function Foot({ server }: { server: Server }) {
  const { sidebar: words, account: more } = useWords();
  const you = useWatched(server.connection.place, youOf);
  const lookout = lookoutOf(server.connection);
  const away = useWatched(lookout, absenceOf);
  const [asking, setAsking] = useState<"away" | "out">();

  const back: MenuItem = {
    label: words.comeBack,
    icon: <Undo2 size={18} />,
    onChoose: () => void lookout.comeBack().then(() => tell(words.isBack), tellError),
  };
  const administration: MenuItem = {
    label: words.administration,
    icon: <ShieldCheck size={18} />,
    onChoose: () => go({ dialog: "admin/people" }),
  };
  const items: MenuItem[] = [
    ...(away === undefined ? [] : [back]),
    {
      label: away === undefined ? words.goAway : words.changeAway,
      icon: <Coffee size={18} />,
      onChoose: () => setAsking("away"),
    },
    {
      label: words.account,
      icon: <CircleUser size={18} />,
      onChoose: () => go({ dialog: "account/profile" }),
    },
    you.has_account
      ? { label: more.otherDevice, icon: <Smartphone size={18} />, onChoose: () => go({ dialog: "device" }) }
      : {
          label: more.keepName,
          icon: <KeyRound size={18} />,
          onChoose: () => go({ dialog: "account/security" }),
        },
    { label: more.addAccount, icon: <Plus size={18} />, onChoose: () => go({ dialog: "add-account" }) },
    ...(isAdministrator(you.role) ? [administration] : []),
    { label: words.logOut, icon: <LogOut size={18} />, isApart: true, onChoose: () => setAsking("out") },
  ];
  const state = away === undefined ? (you.has_account ? words.here : words.guest) : words.away(away);
  return (
    <footer className={styles.foot}>
      <Menu label={words.you(you.name, state)} items={items} look="plain" className={styles.you ?? ""}>
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
      </Menu>
      {asking === "away" && <AwayDialog lookout={lookout} onClose={() => setAsking(undefined)} />}
      {asking === "out" && <LogOutDialog server={server} onClose={() => setAsking(undefined)} />}
    </footer>
  );
}
