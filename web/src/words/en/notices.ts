interface Removal {
  room: string;
  name: string;
  reason?: string;
  is_banned?: boolean;
}

const because = (reason: string | undefined) => (reason ? `: ${reason}` : ".");

/** What others do with one's rooms and oneself. */
export const notices = {
  join: "Come in",
  look: "Look",
  letIn: "Let in",
  invited: (name: string, room: string) => `${name} may come into ${room}.`,
  invitedBy: (name: string, room: string) => `${name} invites you into ${room}.`,
  asksIn: (name: string, room: string, text: string) =>
    `${name} would like to come into ${room}${because(text)}`,
  removedBy: ({ room, name, reason, is_banned }: Removal) =>
    `${name} has put you out of ${room}${is_banned ? " and keeps you out" : ""}${because(reason)}`,
  gatheredBy: (name: string) => `${name} has begun a conversation with you and others.`,
  alertOf: (name: string, text: string) => `${name}, to all administrators: ${text}`,
  retitled: (before: string, after: string) => `${before} is called ${after} now.`,
};
