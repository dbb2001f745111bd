import { ArrowDown, ArrowUp, X } from "lucide-react";
import { formats, startOfDay } from "../../lib/dates";
import { useWords } from "../../words/words";
import type { NewLine } from "./newLine";
import styles from "./Overlays.module.css";

interface UnreadProps {
  line: NewLine;
  /** When the first of them was said; 0 where that is not known. */
  sinceMs: number;
  onJump: () => void;
  onDismiss: () => void;
}

/** Says how much is unread above what is seen, and leads there. */
export function UnreadBar({ line, sinceMs, onJump, onDismiss }: UnreadProps) {
  const words = useWords();
  const count = `${line.count}${line.isMore ? "+" : ""}`;
  const { time, date } = formats();
  const isToday = startOfDay(sinceMs) === startOfDay(Date.now());
  const since = (isToday ? time : date).format(sinceMs);
  return (
    <div className={styles.unread}>
      <span>
        {sinceMs > 0 ? words.timeline.unreadSince(count, since) : words.timeline.newMessages(line.count)}
      </span>
      <button type="button" className={styles.jump} onClick={onJump}>
        <ArrowUp size={16} aria-hidden="true" />
        {words.timeline.jumpToUnread}
      </button>
      <button type="button" className={styles.close} aria-label={words.timeline.dismiss} onClick={onDismiss}>
        <X size={16} />
      </button>
    </div>
  );
}

/** Leads back to what is said now. */
export function NowPill({ count, onJump }: { count: number; onJump: () => void }) {
  const words = useWords().timeline;
  const isNew = count > 0;
  return (
    <button
      type="button"
      className={styles.pill}
      data-new={isNew}
      aria-label={isNew ? `${words.newMessages(count)}: ${words.jumpToNow}` : words.jumpToNow}
      onClick={onJump}
    >
      <ArrowDown size={16} aria-hidden="true" />
      {isNew && words.newBelow(count)}
    </button>
  );
}
