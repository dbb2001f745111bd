/** Choices: the items of a menu of which one holds. */
import type { ReactNode } from "react";
import type { MenuItem } from "./PopupMenu";

/** Return an item for each of `names`, in their order. */
export function choicesOf<Value extends string>(
  names: Readonly<Record<Value, string>>,
  icons: Readonly<Record<Value, ReactNode>>,
  chosen: Value,
  onChoose: (value: Value) => void,
): MenuItem[] {
  return (Object.keys(names) as Value[]).map((value) => ({
    label: names[value],
    icon: icons[value],
    isChosen: value === chosen,
    onChoose: () => onChoose(value),
  }));
}
