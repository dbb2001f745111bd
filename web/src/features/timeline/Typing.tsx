import { useEffect } from "react";
import { isolate } from "../../lib/bidi";
import { formats } from "../../lib/dates";
import { useWatched } from "../../lib/useWatched";
import type { Room } from "../../model/room";
import { useWords } from "../../words/words";
import styles from "./Typing.module.css";

const typingOf = (room: Room) => room.typing;

/** More names than these are several people. */
const NAMED = 3;

/** Says who writes. */
export function Typing({ room }: { room: Room }) {
  const words = useWords().timeline;
  const typing = useWatched(room, typingOf);
  useEffect(() => {
    if (typing.size === 0) return undefined;
    const next = Math.min(...typing.values());
    const timer = setTimeout(() => room.forgetTyping(Date.now()), Math.max(0, next - Date.now()) + 50);
    return () => clearTimeout(timer);
  }, [typing, room]);
  const names = [...typing.keys()].map(isolate);
  const isMany = names.length > 1;
  const named = words.writing(formats().list.format(names), isMany);
  return (
    <p className={styles.typing} aria-hidden={names.length === 0}>
      {names.length > 0 && (
        <>
          <span className={styles.dots} aria-hidden="true" />
          {names.length > NAMED ? words.manyWriting : named}
        </>
      )}
    </p>
  );
}
