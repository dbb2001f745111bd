import { CornerUpLeft } from "lucide-react";
import { mayBeMarked } from "../../lib/markdown/plain";
import { veil } from "../../lib/markdown/veil";
import { usePart } from "../../lib/parts";
import type { Quote } from "../../wire/kinds";
import { useWords } from "../../words/words";
import { AppLink } from "./links";
import { marks } from "./parts";
import styles from "./ReplyQuote.module.css";

interface Props {
  room: number;
  seq: number;
  quote: Quote | undefined;
  /** Whether nothing is a mark there. */
  isPlain: boolean;
}

/** What a message answers, above it; it leads there. */
export function ReplyQuote({ room, seq, quote, isPlain }: Props) {
  const words = useWords().message;
  const text = veil(quote?.text ?? "");
  const unmark = usePart(marks, !isPlain && mayBeMarked(text))?.unmark;
  return (
    <AppLink to={{ kind: "message", id: `${room}-${seq}` }} className={styles.quote}>
      <CornerUpLeft size={14} aria-hidden="true" className={styles.mark} />
      <span className="visually-hidden">{words.answers} </span>
      {quote ? (
        <>
          <bdi className={styles.name}>{quote.name}</bdi>
          <span className={styles.text} dir="auto">
            {isPlain || !unmark ? text : unmark(text, []).text}
          </span>
        </>
      ) : (
        <span className={styles.text}>{words.earlierMessage}</span>
      )}
    </AppLink>
  );
}
