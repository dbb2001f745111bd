import type { entrance as english } from "../en/entrance";

export const entrance: typeof english = {
  heading: "Komm herein",
  invited: "Du bist eingeladen",
  claiming: "Dieser Server gehört dir",
  expired: "Willkommen zurück",
  device: "Dieses Gerät anmelden",
  at: (host) => `Du stehst vor der Tür von ${host}`,
  ways: "Wie du hereinkommst",
  guest: "Gast",
  logIn: "Anmelden",
  register: "Neues Konto",
  lead: "Ein Name genügt. Er gehört dir, solange du da bist, und ist wieder frei, wenn du gehst.",
  logInLead:
    "Deine Räume, deine Gespräche und was du noch nicht gelesen hast: alles, wo du es gelassen hast.",
  registerLead:
    "Ein Konto bewahrt deinen Namen und deine Räume, auf jedem Gerät und auch, während du weg bist.",
  invitedLead: "Wähle einen Namen und ein Passwort, und das Konto gehört dir.",
  claimLead:
    "Noch gehört er niemandem. Wer durch diesen Link hereinkommt, besitzt ihn: eröffne ein Konto, oder melde dich mit deinem an.",
  deviceLead:
    "Du wirst hier angemeldet als die Person, die dir den Link gezeigt hat. Er gilt einmal, ein paar Minuten.",
  name: "Dein Name",
  accountName: "Name",
  password: "Passwort",
  newPassword: "Wähle ein Passwort",
  newPasswordHint: "Acht Zeichen oder mehr. Vier Wörter hintereinander merkt man sich leicht.",
  code: "Einladung",
  codeHint: "Der Code, den dir ein Mitglied gegeben hat.",
  enter: "Eintreten",
  enterLogIn: "Anmelden",
  enterRegister: "Konto eröffnen",
  enterClaim: "Server übernehmen",
  enterDevice: "Hier anmelden",
  entering: "Trete ein …",
  take: (name) => `Stattdessen ${name} nehmen`,
  itIsMine: (name) => `Ich bin ${name}: anmelden`,
  noAccount: "Noch kein Konto? Eröffne eines.",
  onlyAccounts: "Hier kommen nur Leute mit Konto herein.",
  onlyInvited:
    "Konten werden hier auf Einladung eröffnet. Bitte ein Mitglied um einen Link, oder gib den Code von deinem ein.",
  badInvitation: "Wer dich eingeladen hat, kann einen neuen Link machen.",
  badClaim:
    "Der Server druckt bei jedem Start einen neuen Link, und nur der letzte gilt. Starte ihn neu, um einen zu bekommen.",
  badDevice:
    "Öffne „Ein weiteres Gerät anmelden“ noch einmal dort, wo du angemeldet bist, und lies das neue Bild ein.",
  unsafe:
    "Diese Verbindung ist nicht verschlüsselt, deshalb nimmt der Server keine Passwörter an: Andere könnten deines lesen.",
  goEncrypted: "Verschlüsselt öffnen",
  unsafeHint:
    "Vielleicht warnt dein Browser, dass er das Zertifikat nicht kennt. Der Server hat dessen Fingerabdruck gedruckt.",
  moreWays: "Andere Wege: netcat, telnet, IRC",
  remove: "Dieses Konto nicht hinzufügen",
  forget: "Dieses Konto vergessen",
  sceneCaption: "Ein Gespräch, womit du auch kommst: Browser, Terminal oder IRC.",
  sceneFirst: "Tee um vier?",
  sceneSecond: "Ich bringe Kuchen",
  sceneThird: "Bin unterwegs!",
};
