import { Hash, LogIn, Terminal } from "lucide-react";
import { useEffect, useRef } from "react";
import { Avatar } from "../../ui/Avatar";
import { Marked } from "../../ui/Marked";
import { useLateWords } from "../../words/words";
import type { Found } from "./offers";
import styles from "./Switcher.module.css";

interface Props {
  id: string;
  offer: Found;
  isChosen: boolean;
  onChoose: () => void;
}

/** One place to go to, or one thing to do. */
export function OfferRow({ id, offer, isChosen, onChoose }: Props) {
  const words = useLateWords().switcher;
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isChosen) row.current?.scrollIntoView({ block: "nearest" });
  }, [isChosen]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the combobox, which keeps the focus
    <div
      ref={row}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isChosen}
      className={styles.offer}
      data-unread={offer.unread > 0}
      onClick={onChoose}
    >
      <Sign offer={offer} />
      <span className={styles.name} dir="auto">
        <Marked text={offer.name} spans={offer.match.spans} />
      </span>
      <span className={styles.about} dir="auto">
        {offer.about}
      </span>
      {offer.unread > 0 && (
        <span className={styles.unread} data-loud={offer.loud > 0}>
          {words.unread(offer.unread)}
        </span>
      )}
      <span className={styles.kind}>{words.kinds[offer.kind]}</span>
    </div>
  );
}

function Sign({ offer }: { offer: Found }) {
  switch (offer.kind) {
    case "conversation":
    case "person":
      return <Avatar name={offer.name.slice(1)} size="1.5rem" />;
    case "command":
      return <Terminal className={styles.sign} size={18} aria-hidden />;
    case "elsewhere":
      return <LogIn className={styles.sign} size={18} aria-hidden />;
    case "room":
      return <Hash className={styles.sign} size={18} aria-hidden />;
  }
}
