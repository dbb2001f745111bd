import { Smile } from "lucide-react";
import { type ComponentType, useRef, useState } from "react";
import type { Part } from "../../lib/parts";
import { Button } from "../../ui/Button";
import { Late } from "../../ui/Late";
import { useWords } from "../../words/words";
import styles from "./Composer.module.css";
import { insertAtCaret } from "./editing";

export type EmojiPickerPart = Part<
  ComponentType<{
    /** Beside what it stands. */
    beside: () => DOMRect | undefined;
    onPick: (emoji: string) => void;
    onClose: () => void;
  }>
>;

/** Shows all emoji; the one that is chosen comes where the caret is. */
export function EmojiButton({ emojiPicker }: { emojiPicker: EmojiPickerPart }) {
  const words = useWords().composer;
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setIsOpen] = useState(false);

  function pick(emoji: string) {
    const field = document.getElementById("composer");
    if (field instanceof HTMLTextAreaElement) insertAtCaret(field, emoji);
    setIsOpen(false);
  }

  return (
    <>
      <Button
        ref={button}
        look="icon"
        className={styles.tool ?? ""}
        aria-label={words.emoji}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(true)}
      >
        <Smile size={20} />
      </Button>
      {isOpen && (
        <Late
          part={emojiPicker}
          props={{
            beside: () => button.current?.getBoundingClientRect(),
            onPick: pick,
            onClose: () => setIsOpen(false),
          }}
        />
      )}
    </>
  );
}
