import type { rooms as english } from "../en/rooms";

export const rooms: typeof english = {
  rooms: "Räume",
  people: "Gespräche",
  unread: (count) => (count === 1 ? "1 ungelesene Nachricht" : `${count} ungelesene Nachrichten`),
  mentions: (count) => (count === 1 ? "1 Erwähnung" : `${count} Erwähnungen`),
  members: (count) => (count === 1 ? "1 Mitglied" : `${count} Mitglieder`),
  menu: "Räume zeigen",
};
