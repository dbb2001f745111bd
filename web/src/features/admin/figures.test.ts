import { expect, it } from "vitest";

import { parseFigures } from "./figures";

it("reads names and values, and leaves out what means nothing alone", () => {
  const text = `# HELP hubbub_people How many are here.
# TYPE hubbub_people gauge
hubbub_people 3
hubbub_said_total{protocol="irc"} 1.5e+03
hubbub_delay_seconds_bucket{le="1"} 4
`;
  expect(parseFigures(text)).toEqual([
    { name: "people", value: 3 },
    { name: 'said_total{protocol="irc"}', value: 1500 },
  ]);
});
