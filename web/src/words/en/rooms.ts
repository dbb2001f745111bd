export const rooms = {
  members: (count: number) => (count === 1 ? "1 member" : `${count} members`),
  menu: "Show the rooms",
  readTopic: "Read the whole topic",
  noTopic: "Say what this room is about",
  showPins: "Pinned messages",
  searchHere: "Search in this room",
  profile: "Profile",
  more: "More about this room",
  archived: "archived",
};
