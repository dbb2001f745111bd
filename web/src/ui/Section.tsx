import type { ReactNode } from "react";
import styles from "./Section.module.css";

interface Props {
  title?: string;
  /** What it is about. */
  lead?: ReactNode;
  /** What can be done there, beside its title. */
  action?: ReactNode;
  children?: ReactNode;
}

/** One thing of several on a page. */
export function Section({ title, lead, action, children }: Props) {
  return (
    <section className={styles.section} aria-label={title}>
      {(title || lead) && (
        <header className={styles.head}>
          <div className={styles.told}>
            {title && <h3 className={styles.title}>{title}</h3>}
            {lead && <p className={styles.lead}>{lead}</p>}
          </div>
          {action}
        </header>
      )}
      {children}
    </section>
  );
}
