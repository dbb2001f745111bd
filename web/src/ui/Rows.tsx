import type { ReactNode } from "react";
import styles from "./Rows.module.css";

/** A list of a few things, each a line or two with what can be done with it. */
export function Rows({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className={styles.rows} aria-label={label}>
      {children}
    </ul>
  );
}

interface RowProps {
  title: ReactNode;
  /** What belongs to it, below it; what is empty is left out. */
  told?: readonly (string | false | null | undefined)[];
  /** Stands before it. */
  icon?: ReactNode;
  problem?: ReactNode;
  /** What can be done with it. */
  children?: ReactNode;
}

export function Row({ title, told = [], icon, problem, children }: RowProps) {
  const below = told.filter(Boolean).join(" · ");
  return (
    <li className={styles.row}>
      {icon}
      <div className={styles.what}>
        <p dir="auto">{title}</p>
        {below && <p className={styles.told}>{below}</p>}
        {problem}
      </div>
      {children}
    </li>
  );
}

/** A word about what it stands beside. */
export function Mark({ children, isBad = false }: { children: ReactNode; isBad?: boolean }) {
  return (
    <span className={styles.mark} data-bad={isBad}>
      {children}
    </span>
  );
}
