import styles from "./PresenceDot.module.css";

/** Whether somebody is here, at the corner of his picture; beside it stands the same in words. */
export function PresenceDot({ presence }: { presence: string }) {
  return <span className={styles.dot} data-presence={presence} />;
}
