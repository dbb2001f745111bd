import type { general as english } from "../en/general";

export const general: typeof english = {
  name: "hubbub",
  close: "Schließen",
  cancel: "Abbrechen",
  back: "Zurück",
  retry: "Jetzt versuchen",
  connecting: "Verbinde …",
  loading: "Lädt …",
  lost: (seconds) =>
    seconds > 0 ? `Keine Verbindung. Nächster Versuch in ${seconds} s` : "Keine Verbindung. Neuer Versuch …",
  skipToComposer: "Zum Schreiben springen",
};
