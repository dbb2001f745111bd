import { describe, expect, it } from "vitest";
import { keysOf, LOCAL_SHORTCUTS, matches, type Press, SHORTCUTS, shortcutOf } from "./shortcuts";

function press(key: string, more: Partial<Press> = {}): Press {
  const code = /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key;
  return { key, code, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, ...more };
}

describe("keys", () => {
  it.each([
    ["Mod+k", press("k", { ctrlKey: true }), false, true],
    ["Mod+k", press("K", { ctrlKey: true }), false, true],
    ["Mod+k", press("k", { metaKey: true }), true, true],
    ["Mod+k", press("k", { ctrlKey: true }), true, false],
    ["Mod+k", press("k", { ctrlKey: true, shiftKey: true }), false, false],
    ["Mod+k", press("k"), false, false],
    ["Alt+a", press("å", { altKey: true, code: "KeyA" }), true, true],
    // AltGr is Ctrl and Alt at once: it writes.
    ["Alt+a", press("ą", { altKey: true, ctrlKey: true, code: "KeyA" }), false, false],
    ["Alt+ArrowDown", press("ArrowDown", { altKey: true, shiftKey: true }), false, false],
    ["?", press("?", { shiftKey: true }), false, true],
    ["Mod+/", press("/", { ctrlKey: true, shiftKey: true }), false, true],
    ["Mod+Shift+f", press("F", { ctrlKey: true, shiftKey: true }), false, true],
  ])("%s for %o (on Apple's: %s): %s", (combination, pressed, onApple, isIt) => {
    expect(matches(combination, pressed, onApple)).toBe(isIt);
  });

  it("write where one writes", () => {
    expect(shortcutOf(press("?", { shiftKey: true }), false, false)).toBe("help");
    expect(shortcutOf(press("?", { shiftKey: true }), true, false)).toBeUndefined();
    expect(shortcutOf(press("/"), true, false)).toBeUndefined();
    expect(shortcutOf(press("k", { ctrlKey: true }), true, false)).toBe("switch");
  });

  it("mean one thing each", () => {
    const all = Object.values<readonly string[]>(SHORTCUTS).flat();
    expect(new Set(all).size).toBe(all.length);
  });

  it("are shown as they stand on the keyboard", () => {
    expect(keysOf("Mod+Shift+f", false)).toEqual(["Ctrl", "Shift", "F"]);
    expect(keysOf("Mod+k", true)).toEqual(["⌘", "K"]);
    for (const combination of Object.values<readonly string[]>(LOCAL_SHORTCUTS).flat())
      expect(keysOf(combination).every((key) => key !== "")).toBe(true);
  });
});
