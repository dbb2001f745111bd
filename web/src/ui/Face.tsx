import { Avatar } from "./Avatar";
import styles from "./Face.module.css";
import { PresenceDot } from "./PresenceDot";

/** Somebody's picture, and at its corner whether he is here; beside it stands the same in words. */
export function Face({ name, presence }: { name: string; presence: string }) {
  return (
    <span className={styles.face}>
      <Avatar name={name} size="1.75rem" />
      <PresenceDot presence={presence} />
    </span>
  );
}
