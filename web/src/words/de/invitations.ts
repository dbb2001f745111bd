import type { invitations as english } from "../en/invitations";

export const invitations: typeof english = {
  lead: "Wer den Link hat, eröffnet hier ein Konto, und niemand muss es bestätigen.",
  uses: "Für wie viele",
  days: "Für wie lange",
  forDays: { "1": "Einen Tag", "7": "Eine Woche", "30": "Einen Monat", "": "Bis er aufgebraucht ist" },
  label: "Wofür er ist",
  make: "Link machen",
  made: "Deine Einladung",
  madeLead: "Kopiere ihn jetzt: Der Link steht nur dieses eine Mal hier.",
  qr: "QR-Code des Links",
  open: "Offene Einladungen",
  none: "Keine ist offen.",
  usesLeft: (count) => (count === 1 ? "noch für eine Person" : `noch für ${count} Personen`),
  until: (when) => `bis ${when}`,
  noEnd: "ohne Ende",
  revoke: "Widerrufen",
  revokeNamed: (label) => `${label} widerrufen`,
  revoked: "Die Einladung ist nichts mehr wert.",
};
