import type { RefusalMessage } from "../../wire/kinds";
import type { refusals as english } from "../en/refusals";

/** Codes that mean one thing wherever they come; of others the sentences are translated, in sentences.json. */
export const refusals: typeof english = {
  disconnected: "Die Verbindung ging verloren, bevor die Antwort kam.",
  by: {
    accounts_only: () => "Hier wird nur gehört, wer ein Konto hat. Eröffne eines, und schreib dann.",
    archived: () => "Der Raum ist archiviert: Man kann ihn nur noch lesen.",
    asks_first: () => "Du musst erst angenommen werden, bevor du hier schreiben kannst.",
    disk_full: () => "Der Server hat keinen Platz mehr. Sag es denen, die ihn betreiben.",
    empty: () => "Darin steht nichts.",
    look_alike: () => "Dieser Name sieht einem anderen zum Verwechseln ähnlich. Wähl einen anderen.",
    name_reserved: () => "Dieser Name gehört zu einem Konto.",
    name_taken: () => "Dieser Name ist schon vergeben.",
    needs_voice: () =>
      "Hier spricht nur, wer dazu ernannt ist. Bitte eine Moderatorin oder einen Moderator darum.",
    no_such_file: () => "Diese Datei gibt es nicht, oder du darfst sie nicht lesen.",
    no_such_message: () => "Diese Nachricht gibt es nicht, oder du darfst sie nicht lesen.",
    not_registered: () => "Dazu brauchst du ein Konto.",
    quota_exceeded: () =>
      "Für so viele Dateien hast du keinen Platz. Lösch Nachrichten, deren Dateien niemand braucht.",
    refused_by_recipient: () => "Hier werden keine Nachrichten von dir angenommen.",
    slow_mode: (refusal) => `Hier geht es langsam zu. Schreib ${inTime(refusal)} weiter.`,
    too_fast: (refusal) => `Das ging zu schnell. Versuch es ${inTime(refusal)} noch einmal.`,
    unchanged: () => "Das ist schon so.",
  },
};

function inTime({ retry_seconds: seconds = 0 }: Pick<RefusalMessage, "retry_seconds">): string {
  if (seconds <= 0) return "gleich";
  const count = seconds < 90 ? Math.ceil(seconds) : Math.ceil(seconds / 60);
  const unit = seconds < 90 ? ["Sekunde", "Sekunden"] : ["Minute", "Minuten"];
  return `in ${count} ${count === 1 ? unit[0] : unit[1]}`;
}
