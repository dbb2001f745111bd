/** What a message says as a tree: read once for each record, however often that is drawn. */
import { useMemo } from "react";
import { type Called, findCalls } from "../../lib/markdown/calls";
import { asWritten, asYetUnread, mayBeMarked } from "../../lib/markdown/plain";
import type { Tree } from "../../lib/markdown/tree";
import { usePart } from "../../lib/parts";
import type { Place } from "../../model/place";
import { isMessage } from "../../model/revising";
import type { HubEvent, HubRecord } from "../../wire/kinds";
import { marks } from "./parts";

const parsed = new WeakMap<HubRecord, Tree>();

/** Return the tree of a message; in a room where nothing is a mark, `isPlain`, the text as it is written. */
export function useTree(record: HubRecord, text: string, place: Place, isPlain: boolean): Tree {
  const parse = usePart(marks, !isPlain && mayBeMarked(text))?.parseText;
  return useMemo(
    () => (isPlain ? asWritten(text) : findCalls(read(record, text, parse), calledBy(record.event, place))),
    [record, text, place, isPlain, parse],
  );
}

/** Read the marks of messages that are about to be drawn, where what reads them is there. */
export function readAhead(records: readonly HubRecord[]): void {
  const parse = marks.current()?.parseText;
  for (const record of records) if (isMessage(record.event)) read(record, record.event.text, parse);
}

function read(record: HubRecord, text: string, parse: ((text: string) => Tree) | undefined): Tree {
  if (!mayBeMarked(text)) return asWritten(text);
  if (parse === undefined) return asYetUnread(text);
  const known = parsed.get(record);
  const tree = known ?? parse(text);
  if (known === undefined) parsed.set(record, tree);
  return tree;
}

/** Who and what is called by a message: it tells the ids of those, and the words tell what they were called. */
function calledBy(event: HubEvent, place: Place): Called {
  const { mentions = [], calls_all: callsAll = false } = event.type === "said" ? event : {};
  const { id, name } = place.you;
  return {
    isCalled: (word) => {
      if (word.toLowerCase() === "room") return callsAll;
      return isSame(word, name) ? mentions.includes(id) : mentions.some((one) => one !== id);
    },
    // `#1` is what people write of tickets; a room is called so only if one is in it.
    isRoom: (room) => /^#\p{L}/u.test(room) || place.find(room) !== undefined,
  };
}

/** Whether two names are the same; near enough for what is only shown. */
export function isSame(one: string, other: string): boolean {
  return one.normalize("NFKC").toLowerCase() === other.normalize("NFKC").toLowerCase();
}
