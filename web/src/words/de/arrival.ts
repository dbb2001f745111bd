import type { arrival as english } from "../en/arrival";

export const arrival: typeof english = {
  connecting: (name) => (name ? `Komme zurück als ${name} …` : "Verbinde …"),
  someoneElse: "Als jemand anderes hereinkommen",
  offline: (seconds) =>
    seconds > 0
      ? `Der Server antwortet nicht. Neuer Versuch in ${seconds} s.`
      : "Versuche, den Server zu erreichen …",
  strangers: (origin) =>
    `Ein Server lässt Seiten anderer Server nur ein, wenn sein Betreiber es erlaubt: origins = ["${origin}"] in seinen Einstellungen.`,
  loggedIn: (name) => `Du bist als ${name} angemeldet.`,
  alreadyIn: (name) => `Du bist schon da, als ${name}. Gib den Link jemand anderem.`,
};
