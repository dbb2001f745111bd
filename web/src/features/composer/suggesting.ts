/** Suggesting: what a word that was begun may become, of what is known here. Pure. */
import type { Emoji } from "../../lib/emoji";
import { COMMANDS } from "../../model/commands";
import type { LateWords } from "../../words/words";
import { best, MOST, misfit, type Suggestion, type Token } from "./completion";

/** What there is to be suggested. */
export interface Sources {
  readonly you: string;
  /** In the order in which they are likely to be meant. */
  readonly people: readonly string[];
  /** Why those are away who are. */
  readonly away: ReadonlyMap<string, string>;
  readonly mayCallAll: boolean;
  readonly rooms: readonly { readonly name: string; readonly topic: string }[];
  readonly emoji: readonly Emoji[];
}

const EVERYBODY = "room";

export function suggest(token: Token, sources: Sources, words: LateWords): readonly Suggestion[] {
  switch (token.kind) {
    case "person":
      return suggestPeople(token.query, sources, words);
    case "name":
      return best(token.query, sources.people, (name) => name).map((name) =>
        person(name, name, sources, words),
      );
    case "room":
      return best(token.query, sources.rooms, (room) => room.name.slice(1)).map(({ name, topic }) => ({
        key: name,
        label: name,
        detail: topic,
        insert: `${name} `,
        picture: { kind: "sign", of: "#" },
      }));
    case "emoji":
      return suggestEmoji(token.query, sources.emoji);
    case "command":
      return suggestCommands(token.query, words);
  }
}

function suggestPeople(query: string, sources: Sources, words: LateWords): readonly Suggestion[] {
  const people = best(query, sources.people, (name) => name).map((name) =>
    person(name, `@${name} `, sources, words),
  );
  if (!sources.mayCallAll || misfit(query, EVERYBODY) > 0) return people;
  const everybody: Suggestion = {
    key: "@",
    label: `@${EVERYBODY}`,
    detail: words.composer.everybody,
    insert: `@${EVERYBODY} `,
    picture: { kind: "sign", of: "@" },
  };
  // Nobody is to be called together with all others by a slip of the finger.
  return query === "" ? [...people.slice(0, MOST - 1), everybody] : [everybody, ...people].slice(0, MOST);
}

function person(name: string, insert: string, { you, away }: Sources, { composer }: LateWords): Suggestion {
  const isAway = away.has(name) && (away.get(name) || composer.away);
  const detail = name === you ? composer.yourself : isAway || "";
  return { key: name, label: name, detail, insert, picture: { kind: "person", of: name } };
}

function suggestEmoji(query: string, emoji: readonly Emoji[]): readonly Suggestion[] {
  const scored = emoji
    .map((one) => ({ one, score: emojiMisfit(query, one) }))
    .filter(({ score }) => score < WORST)
    .sort((one, other) => one.score - other.score);
  return scored.slice(0, MOST).map(({ one }) => ({
    key: one.sign,
    label: `:${one.codes[0]}:`,
    detail: one.name,
    insert: `${one.sign} `,
    picture: { kind: "sign", of: one.sign },
  }));
}

const WORST = 100;

/** The shorter of two codes that begin so is meant: `:tea` is `:tea:` before `:teapot:`. */
function emojiMisfit(query: string, { codes, name }: Emoji): number {
  const sought = query.toLowerCase();
  const scores = codes.map((code) => {
    if (code === sought) return 0;
    if (code.startsWith(sought)) return Math.min(1 + code.length / 100, 2);
    return code.includes(sought) ? 3 : WORST;
  });
  return Math.min(...scores, name.toLowerCase().includes(sought) ? 4 : WORST);
}

function suggestCommands(query: string, { commands }: LateWords): readonly Suggestion[] {
  const sought = query.toLowerCase();
  return COMMANDS.filter(({ words }) => words.some((word) => word.startsWith(sought)))
    .slice(0, MOST)
    .map(({ words, usage, help }) => ({
      key: help,
      label: `/${words[0]} ${usage}`.trim(),
      detail: commands.helps[help],
      insert: `/${words[0]}${usage ? " " : ""}`,
      picture: { kind: "sign", of: "/" },
    }));
}
