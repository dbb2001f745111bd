import { type ComponentProps, type ReactNode, useId, useRef } from "react";
import { Button } from "./Button";
import { type MenuItem, PopupMenu } from "./PopupMenu";

export type { MenuItem } from "./PopupMenu";

interface Props {
  /** What the button is called that opens it. */
  label: string;
  items: readonly MenuItem[];
  children: ReactNode;
  look?: ComponentProps<typeof Button>["look"];
  className?: string;
  tabIndex?: number;
}

/** A button with a menu: https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/. */
export function Menu({ label, items, children, look = "icon", className = "", tabIndex }: Props) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <Button
        ref={button}
        look={look}
        className={className}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={false}
        popoverTarget={id}
        tabIndex={tabIndex}
      >
        {children}
      </Button>
      <PopupMenu
        id={id}
        label={label}
        items={items}
        beside={() => button.current?.getBoundingClientRect()}
        onToggle={(isOpen) => button.current?.setAttribute("aria-expanded", String(isOpen))}
      />
    </>
  );
}
