import { describe, expect, it } from "vitest";
import { refusals } from "./de/refusals";

describe("a refusal in German", () => {
  it.each([
    [0, "gleich"],
    [1, "in 1 Sekunde"],
    [1.2, "in 2 Sekunden"],
    [89, "in 89 Sekunden"],
    [90, "in 2 Minuten"],
  ])("says when to try again: %d s", (seconds, when) => {
    expect(refusals.by.too_fast?.({ retry_seconds: seconds })).toContain(when);
  });
});
