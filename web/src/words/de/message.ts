import type { message as english } from "../en/message";

const ROLES: Readonly<Record<string, string>> = {
  speaker: "die, die sprechen dürfen",
  assistant: "Helfer",
  moderator: "Moderatoren",
  deputy: "Stellvertreter",
  owner: "Besitzer",
};

export const message: typeof english = {
  you: "du",
  hidden: "Verborgen. Zeigen",
  code: (language) => (language ? `Code in ${language}` : "Code"),
  copyCode: "Kopieren",
  copied: "Kopiert",
  toEveryone: "an alle",
  onlyTo: (role) => `nur an ${ROLES[role] ?? role}`,
  notice: "Hinweis",
  edited: "bearbeitet",
  editedAt: (time) => `Bearbeitet ${time}. Zeigen, was vorher da stand`,
  answers: "Antwortet auf",
  earlierMessage: "Eine frühere Nachricht",
  showPicture: (name) => `${name} zeigen`,
  save: (name) => `${name} sichern`,
  reactions: "Reaktionen",
  more: (count) => `+${count}`,
  replies: (count) => (count === 1 ? "1 Antwort" : `${count} Antworten`),
  unreadReplies: (count) => `${count} neu`,
  lastReply: (time) => `letzte ${time}`,
  pinned: "angeheftet",
  because: (reason) => `: ${reason}`,
  erased: "Diese Nachricht wird nicht mehr aufbewahrt.",
};
