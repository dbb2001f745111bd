import type { ComponentType, ReactNode } from "react";
import { type Part, usePart } from "../lib/parts";

interface Props<Own extends object> {
  part: Part<ComponentType<Own>>;
  /** What it is drawn with. */
  props: Own;
  /** What stands there until it is loaded. */
  fallback?: ReactNode;
}

/** Draws what is loaded now that it is wanted; where it is there already, at once. */
export function Late<Own extends object>({ part, props, fallback = null }: Props<Own>) {
  const Content = usePart(part);
  return Content ? <Content {...props} /> : fallback;
}
