import type { notifications as english } from "../en/notifications";

export const notifications: typeof english = {
  title: "Benachrichtigungen",
  invitation: "Jemand hat dich gerufen. Willst du es erfahren, wenn diese Seite nicht vorn ist?",
  turnOn: "Einschalten",
  notNow: "Nicht jetzt",
  on: "Sag Bescheid, wenn ich nicht hinsehe",
  onHint: "Eine Benachrichtigung für jeden Raum; sie geht, wenn du gelesen hast, worum es geht.",
  denied: "Dein Browser lässt diese Seite keine zeigen. Erlaube es dort in den Einstellungen der Seite.",
  impossible: "Dieser Browser zeigt Benachrichtigungen nur von Seiten, die über TLS kommen.",
  sound: "Mit einem Ton",
  soundHint: "Zwei kurze Töne.",
  rooms: "Von welchen Räumen",
  levels: { all: "Alles", mentions: "Wenn ich gerufen werde", nothing: "Nichts" },
  several: (room, count) => `${room} (${count})`,
  file: "Eine Datei",
};
