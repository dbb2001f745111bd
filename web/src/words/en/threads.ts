export const threads = {
  heading: (room: string) => `Thread in ${room}`,
  messages: "Messages of the thread",
  replies: (count: number) => (count === 0 ? "No replies yet" : count === 1 ? "1 reply" : `${count} replies`),
  earlier: "Earlier replies",
  write: "Reply in this thread",
  follow: "Follow",
  following: "Following",
  pins: (room: string) => `Pinned in ${room}`,
  noPins: "Nothing is pinned here. What everybody should find again can be pinned from a message’s menu.",
  pinnedBy: (name: string) => `Pinned by ${name}`,
  jump: "Show",
  unpin: "Unpin",
};
