import { ahead } from "../../lib/ago";

/** What is said in lists of people and things that are looked after. */
export const lists = {
  add: "Add",
  done: "Done",
  once: "Shown this once",
  targets:
    "A name; a pattern such as spam*; accounts, account:bob or account:*; a mask, *!*@host; an address or a network such as 192.0.2.0/24.",
  reason: "Why",
  howLong: "For how long",
  by: (name: string) => `by ${name}`,
  until: (seconds: number) => `ends ${ahead(seconds, "en")}`,
  added: (whom: string) => `${whom} is on the list.`,
  removed: (whom: string) => `${whom} is off the list.`,
  remove: (whom: string) => `Take ${whom} off the list`,
};
