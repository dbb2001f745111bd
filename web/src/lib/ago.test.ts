import { expect, it } from "vitest";
import { ago, ahead } from "./ago";

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

it.each([
  [0, "en", "in 1 second"],
  [3_599, "en", "in 60 minutes"],
  [3_600, "de", "in 1 Stunde"],
  [10 * 86_400 - 5, "en", "in 10 days"],
])("what ends in %i s does so, in %s, %s", (seconds, language, words) => {
  expect(ahead(seconds, language)).toBe(words);
});
