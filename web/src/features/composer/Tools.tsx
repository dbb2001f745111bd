import { Check, CircleHelp, Megaphone, Paperclip, Plus, SendHorizontal, Users } from "lucide-react";
import { go } from "../../lib/history";
import { useWatched } from "../../lib/useWatched";
import type { Desk } from "../../model/desk";
import { Button } from "../../ui/Button";
import { Menu } from "../../ui/Menu";
import { useWords } from "../../words/words";
import styles from "./Composer.module.css";
import type { Board } from "./notices";
import type { Writing } from "./sending";

const isBusyOf = (board: Board) => board.isBusy;
const isEditingOf = (desk: Desk) => desk.editing !== "";

/** What else can be sent, and to whom. */
export function MoreMenu({ onAttach }: { onAttach: () => void }) {
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
  return (
    <Menu label={words.more} items={items} className={styles.tool ?? ""}>
      <Plus size={20} />
    </Menu>
  );
}

export function SendButton({ writing }: { writing: Writing }) {
  const words = useWords().composer;
  const isBusy = useWatched(writing.board, isBusyOf);
  const isEditing = useWatched(writing.desk, isEditingOf);
  return (
    <Button
      look="primary"
      type="submit"
      className={styles.send ?? ""}
      aria-label={isEditing ? words.save : words.send}
      aria-busy={isBusy}
      // A tap must not take the focus, and the keyboard of a phone with it.
      onPointerDown={(event) => event.preventDefault()}
    >
      {isEditing ? <Check size={20} /> : <SendHorizontal size={20} />}
    </Button>
  );
}
