import type { timeline as english } from "../en/timeline";

export const timeline: typeof english = {
  messages: (room) => `Nachrichten in ${room}`,
  empty: "Hier wurde noch nichts gesagt. Mach den Anfang.",
  beginning: (room) => `Hier beginnt ${room}.`,
  joined: (names) => `${names} kam herein`,
  left: (names) => `${names} ging`,
  renamed: (before, after) => `${before} heißt jetzt ${after}`,
  topicSet: (name, topic) => `${name} hat das Thema gesetzt: ${topic}`,
  topicTaken: (name) => `${name} hat das Thema entfernt`,
  removed: (name) => `${name} hat diese Nachricht gelöscht`,
  removedBy: (by) => `Gelöscht von ${by}`,
  edited: "bearbeitet",
  sending: "Wird gesendet …",
  waiting: "Wartet auf die Verbindung",
  refused: (reason) => `Nicht gesendet: ${reason}`,
  retry: "Noch einmal",
  discard: "Verwerfen",
};
