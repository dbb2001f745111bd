import type { menus as english } from "../en/menus";

export const menus: typeof english = {
  markRead: "Als gelesen markieren",
  pin: "Oben anheften",
  unpin: "Nicht mehr anheften",
  moveUp: "Nach oben",
  moveDown: "Nach unten",
  levelsTitle: "Benachrichtigungen",
  levels: { all: "Alles", mentions: "Wenn ich gerufen werde", nothing: "Nichts: stumm" },
  copyLink: "Link kopieren",
  linkCopied: "Der Link ist kopiert.",
  settings: "Einstellungen",
  leave: "Verlassen",
  leaveTitle: (room) => `${room} verlassen?`,
  leaveGroup:
    "Die anderen sprechen ohne dich weiter. Zurück kommst du nur, wenn dich jemand wieder aufnimmt.",
  leavePrivate: "Der Raum ist privat: Zurück kommst du nur, wenn dich jemand einlädt.",
  leavePublic: "Du hörst nichts mehr davon. Zurückkommen kannst du jederzeit.",
  leaveAsGuest: "Als Gast gibst du auf, was du dort bist: Ein Raum, der dir gehört, gehört dann niemandem.",
  left: (room) => `Du hast ${room} verlassen.`,
  goAway: "Abwesend sein",
  changeAway: "Ändern, was gesagt wird",
  comeBack: "Ich bin zurück",
  isAway: "Wer dir schreibt, erfährt, dass du abwesend bist.",
  isBack: "Du bist wieder da.",
  awayTitle: "Abwesend sein",
  awayMessage: "Was soll gesagt werden?",
  awayHint: "Andere sehen es neben deinem Namen, und wer dir allein schreibt, erfährt es.",
  awayExample: "Um zwei zurück",
  account: "Konto und Einstellungen",
  administration: "Verwaltung",
  logOut: "Abmelden",
  logOutTitle: "Abmelden?",
  logOutAccount: "Deine Räume und Nachrichten bleiben. Mit Name und Passwort kommst du zurück.",
  logOutGuest: (name) =>
    `Du bist Gast: Deine Räume vergessen dich, und jeder darf dann ${name} heißen. Ein Konto bewahrt beides.`,
  logOutWaiting: (count) =>
    count === 1
      ? "1 Nachricht ist noch nicht gesendet und geht verloren."
      : `${count} Nachrichten sind noch nicht gesendet und gehen verloren.`,
};
