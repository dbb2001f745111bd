/** What is said to whoever comes back, before he is in and just after. */
export const arrival = {
  connecting: (name: string) => (name ? `Coming back as ${name} …` : "Connecting …"),
  someoneElse: "Come in as somebody else",
  offline: (seconds: number) =>
    seconds > 0
      ? `The server does not answer. Trying again in ${seconds} s.`
      : "Trying to reach the server …",
  strangers: (origin: string) =>
    `A server takes pages of other servers only where its operator allows it: origins = ["${origin}"] in its settings.`,
  loggedIn: (name: string) => `You are logged in as ${name}.`,
  alreadyIn: (name: string) => `You are here already, as ${name}. Give the link to somebody else.`,
};
