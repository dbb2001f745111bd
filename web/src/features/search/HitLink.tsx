import { type MouseEvent, useMemo } from "react";
import { formats } from "../../lib/dates";
import { currentRoute, go } from "../../lib/history";
import { unmark } from "../../lib/markdown/unmark";
import { veil } from "../../lib/markdown/veil";
import { writeRoute } from "../../lib/routes";
import { knownCharterOf } from "../../model/charter";
import type { Connection } from "../../model/connection";
import { Marked } from "../../ui/Marked";
import { type Hit, messageId } from "../../wire/kinds";
import { useLateWords } from "../../words/words";
import { type Excerpt, excerptOf } from "./excerpt";
import styles from "./SearchPane.module.css";

interface Props {
  connection: Connection;
  hit: Hit;
}

/** One message that was found; leads to where it was said. */
export function HitLink({ connection, hit }: Props) {
  const { record } = hit;
  const words = useLateWords().search;
  const view = { kind: "message", id: messageId(record) } as const;
  const { event } = record;
  const isPlain = isPlainIn(connection, record.room);
  const { text, spans: marked } = useMemo(() => shownOf(hit, isPlain), [hit, isPlain]);

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
        <time dateTime={new Date(record.time_ms).toISOString()}>
          {formats().moment.format(record.time_ms)}
        </time>
      </span>
      <span className={styles.text} dir="auto">
        {text ? <Marked text={text} spans={marked} /> : words.file}
      </span>
    </a>
  );
}

function shownOf({ record: { event }, spans = [] }: Hit, isPlain: boolean): Excerpt {
  const text = "text" in event ? event.text : "";
  const read = isPlain ? { text, spans } : unmark(veil(text), spans);
  return excerptOf(read.text, read.spans);
}

/** Whether nothing is a mark in the room, as far as that is known. */
function isPlainIn(connection: Connection, id: number): boolean {
  const room = connection.place.rooms.get(id);
  return room !== undefined && (knownCharterOf(connection, room)?.isPlain ?? false);
}
