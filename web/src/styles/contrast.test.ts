/** Whatever is read can be read: every colour on every ground that it is used on, in every look. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { contrast, over, parseOklch, readTokens, themed } from "./contrast";

const css = readFileSync(new URL("tokens.css", import.meta.url), "utf8");
const avatar = readFileSync(new URL("../ui/Avatar.module.css", import.meta.url), "utf8");

const normal = readTokens(css, ":root {");
const chosen = readTokens(css, ':root[data-contrast="more"]');

/** WCAG 2.2: 1.4.3 for text, 1.4.11 for what shows where something begins. */
const TEXT = 4.5;
const SHAPE = 3;

const GROUNDS = ["--paper", "--panel", "--raised", "--well"];
const WASHES = ["--accent-wash", "--danger-wash", "--success-wash", "--warning-wash"];
const PAIRS: [text: string, grounds: string[], least: number][] = [
  ["--ink", [...GROUNDS, ...WASHES, "--mark", "--select"], TEXT],
  ["--ink-soft", [...GROUNDS, ...WASHES], TEXT],
  ["--ink-faint", GROUNDS, TEXT],
  ["--accent", [...GROUNDS, "--accent-wash"], TEXT],
  ["--accent-strong", [...GROUNDS, "--accent-wash"], TEXT],
  ["--danger", [...GROUNDS, "--danger-wash"], TEXT],
  ["--success", [...GROUNDS, "--success-wash"], TEXT],
  ["--on-accent", ["--accent", "--accent-strong"], TEXT],
  ["--on-danger", ["--danger"], TEXT],
  ["--on-inverse", ["--inverse"], TEXT],
  ["--focus", [...GROUNDS, ...WASHES], SHAPE],
  ["--line-strong", ["--paper", "--panel", "--raised"], SHAPE],
];

const LOOKS = (["light", "dark"] as const).flatMap((theme) => [
  { look: theme, theme, tokens: normal, factor: 1 },
  // More than asked for: text that WCAG 1.4.6 (AAA) would let pass.
  { look: `${theme}, more contrast`, theme, tokens: new Map([...normal, ...chosen]), factor: 7 / 4.5 },
]);

describe.each(LOOKS)("$look", ({ theme, tokens, factor }) => {
  const colour = (name: string) => themed(tokens.get(name) ?? "", theme);

  it.each(PAIRS)("%s can be told from what it stands on", (text, grounds, least) => {
    const low = grounds
      .flatMap((ground) => {
        const plain = colour(ground);
        const isText = least === TEXT && GROUNDS.includes(ground);
        return [
          [ground, plain] as const,
          ...(isText ? [[`${ground} under the mouse`, over(colour("--hover"), plain)] as const] : []),
        ];
      })
      .map(([ground, paint]) => [ground, contrast(colour(text), paint)] as const)
      .filter(([, ratio]) => ratio < least * factor);
    expect(low).toEqual([]);
  });

  it("shows the initials of any name", () => {
    const [ground = "", ink = ""] = [...avatar.matchAll(/(?:background|color): (light-dark[^;]+);/g)].map(
      ([, value]) => value,
    );
    for (let hue = 0; hue < 360; hue += 15) {
      const paint = (value: string) => themed(value.replaceAll("var(--name-hue)", String(hue)), theme);
      expect(contrast(paint(ink), paint(ground))).toBeGreaterThan(TEXT);
    }
  });
});

it("has another value for what has one already, where more contrast is asked for", () => {
  expect(chosen.size).toBeGreaterThan(0);
  expect([...chosen.keys()].filter((name) => !normal.has(name))).toEqual([]);
});

it("knows contrast as WCAG has it", () => {
  const [white, black] = [parseOklch("oklch(100% 0 0)"), parseOklch("oklch(0% 0 0)")];
  expect(contrast(white, black)).toBeCloseTo(21, 1);
  // #767676 on white, the lightest grey that passes.
  expect(contrast(white, parseOklch("oklch(56.5% 0 0)"))).toBeCloseTo(4.54, 1);
});
