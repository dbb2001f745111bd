import type { notices as english } from "../en/notices";

const because = (reason: string | undefined) => (reason ? `: ${reason}` : ".");

export const notices: typeof english = {
  join: "Hinein",
  look: "Ansehen",
  letIn: "Hereinlassen",
  invited: (name, room) => `${name} darf nach ${room} kommen.`,
  invitedBy: (name, room) => `${name} lädt dich nach ${room} ein.`,
  asksIn: (name, room, text) => `${name} möchte nach ${room} kommen${because(text)}`,
  removedBy: ({ room, name, reason, is_banned }) =>
    `${name} hat dich aus ${room} entfernt${is_banned ? " und ausgesperrt" : ""}${because(reason)}`,
  gatheredBy: (name) => `${name} hat ein Gespräch mit dir und anderen begonnen.`,
  alertOf: (name, text) => `${name} an alle, die verwalten: ${text}`,
  retitled: (before, after) => `${before} heißt jetzt ${after}.`,
};
