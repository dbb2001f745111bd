import { ChevronRight } from "lucide-react";
import { useState } from "react";
import type { HubRecord } from "../../wire/kinds";
import { useWords } from "../../words/words";
import { EventLine, Time } from "./EventLine";
import styles from "./EventLine.module.css";
import { summarise } from "./folding";
import { sentenceOf } from "./sentences";

/** Who came and went, in one line that opens. */
export function FoldLine({ records }: { records: readonly HubRecord[] }) {
  const words = useWords();
  const [isOpen, setIsOpen] = useState(false);
  const [first] = records;
  if (first === undefined) return null;
  if (records.length === 1) return <EventLine record={first} />;
  return (
    <div className={styles.line}>
      <button
        type="button"
        className={styles.fold}
        data-stop
        tabIndex={-1}
        aria-expanded={isOpen}
        title={words.timeline.folded(isOpen)}
        onClick={() => setIsOpen(!isOpen)}
      >
        <span dir="auto">{summarise(records, words.events)}</span>
        <ChevronRight size={14} aria-hidden="true" />
      </button>
      {isOpen && (
        <ul className={styles.each}>
          {records.map((record) => (
            <li key={record.seq}>
              <span dir="auto">{sentenceOf(record, words.events)}</span>
              <Time timeMs={record.time_ms} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
