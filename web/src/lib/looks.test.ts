import { describe, expect, it } from "vitest";

import { parseLooks } from "./looks";

describe("what was kept of how it looks", () => {
  it("is taken as it was", () => {
    expect(parseLooks('{"theme":"dark","density":"compact"}')).toMatchObject({
      theme: "dark",
      density: "compact",
    });
  });

  it.each([null, "", "x", "null", "[]", "1", '{"theme":"pink"}', '{"theme":1,"more":"x"}'])(
    "is as by default where it makes no sense: %s",
    (text) => {
      expect(parseLooks(text)).toEqual(parseLooks(null));
    },
  );
});
