import { describe, expect, it } from "vitest";
import { translate as english } from "../en/sentences";
import { type Catalogue, translator } from "../sentences";
import { translate } from "./sentences";

describe("a sentence of the server in German", () => {
  it.each([
    ["User 'ann' not found.", "„ann“ gibt es hier nicht."],
    ["User 'a' not found. b' not found.", "„a' not found. b“ gibt es hier nicht."],
    ["Nobody is in #tea now. Come in with /join #tea", "In #tea ist gerade niemand. Geh hinein."],
    ["You are muted in #tea by bob.", "bob hat dich in #tea stummgeschaltet."],
    [
      "You are muted in #tea by bob for another 2 hours and 1 minute (spam and eggs).",
      "bob hat dich in #tea stummgeschaltet, noch 2 Stunden und 1 Minute lang (spam and eggs).",
    ],
    ["Only a moderator of #tea may do that. Ask one.", "Das darf in #tea nur die Moderation. Frag danach."],
    [
      "ann is an owner of #tea, and you are a moderator of #tea: only somebody above may do that.",
      "ann hat den Rang „Besitz“, und du hast „Moderation“: Das darf nur, wer darüber steht.",
    ],
    [
      "That message has 20000 bytes, and 16384 is the most. Send it in parts.",
      "Diese Nachricht hat 20000 Bytes, und 16384 sind das Höchste. Schick sie in Teilen.",
    ],
  ])("%s", (sentence, german) => {
    expect(translate(sentence)).toBe(german);
  });

  it("stays as it is where nobody knows it", () => {
    expect(translate("Something that no server says.")).toBeUndefined();
    expect(translate("Nobody is in #tea now. Come in with /join #coffee")).toBeUndefined();
    expect(english("User 'ann' not found.")).toBeUndefined();
  });
});

describe("a catalogue", () => {
  const catalogue: Catalogue = {
    sentences: { "{name} waits.": "{name} wartet.", "{name} waits for {time}.": "{name} wartet {time}." },
    terms: { time: { "a {time2}": "eine {time2}", hour: "Stunde" } },
  };

  it("is asked for the most exact sentence first, and for what is filled in", () => {
    const translate = translator(catalogue);
    expect(translate("ann waits for a hour.")).toBe("ann wartet eine Stunde.");
    expect(translate("ann waits for bob.")).toBe("ann wartet bob.");
    expect(translate("hour waits.")).toBe("hour wartet.");
    expect(translate("waits.")).toBeUndefined();
  });

  it("takes what is filled in as it is, whatever marks are in it", () => {
    const translate = translator(catalogue);
    expect(translate("$& {time} (\n waits.")).toBe("$& {time} (\n wartet.");
  });
});
