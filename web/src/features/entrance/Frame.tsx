import type { ReactNode } from "react";
import { useDoorWords } from "../../words/words";
import styles from "./Frame.module.css";
import { Scene } from "./Scene";

interface Props {
  heading: string;
  /** Which server it is. */
  host: string;
  children: ReactNode;
}

/** The page around the door: says where one is, and shows a little of what is behind it. */
export function Frame({ heading, host, children }: Props) {
  const words = useDoorWords().entrance;
  return (
    <main className={styles.page}>
      <Scene />
      <div className={styles.side}>
        <div className={styles.card}>
          <header className={styles.head}>
            <img className={styles.mark} src="/icon.svg" alt="" />
            <h1 className={styles.heading}>{heading}</h1>
            <p className={styles.host} dir="ltr" data-host>
              {host}
            </p>
          </header>
          {children}
        </div>
        <footer className={styles.foot}>
          <a href="/join">{words.moreWays}</a>
        </footer>
      </div>
    </main>
  );
}
