/** How a message looks after what was done to it: the same rules as `core/revising.py`, on the same vectors. Pure. */
import type { EventOf, HubEvent, HubRecord, Note } from "../wire/kinds";

const NO_NOTE: Note = {};

/** Return which earlier messages of its room look different after a record. */
export function revisedBy(record: HubRecord): readonly number[] {
  const event = record.event;
  switch (event.type) {
    case "said":
      return before(record.seq, [event.thread ?? 0]);
    case "deleted":
      return before(record.seq, [event.message, event.thread ?? 0]);
    case "edited":
    case "reacted":
    case "unreacted":
      return before(record.seq, [event.message]);
    default:
      return [];
  }
}

function before(seq: number, subjects: number[]): number[] {
  return subjects.filter(
    (subject, place) => subject > 0 && subject < seq && subjects.indexOf(subject) === place,
  );
}

/** Return how a message looks after a record that is about it; `message` is as it looked before. */
export function revise(message: HubRecord, change: HubRecord): HubRecord {
  const note = message.note ?? NO_NOTE;
  const event = change.event;
  if ((event.type === "said" || event.type === "deleted") && message.seq === (event.thread ?? 0)) {
    return { ...message, note: countReply(note, change) };
  }
  if (message.event.type === "confided" && event.type === "deleted") return remove(message, note, event);
  if (!isMessage(message.event)) return message; // it was deleted before
  switch (event.type) {
    case "edited":
      return edit(message, message.event, note, change, event.text);
    case "deleted":
      return remove(message, note, event);
    case "reacted":
      return { ...message, note: addReaction(note, event.reaction, event.author, event.name) };
    case "unreacted":
      return { ...message, note: takeReaction(note, event.reaction, event.author) };
    default:
      return message;
  }
}

/** Whether an event is something that was said. */
export function isMessage(event: HubEvent): event is EventOf<"said"> | EventOf<"announced"> {
  return event.type === "said" || event.type === "announced";
}

function countReply(note: Note, change: HubRecord): Note {
  const replies = note.replies ?? 0;
  if (change.event.type === "said") return { ...note, replies: replies + 1, last_reply: change.seq };
  return { ...note, replies: Math.max(0, replies - 1) };
}

function edit(
  message: HubRecord,
  said: EventOf<"said"> | EventOf<"announced">,
  note: Note,
  change: HubRecord,
  text: string,
): HubRecord {
  if (text === "") return message;
  const version = { text: said.text, time_ms: note.edited_ms || message.time_ms };
  const revised: Note = {
    ...note,
    versions: [...(note.versions ?? []), version],
    text,
    edited_ms: change.time_ms,
    edits: [...(note.edits ?? []), change.seq],
  };
  return { ...message, event: { ...said, text }, note: revised };
}

function remove(message: HubRecord, note: Note, event: EventOf<"deleted">): HubRecord {
  const removed: EventOf<"removed"> = { type: "removed", author: event.writer, name: event.writer_name };
  if (event.author !== event.writer) removed.by = event.name;
  if (event.reason) removed.reason = event.reason;
  const { note: _, ...bare } = message;
  if (!note.replies) return { ...bare, event: removed };
  return { ...bare, event: removed, note: { replies: note.replies, last_reply: note.last_reply ?? 0 } };
}

function addReaction(note: Note, reaction: string, author: string, name: string): Note {
  const reactors = { ...note.reactions?.[reaction], [author]: name };
  return { ...note, reactions: { ...note.reactions, [reaction]: reactors } };
}

function takeReaction(note: Note, reaction: string, author: string): Note {
  const { [author]: _, ...reactors } = note.reactions?.[reaction] ?? {};
  const { [reaction]: __, ...others } = note.reactions ?? {};
  if (Object.keys(reactors).length === 0) return { ...note, reactions: others };
  return { ...note, reactions: { ...note.reactions, [reaction]: reactors } };
}
