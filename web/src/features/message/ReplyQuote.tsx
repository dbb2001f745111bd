import { CornerUpLeft } from "lucide-react";
import { veil } from "../../lib/markdown/veil";
import type { Quote } from "../../wire/kinds";
import { useWords } from "../../words/words";
import { AppLink } from "./links";
import styles from "./ReplyQuote.module.css";

/** What a message answers, above it; it leads there. */
export function ReplyQuote({ room, seq, quote }: { room: number; seq: number; quote: Quote | undefined }) {
  const words = useWords().message;
  return (
    <AppLink to={{ kind: "message", id: `${room}-${seq}` }} className={styles.quote}>
      <CornerUpLeft size={14} aria-hidden="true" className={styles.mark} />
      <span className="visually-hidden">{words.answers} </span>
      {quote ? (
        <>
          <bdi className={styles.name}>{quote.name}</bdi>
          <span className={styles.text} dir="auto">
            {veil(quote.text)}
          </span>
        </>
      ) : (
        <span className={styles.text}>{words.earlierMessage}</span>
      )}
    </AppLink>
  );
}
