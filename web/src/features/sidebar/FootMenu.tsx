import { CircleUser, Coffee, KeyRound, LogOut, Plus, ShieldCheck, Smartphone, Undo2 } from "lucide-react";
import { go } from "../../lib/history";
import { tell, tellError } from "../../lib/toasts";
import { useWatched } from "../../lib/useWatched";
import { type Lookout, lookoutOf } from "../../model/lookout";
import type { Place } from "../../model/place";
import { isAdministrator } from "../../model/ranks";
import type { Server } from "../../model/server";
import type { MenuProps } from "../../ui/MenuButton";
import OpenMenu from "../../ui/OpenMenu";
import type { MenuItem } from "../../ui/PopupMenu";
import { useLateWords } from "../../words/words";

const youOf = (place: Place) => place.you;
const absenceOf = (lookout: Lookout) => lookout.ownAbsence;

interface Props extends MenuProps {
  server: Server;
  /** Called with what has to be asked before it is done. */
  onAsk: (what: "away" | "out") => void;
}

/** What belongs to oneself. */
export function FootMenu({ server, onAsk, ...menu }: Props) {
  const words = useLateWords();
  const you = useWatched(server.connection.place, youOf);
  const lookout = lookoutOf(server.connection);
  const away = useWatched(lookout, absenceOf);

  const back: MenuItem = {
    label: words.menus.comeBack,
    icon: <Undo2 size={18} />,
    onChoose: () => void lookout.comeBack().then(() => tell(words.menus.isBack), tellError),
  };
  const administration: MenuItem = {
    label: words.menus.administration,
    icon: <ShieldCheck size={18} />,
    onChoose: () => go({ dialog: "admin/people" }),
  };
  const items: MenuItem[] = [
    ...(away === undefined ? [] : [back]),
    {
      label: away === undefined ? words.menus.goAway : words.menus.changeAway,
      icon: <Coffee size={18} />,
      onChoose: () => onAsk("away"),
    },
    {
      label: words.menus.account,
      icon: <CircleUser size={18} />,
      onChoose: () => go({ dialog: "account/profile" }),
    },
    you.has_account
      ? {
          label: words.account.otherDevice,
          icon: <Smartphone size={18} />,
          onChoose: () => go({ dialog: "device" }),
        }
      : {
          label: words.account.keepName,
          icon: <KeyRound size={18} />,
          onChoose: () => go({ dialog: "account/security" }),
        },
    {
      label: words.servers.addAccount,
      icon: <Plus size={18} />,
      onChoose: () => go({ dialog: "add-account" }),
    },
    ...(isAdministrator(you.role) ? [administration] : []),
    { label: words.menus.logOut, icon: <LogOut size={18} />, isApart: true, onChoose: () => onAsk("out") },
  ];
  return <OpenMenu items={items} {...menu} />;
}
