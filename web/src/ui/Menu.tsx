import { type ComponentProps, type KeyboardEvent, type ReactNode, useId, useRef } from "react";
import { Button } from "./Button";
import styles from "./Menu.module.css";

export interface MenuItem {
  readonly label: string;
  readonly icon?: ReactNode;
  readonly isDangerous?: boolean;
  readonly isDisabled?: boolean;
  /** Whether a line stands above it. */
  readonly isApart?: boolean;
  readonly onChoose: () => void;
}

interface Props {
  /** What the button is called that opens it. */
  label: string;
  items: readonly MenuItem[];
  children: ReactNode;
  look?: ComponentProps<typeof Button>["look"];
  className?: string;
  tabIndex?: number;
}

/** How far a menu stays from the edge of the window, in pixels. */
const MARGIN = 12;

/** A button with a menu: https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/. */
export function Menu({ label, items, children, look = "icon", className = "", tabIndex }: Props) {
  const id = useId();
  const menu = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  function onToggle(event: { newState: string }) {
    const isOpen = event.newState === "open";
    button.current?.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen || menu.current === null || button.current === null) return;
    place(menu.current, button.current.getBoundingClientRect());
    itemsOf(menu.current)[0]?.focus();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (menu.current === null) return;
    if (event.key === "Tab") {
      menu.current.hidePopover();
      return;
    }
    const all = itemsOf(menu.current);
    const next = nextItem(all, all.indexOf(document.activeElement as HTMLButtonElement), event.key);
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  }

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
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        className={styles.menu}
        onToggle={onToggle}
        onKeyDown={onKeyDown}
      >
        {items.map((item) => (
          <button
            key={item.label}
            type="button"
            role="menuitem"
            tabIndex={-1}
            className={styles.item}
            data-danger={item.isDangerous}
            data-apart={item.isApart}
            disabled={item.isDisabled}
            onClick={() => {
              menu.current?.hidePopover();
              item.onChoose();
            }}
          >
            {item.icon}
            {item.label}
          </button>
        ))}
      </div>
    </>
  );
}

function itemsOf(menu: HTMLElement): HTMLButtonElement[] {
  return [...menu.querySelectorAll<HTMLButtonElement>("[role=menuitem]:not(:disabled)")];
}

/** Return which item a key leads to: arrows go round, a letter leads to the next that begins with it. */
function nextItem(all: HTMLButtonElement[], at: number, key: string): HTMLButtonElement | undefined {
  switch (key) {
    case "ArrowDown":
      return all[(at + 1) % all.length];
    case "ArrowUp":
      return all.at(at - 1);
    case "Home":
      return all[0];
    case "End":
      return all.at(-1);
    default:
      return [...all.slice(at + 1), ...all.slice(0, at + 1)].find((item) => beginsWith(item, key));
  }
}

function beginsWith(item: HTMLElement, letter: string): boolean {
  return item.textContent.trim().toLocaleLowerCase().startsWith(letter.toLocaleLowerCase());
}

/** Put it below its button, or above where there is no room, and inside of the window. */
function place(menu: HTMLElement, button: DOMRect): void {
  const { offsetWidth: width, offsetHeight: height } = menu;
  const isRightToLeft = getComputedStyle(menu).direction === "rtl";
  const left = isRightToLeft ? button.left : button.right - width;
  const below = button.bottom + height + MARGIN <= innerHeight;
  menu.style.left = `${Math.min(Math.max(left, MARGIN), innerWidth - width - MARGIN)}px`;
  menu.style.top = `${Math.max(MARGIN, below ? button.bottom + 4 : button.top - height - 4)}px`;
}
