import { useCallback, useState } from "react";
import { copyAndTell } from "../../lib/copy";
import { tell } from "../../lib/toasts";
import { useAct } from "../../lib/useAct";
import { useAsked } from "../../lib/useAsked";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import type { AnswerOf } from "../../wire/kinds";
import { useLateWords } from "../../words/words";
import styles from "./admin.module.css";
import { NewInvitation } from "./NewInvitation";

/** Codes with which others may open accounts. */
export function InvitationsTab({ server }: { server: Server }) {
  const words = useLateWords().admin;
  const { connection } = server;
  const { value, problem, again } = useAsked(
    useCallback(() => connection.query({ type: "list_invitations" }, "invitation_list"), [connection]),
  );
  const acting = useAct();
  const [made, setMade] = useState<AnswerOf<"invitation_made">>();

  async function revoke(invitation: string) {
    if (!(await acting.act(() => connection.ask({ type: "revoke_invitation", invitation })))) return;
    if (made?.id === invitation) setMade(undefined);
    tell(words.invitationRevoked);
    again();
  }

  return (
    <div className={styles.group}>
      {made && <Made made={made} />}
      <p className={styles.soft}>
        {value?.invitations.length === 0 ? words.noInvitations : words.invitationsMeaning}
      </p>
      {value && value.invitations.length > 0 && (
        <ul className={styles.list} aria-label={words.tabs.invitations}>
          {value.invitations.map(({ id, label, uses_left: uses, expires_ms: end }) => (
            <li key={id} className={styles.item}>
              <div className={styles.what}>
                <p dir="auto">{label || id}</p>
                <p className={styles.soft}>
                  {words.usesLeft(uses)} · {end === null ? words.noEnd : words.ends(new Date(end))}
                </p>
              </div>
              <Button aria-label={`${words.revoke} ${label || id}`} onClick={() => void revoke(id)}>
                {words.revoke}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {(problem || acting.problem) && (
        <p role="alert" className={styles.bad}>
          {acting.problem || problem}
        </p>
      )}
      <NewInvitation
        server={server}
        onMade={(answer) => {
          setMade(answer);
          again();
        }}
      />
    </div>
  );
}

function Made({ made }: { made: AnswerOf<"invitation_made"> }) {
  const words = useLateWords();
  const link = new URL(made.link || `/invite/${made.code}`, location.origin).href;

  return (
    <section className={styles.secret} role="status" aria-label={words.governing.secretTitle}>
      <p>{words.admin.codeOnce}</p>
      <code>{made.code}</code>
      <code>{link}</code>
      <div className={styles.buttons}>
        <Button onClick={() => void copyAndTell(link, words.governing.copied)}>{words.governing.copy}</Button>
      </div>
    </section>
  );
}
