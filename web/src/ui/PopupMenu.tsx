import { Check } from "lucide-react";
import { type KeyboardEvent, type ReactNode, type Ref, useImperativeHandle, useRef } from "react";
import styles from "./Menu.module.css";
import { hideByEscape, Overlay } from "./Overlay";

export interface MenuItem {
  readonly label: string;
  readonly icon?: ReactNode;
  readonly isDangerous?: boolean;
  readonly isDisabled?: boolean;
  /** Whether a line stands above it. */
  readonly isApart?: boolean;
  /** Whether only its icon is shown: several of these in a row stand beside each other. */
  readonly isSmall?: boolean;
  /** Of one of several of which one holds: whether it does. */
  readonly isChosen?: boolean;
  readonly onChoose: () => void;
}

/** Several of which one holds, under a heading. */
export interface MenuChoice {
  readonly label: string;
  readonly choices: readonly MenuItem[];
}

export interface PopupMenuHandle {
  show(): void;
}

interface Props {
  label: string;
  items: readonly (MenuItem | MenuChoice)[];
  /** Where it is shown: beside what it belongs to, or where somebody has pointed. */
  beside: () => DOMRect | undefined;
  id?: string | undefined;
  ref?: Ref<PopupMenuHandle>;
  /** Called when it has been shown, and when it has gone. */
  onToggle?: (isOpen: boolean) => void;
}

/** How far a menu stays from the edge of the window, in pixels. */
const MARGIN = 12;

/** A menu without a button of its own: https://www.w3.org/WAI/ARIA/apg/patterns/menubar/. On a phone it comes from below. */
export function PopupMenu({ label, items, beside, id, ref, onToggle }: Props) {
  const menu = useRef<HTMLDivElement>(null);

  useImperativeHandle(ref, () => ({
    show() {
      menu.current?.showPopover();
      // Not only once the browser tells that it is shown: what is typed next is meant for it.
      settle();
    },
  }));

  function settle() {
    const where = beside();
    if (menu.current === null || where === undefined) return;
    place(menu.current, where);
    itemsOf(menu.current)[0]?.focus();
  }

  function onShown(event: { newState?: string }) {
    const isOpen = event.newState === "open";
    // What was chosen by keys meanwhile stays chosen.
    if (isOpen && !menu.current?.contains(document.activeElement)) settle();
    onToggle?.(isOpen);
  }

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    if (menu.current === null || hideByEscape(event)) return;
    if (event.key === "Tab") {
      menu.current.hidePopover();
      return;
    }
    const all = itemsOf(menu.current);
    const next = nextItem(all, all.indexOf(document.activeElement as HTMLButtonElement), event.key);
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    next.focus();
  }

  const item = (one: MenuItem) => (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: what is chosen or not is a menuitemradio
    <button
      key={one.label}
      type="button"
      role={one.isChosen === undefined ? "menuitem" : "menuitemradio"}
      aria-checked={one.isChosen}
      tabIndex={-1}
      className={one.isSmall ? styles.small : styles.item}
      data-danger={one.isDangerous}
      data-apart={one.isApart}
      disabled={one.isDisabled}
      aria-label={one.isSmall ? one.label : undefined}
      title={one.isSmall ? one.label : undefined}
      onClick={() => {
        menu.current?.hidePopover();
        one.onChoose();
      }}
    >
      {one.icon}
      {!one.isSmall && one.label}
      {one.isChosen && <Check size={16} className={styles.check ?? ""} aria-hidden="true" />}
    </button>
  );
  const choice = ({ label: name, choices }: MenuChoice) => (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is none of a menu's parts
    <div key={name} role="group" aria-label={name} className={styles.group}>
      <span className={styles.heading} aria-hidden="true">
        {name}
      </span>
      {choices.map(item)}
    </div>
  );

  const [small, large] = [items.filter(isSmall), items.filter((one) => !isSmall(one))];
  return (
    <Overlay>
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        className={styles.menu}
        onToggle={onShown}
        onKeyDown={onKeyDown}
      >
        {small.length > 0 && <div className={styles.row}>{small.map(item)}</div>}
        {large.map((one) => ("choices" in one ? choice(one) : item(one)))}
      </div>
    </Overlay>
  );
}

function isSmall(one: MenuItem | MenuChoice): one is MenuItem {
  return "isSmall" in one && one.isSmall === true;
}

function itemsOf(menu: HTMLElement): HTMLButtonElement[] {
  return [...menu.querySelectorAll<HTMLButtonElement>("[role^=menuitem]:not(:disabled)")];
}

/** Return which item a key leads to: arrows go round, a letter leads to the next that begins with it. */
function nextItem(all: HTMLButtonElement[], at: number, key: string): HTMLButtonElement | undefined {
  switch (key) {
    case "ArrowDown":
    case "ArrowRight":
      return all[(at + 1) % all.length];
    case "ArrowUp":
    case "ArrowLeft":
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

/** Put it below what it belongs to, or above where there is no room, and inside of the window. */
function place(menu: HTMLElement, beside: DOMRect): void {
  const { offsetWidth: width, offsetHeight: height } = menu;
  const isRightToLeft = getComputedStyle(menu).direction === "rtl";
  const left = isRightToLeft ? beside.left : beside.right - width;
  const below = beside.bottom + height + MARGIN <= innerHeight;
  menu.style.setProperty(
    "--left",
    `${Math.min(Math.max(left, MARGIN), Math.max(MARGIN, innerWidth - width - MARGIN))}px`,
  );
  menu.style.setProperty(
    "--top",
    `${Math.max(MARGIN, below ? beside.bottom + 4 : beside.top - height - 4)}px`,
  );
}
