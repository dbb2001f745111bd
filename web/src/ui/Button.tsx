import type { ComponentProps } from "react";
import styles from "./Button.module.css";

interface Props extends ComponentProps<"button"> {
  look?: "primary" | "plain" | "danger" | "icon";
}

/** A button; one that shows only an icon needs an `aria-label`. */
export function Button({ look = "plain", className = "", type = "button", ...rest }: Props) {
  return <button type={type} className={`${styles.button} ${styles[look]} ${className}`} {...rest} />;
}

/** A link that looks like one of the buttons that it stands among. */
export function ButtonLink({ className = "", ...rest }: ComponentProps<"a">) {
  return <a className={`${styles.button} ${styles.plain} ${styles.link} ${className}`} {...rest} />;
}
