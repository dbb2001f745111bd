/** What may be done with the room that is shown, and what it is about. */
export const header = {
  topic: "Topic",
  topicBy: (name: string, time: string) => `Set by ${name}, ${time}`,
  changeTopic: "Change the topic",
  topicHint: "Everybody sees it above the room. Empty takes it away.",
  topicChanged: "The topic is changed.",
  topicLocked: "Only assistants of this room, and those above them, change it.",
  save: "Save",
  invite: "Invite people",
  settings: "Room settings",
  export: "Export what was said",
  leave: "Leave",
  copyLink: "Copy link",
  linkCopied: "The link is copied.",
};
