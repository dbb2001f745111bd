import type { admin as english } from "../en/admin";

export const admin: typeof english = {
  title: "Verwaltung",
  tabs: {
    people: "Leute",
    bans: "Serversperren",
    invitations: "Einladungen",
    rooms: "Räume",
    audit: "Protokoll",
    server: "Server",
  },
  notYours: "Das darf nur, wer diesen Server verwaltet.",
  findPeople: "Jemanden finden",
  findPeopleHint: "Danach, wie der Name eines Kontos anfängt, oder nach dem ganzen Namen eines Gastes.",
  accounts: (count) => (count === 1 ? "1 Konto" : `${count} Konten`),
  nobodyFits: "Niemand heißt so: Es gibt kein solches Konto, und kein solcher Gast ist da.",
  showMore: (count) => (count === 1 ? "1 weiteres zeigen" : `Mehr von ${count} weiteren zeigen`),
  since: (date) => `Konto seit ${date}`,
  seen: (ago) => `gesehen ${ago}`,
  isDisabled: "gesperrt",
  bans: {
    title: "Vom Server ausgesperrt",
    none: "Niemand ist es.",
    meaning:
      "Wer passt, wird weggeschickt und kommt nicht hinein, bis die Sperre endet oder aufgehoben wird.",
    whom: "Wen aussperren",
  },
  role: "Rolle auf dem Server",
  roles: { member: "Mitglied", administrator: "Verwaltung", owner: "Besitz" },
  deeds: {
    role: {
      title: (name) => `Was soll ${name} auf dem Server sein?`,
      meaning: () =>
        "Wer verwaltet, handelt in jedem Raum wie dessen Besitz und kümmert sich um Leute; der Besitz des Servers ernennt dazu.",
      action: "Rolle ändern",
      done: (name) => `Die Rolle von ${name} ist geändert.`,
    },
    eject: {
      title: (name) => `${name} wegschicken?`,
      meaning: (name) => `Alle Verbindungen von ${name} enden. Zurückkommen geht sofort.`,
      action: "Wegschicken",
      done: (name) => `${name} ist fort.`,
    },
    disable: {
      title: (name) => `Konto von ${name} sperren?`,
      meaning: (name) =>
        `${name} wird weggeschickt und kann sich nicht anmelden, bis das Konto freigegeben wird. Nichts wird gelöscht.`,
      action: "Konto sperren",
      done: (name) => `Das Konto von ${name} ist gesperrt.`,
    },
    enable: {
      title: (name) => `Konto von ${name} freigeben?`,
      meaning: (name) => `${name} kann sich wieder anmelden.`,
      action: "Konto freigeben",
      done: (name) => `Das Konto von ${name} ist frei.`,
    },
    ban: {
      title: (name) => `${name} vom Server aussperren?`,
      meaning: (name) => `${name} wird weggeschickt und kann nicht zurück, bis die Sperre endet.`,
      action: "Vom Server aussperren",
      done: (name) => `${name} ist vom Server ausgesperrt.`,
    },
  },
  isPrivate: "privat",
  isHidden: "verborgen",
  archive: "Archivieren",
  unarchive: "Wieder öffnen",
  joinAndGovern: "Hinein und einstellen",
  auditMeaning: (live) =>
    live === 0
      ? "Was jetzt getan wird, erscheint sofort hier."
      : `Was jetzt getan wird, erscheint sofort hier: bisher ${live}.`,
  software: "Server",
  version: "Software",
  unlimited: "keine Grenze",
  limits: {
    message_bytes: "Bytes einer Nachricht, höchstens",
    message_lines: "Zeilen einer Nachricht, höchstens",
    line_bytes: "Bytes einer Zeile des Protokolls, höchstens",
    history: "Einträge in einer Antwort, höchstens",
    resume: "Einträge, die nach der Rückkehr kommen, höchstens",
    recipients: "Namen in einer Anfrage, höchstens",
    commands_per_second: "Befehle in der Sekunde",
    burst: "Befehle auf einmal",
    return_seconds: "Sekunden, die ein Gast für die Rückkehr hat",
  },
  reload: "Einstellungen neu lesen",
  reloadMeaning: "Einstellungen stehen in der Datei des Servers. Was daran falsch ist, steht in seinem Log.",
  reloaded: "Die Einstellungen sind neu gelesen.",
  broadcast: {
    title: "Allen etwas sagen",
    meaning: "Alle, die da sind, hören es, in welchem Raum auch immer.",
    text: "An alle",
    action: "Allen sagen",
    done: "Alle haben es gehört.",
  },
  alert: {
    title: "Der Verwaltung etwas sagen",
    meaning: "Es erfahren, wem der Server gehört und wer ihn verwaltet, sofern sie da sind.",
    text: "An die Verwaltung",
    action: "Ihnen sagen",
    done: "Sie haben es erfahren.",
  },
  figures: "Zahlen",
  figuresMeaning: "Die Einstellung „metrics“ sagt, welche Adressen sie lesen dürfen.",
  showFigures: "Zahlen zeigen",
};
