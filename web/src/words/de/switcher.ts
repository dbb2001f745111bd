import type { switcher as english } from "../en/switcher";

export const switcher: typeof english = {
  title: "Gehe zu",
  placeholder: "Ein Raum, ein Mensch, oder > und ein Befehl",
  offers: "Wohin du gehen kannst",
  nothing: (written) => `Nichts hier heißt so ähnlich wie ${written}.`,
  found: (count) => (count === 1 ? "1 zur Auswahl" : `${count} zur Auswahl`),
  unread: (count) => `${count} neu`,
  kinds: {
    room: "Raum",
    conversation: "Gespräch",
    person: "Mensch",
    elsewhere: "Beitreten",
    command: "Befehl",
  },
  commands: {
    account: "Einstellungen",
    "new-room": "Neuer Raum",
    browse: "Räume durchsehen",
    talk: "Neues Gespräch",
    search: "Suchen",
    notifications: "Benachrichtigungen",
    shortcuts: "Tastenkürzel",
    light: "Helle Farben",
    dark: "Dunkle Farben",
    system: "Farben wie im System",
    read: "Alles als gelesen markieren",
  },
};
