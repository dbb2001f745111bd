import { describe, expect, it } from "vitest";
import type { HubEvent, HubRecord } from "../../wire/kinds";
import { late as de } from "../../words/de/late";
import { en as early } from "../../words/en";
import { late as en } from "../../words/en/late";
import { announce } from "./announcing";
import { summarise } from "./folding";
import { sentenceOf } from "./sentences";

let seq = 0;

function record(event: Partial<HubEvent> & { type: HubEvent["type"] }): HubRecord {
  seq += 1;
  return { room: 4, seq, time_ms: 1_000 * seq, event: { author: "p1", name: "ann", ...event } as HubEvent };
}

const by = (name: string) => ({ author: `p-${name}`, name });

describe("who came and went", () => {
  it("is told in one sentence, whatever happened in between", () => {
    const records = [
      record({ type: "joined", ...by("bob") }),
      record({ type: "joined", ...by("carol") }),
      record({ type: "left", ...by("carol") }),
      record({ type: "left", ...by("dave") }),
      record({ type: "left", ...by("eve") }),
      record({ type: "joined", ...by("eve") }),
      record({ type: "renamed", ...by("bob"), new_name: "rob" }),
    ];
    expect(summarise(records, en.events)).toBe(
      "rob joined; dave left; carol came and went; eve left and came back; bob is called rob now",
    );
  });

  it("names a few and counts the rest, in each language", () => {
    const records = ["bob", "carol", "dave", "eve", "frank", "grace"].map((name) =>
      record({ type: "joined", ...by(name) }),
    );
    expect(summarise(records, en.events)).toBe("bob, carol, dave, eve, and 2 others joined");
    expect(summarise(records.slice(0, 2), de.events)).toMatch(/^bob .+ carol kamen herein$/);
  });
});

describe("what happened", () => {
  it("is a sentence with its reason and its end", () => {
    const muted = record({
      type: "muted",
      person: "p2",
      person_name: "bob",
      reason: "shouting",
      term: { since_ms: 0, until_ms: 1_764_115_200_000 },
    } as Partial<HubEvent> & { type: "muted" });
    expect(sentenceOf(muted, en.events)).toMatch(/^ann muted bob until .*2025.* \(shouting\)$/);
  });

  it("says who sent somebody off the server, and why", () => {
    const left = record({
      type: "left",
      ...by("bob"),
      quitting: true,
      by: "ola",
      reason: "loud",
    } as Partial<HubEvent> & {
      type: "left";
    });
    expect(sentenceOf(left, en.events)).toBe("ola put bob off the server (loud)");
  });

  it("names what has changed of the settings", () => {
    const change = { slow_seconds: 30, is_moderated: true, key: null, access: "private" };
    const changed = record({ type: "settings_changed", change } as Partial<HubEvent> & {
      type: "settings_changed";
    });
    expect(sentenceOf(changed, en.events)).toBe(
      "ann changed the settings: slow mode of 30 s, speaking by permission on, and only who is invited may come in",
    );
  });

  it("lets no name turn the sentence around", () => {
    const joined = record({ type: "joined", name: "\u202eevil" });
    expect(sentenceOf(joined, en.events)).toBe("\u2068\u202eevil\u2069 joined");
  });
});

describe("an announcement", () => {
  const hello = record({ type: "said", ...by("bob"), text: "hello" });

  it("reads one message, and counts more", () => {
    expect(announce([hello], "p1", early.timeline)).toBe("bob: hello");
    expect(announce([hello, record({ type: "joined", ...by("carol") }), hello], "p1", early.timeline)).toBe(
      "2 new messages",
    );
  });

  it("is not made of one's own words, and cuts a long one", () => {
    expect(announce([hello], "p-bob", early.timeline)).toBe("");
    const long = record({ type: "said", ...by("bob"), text: "x".repeat(16_000) });
    expect(announce([long], "p1", early.timeline).length).toBeLessThan(300);
  });
});
