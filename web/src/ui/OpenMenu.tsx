import { useLayoutEffect, useRef } from "react";
import type { MenuProps } from "./MenuButton";
import { type MenuChoice, type MenuItem, PopupMenu, type PopupMenuHandle } from "./PopupMenu";

interface Props extends MenuProps {
  items: readonly (MenuItem | MenuChoice)[];
}

/** A menu that is shown as soon as it is there. */
export default function OpenMenu({ items, onClose, ...rest }: Props) {
  const menu = useRef<PopupMenuHandle>(null);
  useLayoutEffect(() => menu.current?.show(), []);
  return <PopupMenu ref={menu} items={items} onToggle={(isOpen) => !isOpen && onClose()} {...rest} />;
}
