import { expect, it } from "vitest";
import { addMissing } from "./notices.ts";

it("names those whose data are in the page, after those whose modules are", () => {
  const text = addMissing("# Licenses\n\n## react - 19.3.1 (MIT)\n\nMIT License\n");
  expect(text).toMatch(/\n## emojibase-data - [\d.]+ \(MIT\)\n\nMIT License\n\nCopyright \(c\)/);
  expect(text.match(/\n## react - /g)).toHaveLength(1);
});
