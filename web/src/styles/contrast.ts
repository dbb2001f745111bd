/** Colours as WCAG sees them. Nothing of the page needs this; the tests hold its tokens to it. */

export interface Colour {
  /** Linear light, each from 0 to 1. */
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly alpha: number;
}

/** Read `oklch(52% 0.1 40 / 0.5)`. The numbers are those of https://bottosson.github.io/posts/oklab/. */
export function parseOklch(text: string): Colour {
  const found = /^oklch\(([\d.]+)% ([\d.]+) ([\d.]+)(?: \/ ([\d.]+))?\)$/.exec(text.trim());
  if (found === null) throw new SyntaxError(`no colour: ${text}`);
  const [light = 0, chroma = 0, hue = 0, alpha = 1] = found
    .slice(1)
    .map((part) => (part ? Number(part) : undefined));
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (light / 100 + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (light / 100 - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (light / 100 - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return {
    red: clamp(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    green: clamp(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    blue: clamp(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
    alpha,
  };
}

/** Lay one colour over another, as browsers do: in sRGB with its gamma. */
export function over(top: Colour, bottom: Colour): Colour {
  const mix = (one: number, other: number) => linear(gamma(one) * top.alpha + gamma(other) * (1 - top.alpha));
  return {
    red: mix(top.red, bottom.red),
    green: mix(top.green, bottom.green),
    blue: mix(top.blue, bottom.blue),
    alpha: 1,
  };
}

/** Return the contrast of two colours, from 1 to 21: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio. */
export function contrast(one: Colour, other: Colour): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Return the custom properties that the first block after `selector` sets. */
export function readTokens(css: string, selector: string): Map<string, string> {
  const begin = css.indexOf("{", css.indexOf(selector)) + 1;
  const block = css.slice(begin, css.indexOf("}", begin));
  return new Map(
    [...block.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name = "", value = ""]) => [name, value]),
  );
}

/** Return what a `light-dark(…, …)` of two colours is in either theme. */
export function themed(value: string, theme: "light" | "dark"): Colour {
  const found = /^light-dark\((oklch\([^)]*\)), (oklch\([^)]*\))\)$/.exec(value.trim());
  return parseOklch(found?.[theme === "light" ? 1 : 2] ?? value);
}

function luminance({ red, green, blue }: Colour): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function gamma(value: number): number {
  return value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;
}

function linear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
