export const connection = {
  doubted: "Nobody can tell whether this was sent before the connection broke.",
  writtenAs: (name: string) => `You wrote this as ${name}.`,
  refusing: (name: string) => `${name} does not take messages from you.`,
  unknown: (name: string) => `Nobody is called ${name}.`,
  offline: "You are offline.",
  expired: (name: string) =>
    name
      ? `You are logged out as ${name}. Log in again; what you have written is kept.`
      : "You are logged out. Log in again; what you have written is kept.",
  outdated: "The server speaks a newer version. Reload the page; what you have written is kept.",
  newer: "A new version is here.",
  reload: "Reload",
  notKept: "This browser keeps nothing of this page: what you have written is lost when you close it.",
  missing: "A part of the page could not be loaded.",
  again: "Try again",
};
