import { X } from "lucide-react";
import { type FormEvent, useCallback, useState } from "react";
import { tell } from "../../lib/toasts";
import { useAct } from "../../lib/useAct";
import { useAsked } from "../../lib/useAsked";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { Field } from "../../ui/Field";
import { secondsOf, type TermChoice, TermSelect } from "../../ui/TermSelect";
import { useLateWords } from "../../words/words";
import styles from "./admin.module.css";

/** Who is kept off the server. */
export function BansTab({ server }: { server: Server }) {
  const words = useLateWords();
  const { connection } = server;
  const { value, problem, again } = useAsked(
    useCallback(() => connection.query({ type: "list_server_bans" }, "ban_list"), [connection]),
  );
  const acting = useAct();
  const [target, setTarget] = useState("");
  const [reason, setReason] = useState("");
  const [term, setTerm] = useState<TermChoice>("");

  async function ban(event: FormEvent) {
    event.preventDefault();
    const request = { type: "ban_from_server", target: target.trim(), reason: reason.trim() } as const;
    if (!(await acting.act(() => connection.ask({ ...request, seconds: secondsOf(term) })))) return;
    tell(words.admin.deeds.ban.done(request.target));
    setTarget("");
    setReason("");
    again();
  }

  async function lift(shown: string) {
    if (!(await acting.act(() => connection.ask({ type: "unban_from_server", target: shown })))) return;
    tell(words.admin.unbanned(shown));
    again();
  }

  return (
    <div className={styles.group}>
      <p className={styles.soft}>{value?.bans.length === 0 ? words.admin.noBans : words.governing.targets}</p>
      {value && value.bans.length > 0 && (
        <ul className={styles.list} aria-label={words.admin.tabs.bans}>
          {value.bans.map((entry) => (
            <li key={entry.shown} className={styles.item}>
              <div className={styles.what}>
                <p dir="auto">{entry.shown}</p>
                <p className={styles.soft}>
                  {[
                    words.governing.by(entry.name),
                    entry.reason,
                    entry.seconds_left !== null && words.governing.until(entry.seconds_left),
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                </p>
              </div>
              <Button
                look="icon"
                aria-label={words.governing.remove(entry.shown)}
                onClick={() => void lift(entry.shown)}
              >
                <X size={18} />
              </Button>
            </li>
          ))}
        </ul>
      )}
      <form className={styles.line} onSubmit={(event) => void ban(event)}>
        <Field
          label={words.admin.whomToBan}
          value={target}
          required
          autoComplete="off"
          onChange={(event) => setTarget(event.target.value)}
        />
        <Field
          label={words.admin.reason}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <TermSelect label={words.admin.howLong} value={term} onChange={setTerm} />
        <Button type="submit" look="danger" disabled={acting.isBusy}>
          {words.admin.deeds.ban.action}
        </Button>
      </form>
      {(problem || acting.problem) && (
        <p role="alert" className={styles.bad}>
          {acting.problem || problem}
        </p>
      )}
    </div>
  );
}
