import styles from "./Problem.module.css";

/** Why something was not done, where no field is to blame; nothing where it was. */
export function Problem({ text }: { text: string | undefined }) {
  return text ? (
    <p role="alert" className={styles.problem}>
      {text}
    </p>
  ) : null;
}
