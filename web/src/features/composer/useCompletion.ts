import { type KeyboardEvent, useEffect, useId, useState } from "react";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { lateWords, useWords } from "../../words/words";
import type { Suggestion, Token } from "./completion";
import { help, loadHelp, wantsHelp } from "./help";
import { useSources } from "./useSources";

export interface Completion {
  /** Where the list is, for `aria-controls`. */
  readonly id: string;
  readonly suggestions: readonly Suggestion[];
  /** Which of them is chosen by Enter. */
  readonly at: number;
  /** Take a key; returns whether it was meant for the list. */
  readonly onKey: (event: KeyboardEvent) => boolean;
  readonly choose: (suggestion: Suggestion) => void;
}

const NOTHING: readonly Suggestion[] = [];

/** Suggest what the word before the caret may become; `replace` puts something in its place. */
export function useCompletion(
  server: Server,
  room: Room,
  text: string,
  caret: number,
  replace: (token: Token, insert: string) => void,
): Completion {
  const id = useId();
  const helping = useHelp(wantsHelp(text, caret));
  const token = caret < 0 ? undefined : helping?.findToken(text, caret);
  const sources = useSources(server, room, token?.kind);
  // Both hold for one word: another one begins anew.
  const [chosen, setChosen] = useState({ word: "", at: 0 });
  const [dismissed, setDismissed] = useState("");
  const word = token ? `${token.kind}${token.start}` : "";
  const sought = token ? `${word}${token.query}` : "";

  const suggestions =
    helping && token && word !== dismissed ? helping.suggest(token, sources, lateWords()) : NOTHING;
  const at = chosen.word === sought ? Math.min(chosen.at, suggestions.length - 1) : 0;

  function choose(suggestion: Suggestion) {
    if (token) replace(token, suggestion.insert);
  }

  function onKey(event: KeyboardEvent): boolean {
    const one = suggestions[at];
    if (one === undefined || event.ctrlKey || event.metaKey || event.altKey) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined)
      setChosen({ word: sought, at: (at + step + suggestions.length) % suggestions.length });
    else if (event.key === "Escape") setDismissed(word);
    else if (takes(event, one, token)) choose(one);
    else return false;
    return true;
  }

  return { id, suggestions, at, onKey, choose };
}

/** What is needed to suggest something, once it is there. */
function useHelp(isWanted: boolean): ReturnType<typeof help> {
  // Drawn again when other words are spoken.
  useWords();
  const [helping, setHelping] = useState(help);
  const isMissing = isWanted && helping === undefined;
  useEffect(() => {
    // Where it cannot be loaded, nothing is suggested.
    if (isMissing)
      loadHelp()
        .then((loaded) => setHelping(loaded))
        .catch(() => undefined);
  }, [isMissing]);
  return helping;
}

const SIGNS: Readonly<Record<Token["kind"], string>> = {
  person: "@",
  room: "#",
  emoji: ":",
  command: "/",
  name: "",
};

/** Whether a key takes what is chosen. What is written out already is sent, not completed. */
function takes(event: KeyboardEvent, one: Suggestion, token: Token | undefined): boolean {
  if (event.shiftKey || token === undefined) return false;
  if (event.key === "Tab") return true;
  const isWhole = one.insert.trim() === `${SIGNS[token.kind]}${token.query}`;
  return event.key === "Enter" && !isWhole;
}
