import type { ReactNode } from "react";
import { useLateWords } from "../words/words";
import { Button } from "./Button";
import { CopyField } from "./CopyField";
import styles from "./Once.module.css";

interface Props {
  /** What it is called. */
  label: string;
  /** What it is good for, and that it is shown this once. */
  lead: string;
  value: string;
  onDone: () => void;
  children?: ReactNode;
}

/** Something that is shown this once, to be copied: a secret, or a link that is one. */
export function Once({ label, lead, value, onDone, children }: Props) {
  const words = useLateWords().lists;
  return (
    <section className={styles.once} role="status" aria-label={words.once}>
      <p>{lead}</p>
      <CopyField label={label} value={value} />
      {children}
      <Button onClick={onDone}>{words.done}</Button>
    </section>
  );
}
