import type { rooms as english } from "../en/rooms";

export const rooms: typeof english = {
  members: (count) => (count === 1 ? "1 Mitglied" : `${count} Mitglieder`),
  menu: "Räume zeigen",
  readTopic: "Das ganze Thema lesen",
  noTopic: "Sag, worum es in diesem Raum geht",
  showPins: "Angeheftete Nachrichten",
  searchHere: "In diesem Raum suchen",
  profile: "Profil",
  more: "Mehr zu diesem Raum",
  archived: "archiviert",
};
