import { describe, expect, it } from "vitest";
import { hush, veil } from "./veil";

describe("a veil", () => {
  it("covers what is hidden, letter by letter", () => {
    expect(veil("it was ||the 🫖 all||, you see ||now||")).toBe("it was ||▒▒▒ ▒ ▒▒▒||, you see ||▒▒▒||");
  });

  it("leaves alone what is not", () => {
    for (const text of ["tea", "a || b || c", "||", "||||", "|| tea"]) expect(veil(text)).toBe(text);
  });

  it("covers over lines", () => {
    expect(veil("||one\ntwo||")).toBe("||▒▒▒\n▒▒▒||");
  });

  it("is not heard", () => {
    expect(hush("it was ||the kettle||!")).toBe("it was …!");
  });
});
