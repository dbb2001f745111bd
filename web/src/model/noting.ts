/** Noting: what an answer tells of a place, besides what its asker wanted. */
import type { Answer, Request } from "../wire/kinds";
import type { Place } from "./place";

/** Return what takes note of the answer to a request that is about to be asked. */
export function noteAnswer(place: Place, request: Request): (answer: Answer) => void {
  const isMark = request.type === "mark_read" || request.type === "mark_message";
  const marks = isMark ? place.marks() : undefined;
  return (answer) => {
    if (answer.type === "members")
      place.meet(answer, request.type === "list_members" && !request.skip && !answer.more);
    // Only one's other connections are told. Whoever has read on meanwhile has not read less.
    if (answer.type === "marked" && marks?.get(answer.room) === place.marks().get(answer.room))
      place.markRead(answer.room, answer.thread, answer.seq);
  };
}
