/** Shortcuts: the one list of keys that do something wherever one is, which the dialog shows as well. */

import { useLayoutEffect, useRef } from "react";
import { isComposing } from "./composing";
import { browserShelf } from "./shelf";

/**
 * `Mod` is Ctrl, or ⌘ on Apple's. No screen reader takes these: theirs begin with Insert, Caps Lock or Ctrl+Option. Of the
 * browsers' only Ctrl+K is taken, which in one of them goes to its own search field.
 */
export const SHORTCUTS = {
  switch: ["Mod+k"],
  next: ["Alt+ArrowDown"],
  previous: ["Alt+ArrowUp"],
  nextUnread: ["Alt+Shift+ArrowDown"],
  previousUnread: ["Alt+Shift+ArrowUp"],
  nextActive: ["Alt+a"],
  search: ["Mod+Shift+f", "/"],
  write: ["c"],
  read: ["Escape"],
  help: ["Mod+/", "?"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** What keys do in one place only; whoever draws that place hears them. */
export const LOCAL_SHORTCUTS = {
  send: ["Enter"],
  newLine: ["Shift+Enter"],
  editLast: ["ArrowUp"],
  complete: ["Tab"],
  walk: ["ArrowUp", "ArrowDown"],
  act: ["Enter"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type ShortcutId = keyof typeof SHORTCUTS;

/** What of a `KeyboardEvent` matters here. */
export interface Press {
  readonly key: string;
  readonly code: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

const KEPT_AT = "hubbub.single-keys";

export const isApple = /mac|iphone|ipad/i.test(globalThis.navigator?.platform ?? "");

/** Whether these keys were pressed. A sign that needs Shift on some keyboards is itself, however it was made. */
export function matches(combination: string, press: Press, onApple = isApple): boolean {
  const parts = combination.split("+");
  const key = parts.at(-1) ?? "";
  const wants = (part: string) => parts.includes(part);
  if (press.altKey !== wants("Alt")) return false;
  if ((onApple ? press.metaKey : press.ctrlKey) !== wants("Mod")) return false;
  if (onApple ? press.ctrlKey : press.metaKey) return false;
  if (/^[a-z]$/.test(key)) return press.shiftKey === wants("Shift") && isLetter(key, press);
  return press.key === key && (key.length === 1 || press.shiftKey === wants("Shift"));
}

/** With Alt, Apple's keys write other letters; then the place of the key says which it is. */
function isLetter(letter: string, press: Press): boolean {
  return press.key.toLowerCase() === letter || (press.altKey && press.code === `Key${letter.toUpperCase()}`);
}

/** Whether it is a sign that one may want to write: those do nothing where one writes, and can be switched off. */
export function isSingle(combination: string): boolean {
  return combination.length === 1;
}

/** Return the shortcut that was pressed; `isWriting` where the keys write. */
export function shortcutOf(press: Press, isWriting: boolean, onApple = isApple): ShortcutId | undefined {
  const found = Object.entries<readonly string[]>(SHORTCUTS).find(([, combinations]) =>
    combinations.some((one) => !(isWriting && isSingle(one)) && matches(one, press, onApple)),
  );
  return found?.[0] as ShortcutId | undefined;
}

const SIGNS: Readonly<Record<string, string>> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  Escape: "Esc",
  Enter: "Enter ↵",
};

/** Return what stands on the keys, one after the other. */
export function keysOf(combination: string, onApple = isApple): readonly string[] {
  const names = onApple ? { Mod: "⌘", Alt: "⌥", Shift: "⇧" } : { Mod: "Ctrl", Alt: "Alt", Shift: "Shift" };
  return combination.split("+").map((part) => {
    const sign = SIGNS[part] ?? names[part as keyof typeof names] ?? part;
    return /^[a-z]$/.test(sign) ? sign.toUpperCase() : sign;
  });
}

/** Whether signs alone do something (WCAG 2.1.4 wants that they can be switched off, for who speaks to his machine). */
export function hasSingleKeys(): boolean {
  return browserShelf.getItem(KEPT_AT) !== "off";
}

export function setSingleKeys(areOn: boolean): void {
  browserShelf.setItem(KEPT_AT, areOn ? "on" : "off");
}

/** Do what the keys mean, wherever one is, but not under a dialog or a menu that is open. */
export function useShortcuts(handlers: Readonly<Record<ShortcutId, () => void>>): void {
  const latest = useRef(handlers);
  useLayoutEffect(() => {
    latest.current = handlers;
  });
  useLayoutEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || isComposing(event) || event.repeat || isCovered()) return;
      const id = shortcutOf(event, writes(event.target) || !hasSingleKeys());
      if (id === undefined) return;
      if (id !== "read") event.preventDefault();
      latest.current[id]();
    }
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, []);
}

function isCovered(): boolean {
  return document.querySelector("dialog:modal, :popover-open") !== null;
}

function writes(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=radio])"))
  );
}
