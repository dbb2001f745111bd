import {
  type ComponentProps,
  type ComponentType,
  type MouseEvent,
  type ReactNode,
  useId,
  useRef,
  useState,
} from "react";
import type { Part } from "../lib/parts";
import { Button } from "./Button";
import { Late } from "./Late";

/** What a menu is told by its button: it hands it on to `OpenMenu`. */
export interface MenuProps {
  readonly label: string;
  readonly id?: string;
  readonly beside: () => DOMRect | undefined;
  readonly onClose: () => void;
}

interface Props<Own extends object> {
  /** What the button is called that opens it. */
  label: string;
  menu: Part<ComponentType<Own & MenuProps>>;
  /** What else the menu is told. */
  own: Own;
  children: ReactNode;
  look?: ComponentProps<typeof Button>["look"];
  className?: string;
  tabIndex?: number;
}

/** A button with a menu that is made when it is opened: https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/. */
export function MenuButton<Own extends object>(props: Props<Own>) {
  const { label, menu, own, children, look = "icon", className = "", tabIndex } = props;
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const beside = () => button.current?.getBoundingClientRect();

  function open(event: MouseEvent) {
    menu.want();
    // Else the browser would close it again with this very click.
    if (!isOpen) event.preventDefault();
    setOpen(true);
  }

  return (
    <>
      <Button
        ref={button}
        look={look}
        className={className}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        // Once it is open, the browser lets a click on its button close it.
        popoverTarget={isOpen ? id : undefined}
        tabIndex={tabIndex}
        onClick={open}
      >
        {children}
      </Button>
      {isOpen && <Late part={menu} props={{ ...own, label, id, beside, onClose: () => setOpen(false) }} />}
    </>
  );
}
