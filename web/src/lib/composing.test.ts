import { expect, it } from "vitest";
import { isComposing } from "./composing";

it.each([
  ["a key that writes", { isComposing: false, keyCode: 13 }, false],
  ["a key of an input method", { isComposing: true, keyCode: 13 }, true],
  ["Safari's key that ends what is composed", { isComposing: false, keyCode: 229 }, true],
])("%s", (_, event, isIt) => {
  expect(isComposing(event)).toBe(isIt);
});
