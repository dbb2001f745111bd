import type { header as english } from "../en/header";

export const header: typeof english = {
  topic: "Thema",
  topicBy: (name, time) => `Gesetzt von ${name}, ${time}`,
  changeTopic: "Thema ändern",
  topicHint: "Alle sehen es über dem Raum. Leer heißt: kein Thema.",
  topicChanged: "Das Thema ist geändert.",
  topicLocked: "Nur Assistenten dieses Raums, und wer über ihnen steht, ändern es.",
  save: "Speichern",
  invite: "Leute einladen",
  settings: "Raumeinstellungen",
  export: "Gesagtes exportieren",
  leave: "Verlassen",
  copyLink: "Link kopieren",
  linkCopied: "Der Link ist kopiert.",
};
