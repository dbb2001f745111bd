export const composer = {
  write: (room: string) => `Write to ${room}`,
  send: "Send",
};
