export const rooms = {
  rooms: "Rooms",
  people: "Conversations",
  unread: (count: number) => (count === 1 ? "1 unread message" : `${count} unread messages`),
  mentions: (count: number) => (count === 1 ? "1 mention" : `${count} mentions`),
  members: (count: number) => (count === 1 ? "1 member" : `${count} members`),
  menu: "Show the rooms",
};
