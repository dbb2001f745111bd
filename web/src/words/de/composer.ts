import type { composer as english } from "../en/composer";

export const composer: typeof english = {
  write: (room) => `An ${room} schreiben`,
  send: "Senden",
};
