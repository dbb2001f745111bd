import { describe, expect, it } from "vitest";
import { parseLine } from "./commands";

const mean = (line: string) => parseLine(line, "#tea");
const asked = (line: string) => {
  const meaning = mean(line);
  return meaning.kind === "ask" ? meaning.request : meaning.kind;
};

describe("a line", () => {
  it.each([
    ["hello", "hello"],
    ["//me is how one writes it", "/me is how one writes it"],
    ["/usr/bin is full", "/usr/bin is full"],
    ["/etc/hosts", "/etc/hosts"],
    ["/ that", "/ that"],
    ["/", "/"],
    ["/5 would buy again", "/5 would buy again"],
    ["see /join", "see /join"],
  ])("is text: %s", (line, text) => {
    expect(mean(line)).toEqual({ kind: "text", text });
  });

  it.each([
    ["/jion #tea", "join"],
    ["/hel", "help"],
    ["/xyzzy", ""],
  ])("is an unknown command: %s", (line, nearest) => {
    expect(mean(line)).toMatchObject({ kind: "unknown", nearest });
  });
});

describe("a command", () => {
  it("may be written in capitals, and over several lines", () => {
    expect(mean("/ME waves\nand waits")).toEqual({ kind: "action", text: "waves\nand waits" });
  });

  it("tells several people, however the commas stand", () => {
    const told = { kind: "tell", names: ["ann", "bob"], text: "lunch, now?" };
    expect(mean("/msg ann,bob lunch, now?")).toEqual(told);
    expect(mean("/msg ann, @bob lunch, now?")).toEqual(told);
    expect(mean("/msg #cake hi")).toEqual({ kind: "say", room: "#cake", text: "hi" });
    expect(mean("/msg ann,").kind).toBe("misuse");
    expect(mean("/msg ann").kind).toBe("misuse");
  });

  it("is about the room where it is written, unless it names another", () => {
    expect(asked("/topic")).toEqual({ type: "find_topic", room: "#tea" });
    expect(asked("/topic all about tea")).toEqual({ type: "set_topic", room: "#tea", text: "all about tea" });
    expect(asked("/topic #cake -")).toEqual({ type: "set_topic", room: "#cake", text: "" });
    expect(asked("/notify Mentions")).toEqual({ type: "set_level", room: "#tea", level: "mentions" });
    expect(asked("/notify @ann off")).toEqual({ type: "set_level", room: "@ann", level: "nothing" });
    expect(mean("/notify loudly")).toMatchObject({ kind: "misuse" });
    expect(asked("/leave")).toEqual({ type: "leave", room: "#tea" });
    expect(asked("/leave cake")).toEqual({ type: "leave", room: "#cake" });
    expect(asked("/leave good night")).toEqual({ type: "leave", room: "#tea", reason: "good night" });
    expect(mean("/join cake")).toEqual({ kind: "join", room: "#cake", key: "" });
  });

  it("takes how long something is to last", () => {
    expect(asked("/block bob for 2h silently")).toEqual({
      type: "block",
      names: ["bob"],
      silent: true,
      seconds: 7_200,
    });
    expect(asked("/mute bob for 10 minutes too loud")).toMatchObject({ seconds: 600, reason: "too loud" });
    expect(asked("/ban bob for good")).toMatchObject({ seconds: null, reason: "for good" });
    expect(asked("/ban bob rude for 2h")).toMatchObject({ seconds: null, reason: "rude for 2h" });
    expect(mean("/ban bob for 2x")).toMatchObject({ kind: "misuse", sentence: "2x" });
    expect(mean("/block silently bob").kind).toBe("misuse");
  });

  it("takes the beginning of a role", () => {
    expect(asked("/role bob mod")).toMatchObject({ type: "set_role", name: "bob", role: "moderator" });
    expect(mean("/role bob m").kind).toBe("misuse");
  });
});
