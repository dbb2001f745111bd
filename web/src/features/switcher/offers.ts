/** Offers: everywhere that one can go from here, and everything that can be done. */
import { type Match, match } from "../../lib/ranking";
import { peopleIn } from "../../model/people";
import type { Place } from "../../model/place";
import type { Room } from "../../model/room";
import type { AnswerOf } from "../../wire/kinds";

export type OfferKind = "room" | "conversation" | "person" | "elsewhere" | "command";

export interface Offer {
  readonly key: string;
  readonly kind: OfferKind;
  /** `#tea`, `@bob`, or what a command is called. */
  readonly name: string;
  /** What it is about. */
  readonly about: string;
  readonly unread: number;
  /** How much of that calls one. */
  readonly loud: number;
  /** How likely it is meant, before anything is written. */
  readonly weight: number;
}

export interface Found extends Offer {
  readonly match: Match;
}

const QUIET = { about: "", unread: 0, loud: 0 };

/** More than fit on a screen or two help nobody: one writes another letter. */
const MOST = 40;

/** Rooms and conversations that one is in, and the people one has met in them. */
export function offersIn(place: Place, visits: readonly string[]): Offer[] {
  const rooms = [...place.rooms.values()].filter((room) => room.kind === "channel" || room.kind === "direct");
  const names = peopleIn(place).filter((name) => place.find(`@${name}`) === undefined);
  return [...rooms.map((room) => offerOf(room, visits)), ...names.map(offerOfPerson)];
}

/** Rooms that one is not in. */
export function offersElsewhere(rooms: AnswerOf<"room_list">["rooms"]): Offer[] {
  return rooms
    .filter((room) => !room.joined && !room.is_archived)
    .map(({ name, topic }) => ({
      ...QUIET,
      key: `elsewhere ${name}`,
      kind: "elsewhere",
      name,
      about: topic,
      weight: -20,
    }));
}

/** What can be done from anywhere, by what it is called. */
export function offersOfCommands(names: Readonly<Record<string, string>>): Offer[] {
  return Object.entries(names).map(([key, name]) => ({
    ...QUIET,
    key,
    kind: "command",
    name,
    weight: -40,
  }));
}

/** Return what fits what was written, the likeliest first. `#` and `@` mean rooms and people only, `>` commands. */
export function choose(offers: readonly Offer[], written: string): Found[] {
  const wants = written.startsWith(">") ? "commands" : /^[#@]/.test(written) ? "places" : "all";
  const text = wants === "commands" ? written.slice(1) : written;
  // Before anything is written, what one knows is offered, not all there is.
  const isEmpty = wants === "all" && text.trim() === "";
  const found = offers.flatMap((offer) => {
    if (wants !== "all" && (wants === "commands") !== (offer.kind === "command")) return [];
    if (isEmpty && (offer.kind === "elsewhere" || offer.kind === "person")) return [];
    const fit = match(offer.name, text);
    return fit ? [{ ...offer, match: fit }] : [];
  });
  return found.sort(compare).slice(0, MOST);
}

function compare(one: Found, other: Found): number {
  const difference = other.match.score + other.weight - one.match.score - one.weight;
  return difference || one.name.localeCompare(other.name);
}

function offerOf(room: Room, visits: readonly string[]): Offer {
  const { count, mentions } = room.unread;
  const isDirect = room.kind === "direct";
  return {
    key: String(room.id),
    kind: isDirect ? "conversation" : "room",
    name: room.name,
    about: room.topic?.text ?? "",
    unread: count,
    loud: isDirect ? count : mentions,
    weight: weightOf(room, visits.indexOf(room.name)),
  };
}

/** Unread first; where one was before comes before the rest, and where one is, last. */
function weightOf(room: Room, visit: number): number {
  const { count, mentions } = room.unread;
  const isLoud = mentions > 0 || (room.kind === "direct" && count > 0);
  const recent = visit === 0 ? -30 : visit > 0 ? 30 - visit : 0;
  return (isLoud ? 80 : count > 0 ? 40 : 0) + recent;
}

function offerOfPerson(name: string): Offer {
  return { ...QUIET, key: `person ${name}`, kind: "person", name: `@${name}`, weight: -10 };
}
