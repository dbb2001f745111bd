import { expect, it } from "vitest";
import { ago } from "./ago";

const HOUR = 3_600_000;

it.each([
  [5_000, "en", "now"],
  [-HOUR, "en", "now"],
  [90_000, "en", "1 minute ago"],
  [3 * HOUR, "en", "3 hours ago"],
  [25 * HOUR, "de", "gestern"],
  [40 * 24 * HOUR, "en", "last month"],
  [400 * 24 * HOUR, "de", "letztes Jahr"],
])("what was %i ms ago was, in %s, %s", (passed, language, words) => {
  expect(ago(0, passed, language)).toBe(words);
});
