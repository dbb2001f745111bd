import { type FormEvent, useCallback, useState } from "react";
import { dateOf } from "../../lib/ago";
import { tell } from "../../lib/toasts";
import { useDoing } from "../../lib/useDoing";
import { useLoaded } from "../../lib/useLoaded";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { CopyField } from "../../ui/CopyField";
import { Field } from "../../ui/Field";
import { Late } from "../../ui/Late";
import { Select } from "../../ui/Select";
import { Spinner } from "../../ui/Spinner";
import type { AnswerOf } from "../../wire/kinds";
import { useLateWords } from "../../words/words";
import styles from "./Account.module.css";
import { Part, WhenThere, Wrong } from "./Part";
import { qrCode } from "./parts";

const DAY_MS = 86_400_000;

/** Links with which others open accounts. */
export function Invitations({ server }: { server: Server }) {
  const words = useLateWords().account;
  const { connection } = server;
  const load = useCallback(
    () => connection.query({ type: "list_invitations" }, "invitation_list"),
    [connection],
  );
  const [loaded, reload] = useLoaded(load);
  return (
    <>
      <Part lead={words.inviteLead}>
        <Invite server={server} onMade={reload} />
      </Part>
      <Part title={words.invitations}>
        <WhenThere loaded={loaded} reload={reload}>
          {({ invitations }) =>
            invitations.length === 0 ? (
              <p className={styles.lead}>{words.noInvitations}</p>
            ) : (
              <ul className={styles.list}>
                {invitations.map((one) => (
                  <Invitation key={one.id} server={server} invitation={one} onChange={reload} />
                ))}
              </ul>
            )
          }
        </WhenThere>
      </Part>
    </>
  );
}

interface InvitationProps {
  server: Server;
  invitation: AnswerOf<"invitation_list">["invitations"][number];
  onChange: () => void;
}

function Invitation({ server, invitation, onChange }: InvitationProps) {
  const words = useLateWords().account;
  const { isBusy, refusal, run } = useDoing();
  const { id, label, uses_left: left, expires_ms: expires } = invitation;
  const until = expires == null ? "" : words.until(dateOf(expires, document.documentElement.lang));

  async function revoke() {
    if (!(await run(() => server.connection.ask({ type: "revoke_invitation", invitation: id })))) return;
    tell(words.revoked);
    onChange();
  }

  return (
    <li className={styles.row}>
      <div className={styles.what}>
        <span dir="auto">{label || id}</span>
        <p className={styles.small}>
          {words.usesLeft(left)} {until}
        </p>
        <Wrong sentence={refusal?.sentence} />
      </div>
      <Button disabled={isBusy} aria-label={words.revokeNamed(label || id)} onClick={() => void revoke()}>
        {words.revokeToken}
      </Button>
    </li>
  );
}

function Invite({ server, onMade }: { server: Server; onMade: () => void }) {
  const words = useLateWords().account;
  const [uses, setUses] = useState("1");
  const [days, setDays] = useState<keyof typeof words.forDays>("7");
  const [label, setLabel] = useState("");
  const [link, setLink] = useState("");
  const { isBusy, refusal, run } = useDoing();

  async function make(event: FormEvent) {
    event.preventDefault();
    await run(async () => {
      const lasting = days === "" ? null : Number(days) * DAY_MS;
      const made = await server.connection.query(
        { type: "make_invitation", uses: Number(uses), lasting_ms: lasting, label: label.trim() },
        "invitation_made",
      );
      setLink(made.link || `${originOf(server)}/invite/${made.code}`);
      onMade();
    });
  }

  if (link)
    return (
      <div className={styles.made} role="status">
        <p>{words.inviteMadeLead}</p>
        <CopyField label={words.inviteMade} value={link} />
        <Late
          part={qrCode}
          props={{ text: link, label: words.qr }}
          fallback={<Spinner label={words.loading} />}
        />
        <Button onClick={() => setLink("")}>{words.done}</Button>
      </div>
    );
  return (
    <form className={styles.form} onSubmit={make}>
      <div className={styles.pair}>
        <Field
          label={words.uses}
          type="number"
          min={1}
          max={1000}
          required
          value={uses}
          onChange={(event) => setUses(event.target.value)}
        />
        <Select label={words.days} value={days} options={words.forDays} onChange={setDays} />
      </div>
      <Field
        label={words.inviteLabel}
        maxLength={64}
        value={label}
        onChange={(event) => setLabel(event.target.value)}
      />
      <Wrong sentence={refusal?.sentence} />
      <Button look="primary" type="submit" disabled={isBusy}>
        {words.invite}
      </Button>
    </form>
  );
}

/** Where a browser finds it, as far as this one knows. */
function originOf(server: Server): string {
  return server.host
    ? `${server.connection.url.startsWith("ws:") ? "http:" : "https:"}//${server.host}`
    : location.origin;
}
