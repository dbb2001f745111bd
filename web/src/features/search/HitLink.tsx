import type { MouseEvent } from "react";
import { currentRoute, go } from "../../lib/history";
import { veil } from "../../lib/markdown/veil";
import { writeRoute } from "../../lib/routes";
import { Marked } from "../../ui/Marked";
import { type Hit, messageId } from "../../wire/kinds";
import { useLateWords } from "../../words/words";
import { excerptOf } from "./excerpt";
import styles from "./SearchPane.module.css";

const dateFormat = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

/** One message that was found; leads to where it was said. */
export function HitLink({ hit: { record, spans = [] } }: { hit: Hit }) {
  const words = useLateWords().search;
  const view = { kind: "message", id: messageId(record) } as const;
  const { event } = record;
  const { text, spans: marked } = excerptOf("text" in event ? veil(event.text) : "", spans);

  function open(event: MouseEvent) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const route = currentRoute();
    // Where there is room for both, the other hits stay beside it.
    const isWide = matchMedia("(min-width: 48.01rem)").matches;
    go({ view, side: isWide ? route.side : "" });
  }

  return (
    <a
      className={styles.hit}
      href={writeRoute({ ...currentRoute(), view, side: "", dialog: "" })}
      onClick={open}
    >
      <span className={styles.head}>
        <bdi className={styles.author}>{event.name}</bdi>
        <time dateTime={new Date(record.time_ms).toISOString()}>{dateFormat.format(record.time_ms)}</time>
      </span>
      <span className={styles.text} dir="auto">
        {text ? <Marked text={text} spans={marked} /> : words.file}
      </span>
    </a>
  );
}
