import type { CSSProperties } from "react";
import { hueOf, initialsOf } from "../lib/hue";
import styles from "./Avatar.module.css";

/** A picture made of a name; whoever does not see it reads the name beside it. */
export function Avatar({ name, size }: { name: string; size?: string }) {
  const style = { "--name-hue": hueOf(name), ...(size && { "--size": size }) } as CSSProperties;
  // The letters are drawn, not written: as a text they would be part of what a button with a face says (WCAG 2.5.3).
  return <span className={styles.avatar} style={style} data-letters={initialsOf(name)} aria-hidden="true" />;
}
