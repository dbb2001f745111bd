import { describe, expect, it } from "vitest";

import { parse } from "./appearance";

describe("what was kept of the appearance", () => {
  it("is taken as it was", () => {
    expect(parse('{"theme":"dark","density":"compact"}')).toMatchObject({
      theme: "dark",
      density: "compact",
    });
  });

  it.each([null, "", "x", "null", "[]", "1", '{"theme":"pink"}', '{"theme":1,"more":"x"}'])(
    "is as by default where it makes no sense: %s",
    (text) => {
      expect(parse(text)).toEqual(parse(null));
    },
  );
});
