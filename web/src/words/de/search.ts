import type { search as english } from "../en/search";

export const search: typeof english = {
  title: "Suche",
  label: "Wonach suchen",
  placeholder: "Wörter, oder from:ann",
  find: "Finden",
  order: "Reihenfolge",
  orders: { newest: "Neueste zuerst", best: "Beste zuerst" },
  operators: "Du kannst schreiben",
  meanings: {
    "from:": "wer es gesagt hat; me für dich selbst",
    "in:#": "nur in diesem Raum",
    "before:": "früher als ein Tag",
    "after:": "später als ein Tag",
    "has:file": "mit Dateien",
    "has:link": "mit einem Link",
    "is:pinned": "angeheftete Nachrichten",
    '"…"': "genau diese Wörter, in dieser Folge",
    "-": "ohne ein Wort",
  },
  recent: "Zuletzt gesucht",
  forget: "Vergessen",
  found: (count, isMore) =>
    isMore ? `${count} gefunden, und mehr` : count === 1 ? "1 gefunden" : `${count} gefunden`,
  nothing: (text) => `Zu ${text} wurde nichts gefunden.`,
  nothingHint:
    "Versuche weniger Wörter oder Teile davon: Drei Buchstaben finden die Wörter, die sie enthalten.",
  incomplete: "Noch konnte nicht alles durchsucht werden. Suche weiter, oder später noch einmal.",
  disconnected: "Es gibt keine Verbindung, und nur der Server kann suchen.",
  again: "Noch einmal",
  more: "Mehr",
  file: "Eine Datei",
};
