import { ChevronRight } from "lucide-react";
import { useState } from "react";
import type { HubRecord } from "../../wire/kinds";
import { useLateWords } from "../../words/words";
import { EventLine, Time } from "./EventLine";
import styles from "./EventLine.module.css";
import { summarise } from "./folding";
import { sentenceOf } from "./sentences";

interface Props {
  records: readonly HubRecord[];
  /** What was opened, by `seq`: it stays so while it is out of sight, and when more is folded into it. */
  opened: Set<number>;
}

/** Who came and went, in one line that opens. */
export function FoldLine({ records, opened }: Props) {
  const words = useLateWords();
  const [isOpen, setIsOpen] = useState(() => records.some(({ seq }) => opened.has(seq)));
  const [first] = records;
  if (first === undefined) return null;
  if (records.length === 1) return <EventLine record={first} />;

  function toggle() {
    for (const { seq } of records) isOpen ? opened.delete(seq) : opened.add(seq);
    setIsOpen(!isOpen);
  }

  return (
    <div className={styles.line}>
      <button
        type="button"
        className={styles.fold}
        data-stop
        tabIndex={-1}
        aria-expanded={isOpen}
        title={words.timeline.folded(isOpen)}
        onClick={toggle}
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
