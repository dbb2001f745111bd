import { CircleHelp, Megaphone, Paperclip, Users } from "lucide-react";
import { go } from "../../lib/history";
import type { MenuProps } from "../../ui/MenuButton";
import OpenMenu from "../../ui/OpenMenu";
import { useWords } from "../../words/words";

/** What else can be sent, and to whom. */
export function MoreMenu({ onAttach, ...menu }: { onAttach: () => void } & MenuProps) {
  const words = useWords().composer;
  const items = [
    { label: words.attach, icon: <Paperclip size={18} />, onChoose: onAttach },
    { label: words.toMany, icon: <Users size={18} />, onChoose: () => go({ dialog: "tell" }) },
    {
      label: words.toEverybody,
      icon: <Megaphone size={18} />,
      onChoose: () => go({ dialog: "tell/everybody" }),
    },
    { label: words.help, icon: <CircleHelp size={18} />, onChoose: () => go({ dialog: "writing" }) },
  ];
  return <OpenMenu items={items} {...menu} />;
}
