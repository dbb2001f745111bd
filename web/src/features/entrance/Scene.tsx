import type { CSSProperties } from "react";
import { hueOf } from "../../lib/hue";
import { Avatar } from "../../ui/Avatar";
import { useDoorWords } from "../../words/words";
import styles from "./Scene.module.css";

/** What is behind the door, drawn: people who came by different ways, and hear each other. Nobody has to read it. */
export function Scene() {
  const words = useDoorWords().entrance;
  return (
    <div className={styles.scene} aria-hidden="true">
      <ol className={styles.talk}>
        <Bubble name="ann" by="browser" text={words.sceneFirst} />
        <Bubble name="bob" by="netcat" text={words.sceneSecond} />
        <Bubble name="cat" by="IRC" text={words.sceneThird} />
      </ol>
      <p className={styles.caption}>{words.sceneCaption}</p>
    </div>
  );
}

function Bubble({ name, by, text }: { name: string; by: string; text: string }) {
  return (
    <li className={styles.turn} style={{ "--name-hue": hueOf(name) } as CSSProperties}>
      <Avatar name={name} size="3rem" />
      <div className={styles.bubble}>
        <p className={styles.by}>
          <b>{name}</b> · {by}
        </p>
        <p className={styles.text}>{text}</p>
      </div>
    </li>
  );
}
