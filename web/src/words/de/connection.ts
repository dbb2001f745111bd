import type { connection as english } from "../en/connection";

export const connection: typeof english = {
  doubted: "Niemand weiß, ob das gesendet wurde, bevor die Verbindung abbrach.",
  writtenAs: (name) => `Das hast du als ${name} geschrieben.`,
  refusing: (name) => `${name} nimmt keine Nachrichten von dir an.`,
  unknown: (name) => `Niemand heißt ${name}.`,
  offline: "Du bist offline.",
  expired: (name) =>
    name
      ? `Du bist nicht mehr als ${name} angemeldet. Melde dich wieder an; was du geschrieben hast, bleibt da.`
      : "Du bist nicht mehr angemeldet. Melde dich wieder an; was du geschrieben hast, bleibt da.",
  outdated: "Der Server spricht eine neuere Version. Lade die Seite neu; was du geschrieben hast, bleibt da.",
  newer: "Es gibt eine neue Version.",
  reload: "Neu laden",
  notKept:
    "Dieser Browser behält nichts von dieser Seite: Was du geschrieben hast, ist weg, wenn du sie schließt.",
  missing: "Ein Teil der Seite konnte nicht geladen werden.",
  again: "Noch einmal versuchen",
};
