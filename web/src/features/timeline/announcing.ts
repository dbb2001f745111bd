/** What is told to whoever hears the page instead of seeing it. Pure. */
import { isolate } from "../../lib/bidi";
import { hush } from "../../lib/markdown/veil";
import { isMessage } from "../../model/revising";
import type { HubRecord } from "../../wire/kinds";
import type { Words } from "../../words/words";

/** Longer messages are read at the message. */
const LONGEST = 240;

/** Return what to say of messages that came since it was said last; empty where nothing is to be said. */
export function announce(records: readonly HubRecord[], you: string, words: Words["timeline"]): string {
  const others = records.filter(({ event }) => isMessage(event) && event.author !== you);
  const [first] = others;
  if (first === undefined || !isMessage(first.event)) return "";
  if (others.length > 1) return words.newMessages(others.length);
  const { name, text } = first.event;
  return `${isolate(name)}: ${clip(text)}`;
}

/** Return the beginning of a text, if it is a long one, without what is hidden in it. */
export function clip(text: string): string {
  const heard = hush(text);
  return heard.length > LONGEST ? `${heard.slice(0, LONGEST)} …` : heard;
}
