interface Removal {
  room: string;
  name: string;
  reason?: string;
  is_banned?: boolean;
}

const because = (reason: string | undefined) => (reason ? `: ${reason}` : ".");

export const sidebar = {
  rooms: "Rooms",
  people: "Conversations",
  pinned: "Pinned",
  go: "Go to …",
  noRooms: "You are in no room. Find one with +",
  noPeople: "Write to somebody alone, or to a few, with +",
  addRoom: "Find or make a room",
  addPeople: "Begin a conversation",
  browse: "Browse rooms",
  newRoom: "New room",
  newConversation: "New conversation",
  tellSeveral: "Send to several people",
  kinds: {
    group: "Group:",
    archived: "Archived room:",
    private: "Private room:",
    announcement: "Announcements:",
    public: "",
  },
  here: "online",
  gone: "offline",
  away: (why: string) => (why ? `away: ${why}` : "away"),
  guest: "guest",
  calls: (count: number): string => (count === 1 ? "message for you" : "messages for you"),
  unread: "unread",
  draft: "draft",
  isMuted: "muted",
  actionsOf: (room: string) => `What to do with ${room}`,
  markRead: "Mark as read",
  pin: "Pin to the top",
  unpin: "Unpin",
  moveUp: "Move up",
  moveDown: "Move down",
  mute: "Mute",
  unmute: "Unmute",
  copyLink: "Copy link",
  linkCopied: "The link is copied.",
  settings: "Settings",
  leave: "Leave",
  leaveTitle: (room: string) => `Leave ${room}?`,
  leaveGroup: "The others go on without you. To come back, one of them has to take you in again.",
  leavePrivate: "The room is private: to come back you have to be invited.",
  leavePublic: "You hear nothing of it any more. You can come back at any time.",
  leaveAsGuest: "As a guest you give up what you are there: a room that you own is nobody’s then.",
  left: (room: string) => `You have left ${room}.`,
  you: (name: string, state: string) => `${name} ${state}: your account and presence`,
  goAway: "Be away",
  changeAway: "Change what is told",
  comeBack: "I am back",
  isAway: "Whoever writes to you is told that you are away.",
  isBack: "You are there again.",
  awayTitle: "Be away",
  awayMessage: "What is to be told?",
  awayHint: "Others see it beside your name, and whoever writes to you alone is told.",
  awayExample: "Back at two",
  account: "Account and settings",
  administration: "Administration",
  logOut: "Log out",
  logOutTitle: "Log out?",
  logOutAccount: "Your rooms and messages stay. You come back with your name and password.",
  logOutGuest: (name: string) =>
    `You are a guest: your rooms forget you, and anybody may be called ${name} then. An account keeps both.`,
  logOutWaiting: (count: number) =>
    count === 1
      ? "1 message is not sent yet, and will be lost."
      : `${count} messages are not sent yet, and will be lost.`,
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
