import type { ReactNode } from "react";
import type { Loaded } from "../../lib/useLoaded";
import { Button } from "../../ui/Button";
import { Spinner } from "../../ui/Spinner";
import { useLateWords } from "../../words/words";
import styles from "./Account.module.css";

/** One thing of several on a page. */
export function Part({ title, lead, children }: { title?: string; lead?: string; children?: ReactNode }) {
  return (
    <section className={styles.part} aria-label={title}>
      {title && <h3 className={styles.title}>{title}</h3>}
      {lead && <p className={styles.lead}>{lead}</p>}
      {children}
    </section>
  );
}

interface WhenProps<Value> {
  loaded: Loaded<Value>;
  reload: () => void;
  children: (value: Value) => ReactNode;
}

/** What was loaded, or why it is not there yet. */
export function WhenThere<Value>({ loaded, reload, children }: WhenProps<Value>) {
  const words = useLateWords().account;
  if (loaded.kind === "loading") return <Spinner label={words.loading} />;
  if (loaded.kind === "there") return children(loaded.value);
  return (
    <p className={styles.error} role="alert">
      {loaded.sentence} <Button onClick={reload}>{words.again}</Button>
    </p>
  );
}

/** What was refused, where no field is to blame. */
export function Wrong({ sentence }: { sentence: string | undefined }) {
  return sentence ? (
    <p className={styles.error} role="alert">
      {sentence}
    </p>
  ) : null;
}
