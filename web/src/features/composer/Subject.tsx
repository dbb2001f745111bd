import { useWatched } from "../../lib/useWatched";
import type { Desk } from "../../model/desk";
import type { Room } from "../../model/room";
import { Late } from "../../ui/Late";
import { subjectBar } from "./parts";

const editingOf = (desk: Desk) => desk.editing;
const replyingOf = (desk: Desk) => desk.replyingTo;

/** Which message is edited or answered, if one is. */
export function Subject({ room, desk }: { room: Room; desk: Desk }) {
  const editing = useWatched(desk, editingOf);
  const replyingTo = useWatched(desk, replyingOf);
  const message = editing || replyingTo;
  if (message === "") return null;
  return <Late part={subjectBar} props={{ room, desk, message, isEdited: editing !== "" }} />;
}
