import type { threads as english } from "../en/threads";

export const threads: typeof english = {
  heading: (room) => `Thread in ${room}`,
  messages: "Nachrichten des Threads",
  replies: (count) =>
    count === 0 ? "Noch keine Antworten" : count === 1 ? "1 Antwort" : `${count} Antworten`,
  earlier: "Frühere Antworten",
  write: "In diesem Thread antworten",
  follow: "Folgen",
  following: "Du folgst",
  pins: (room) => `Angeheftet in ${room}`,
  noPins:
    "Hier ist nichts angeheftet. Was alle wiederfinden sollen, lässt sich im Menü einer Nachricht anheften.",
  pinnedBy: (name) => `Angeheftet von ${name}`,
  jump: "Zeigen",
  unpin: "Nicht mehr anheften",
};
