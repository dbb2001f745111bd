import type { general as english } from "../en/general";

export const general: typeof english = {
  name: "hubbub",
  close: "Schließen",
  cancel: "Abbrechen",
  save: "Speichern",
  copy: "Kopieren",
  showPassword: "Passwort zeigen",
  capsLock: "Die Feststelltaste ist an.",
  back: "Zurück",
  retry: "Jetzt versuchen",
  connecting: "Verbinde …",
  loading: "Lädt …",
  noConnection: "Keine Verbindung.",
  againIn: (seconds) => `Nächster Versuch in ${seconds} s`,
  tryingAgain: "Neuer Versuch …",
  onlineAgain: "Wieder verbunden. Es fehlt nichts.",
  noRoom: "Du bist noch in keinem Raum. Tritt einem bei, oder eröffne einen.",
  broken: "Auf dieser Seite ist uns ein Fehler passiert",
  brokenHint:
    "Was du geschrieben hast, bleibt da. Lade die Seite neu; hilft das nicht, dann sag denen, die diesen Server betreiben, was unten steht.",
  reload: "Seite neu laden",
  copyDetails: "Einzelheiten kopieren",
  copied: "Kopiert.",
  details: "Einzelheiten",
  skipToComposer: "Zum Schreiben springen",
};
