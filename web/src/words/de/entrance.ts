import type { entrance as english } from "../en/entrance";

export const entrance: typeof english = {
  heading: "Komm herein",
  lead: "Ein Name genügt. Andere sehen ihn; niemand sonst kann ihn nehmen, solange du da bist.",
  name: "Dein Name",
  enter: "Eintreten",
  entering: "Trete ein …",
  take: (name) => `Stattdessen ${name} nehmen`,
};
