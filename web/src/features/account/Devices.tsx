import { type FormEvent, useCallback, useState } from "react";
import { ago } from "../../lib/ago";
import { useAppearance } from "../../lib/appearance";
import { go } from "../../lib/history";
import { tell } from "../../lib/toasts";
import { useDoing } from "../../lib/useDoing";
import { useLoaded } from "../../lib/useLoaded";
import type { Server } from "../../model/server";
import { findOwnToken } from "../../model/session";
import { Button } from "../../ui/Button";
import { CopyField } from "../../ui/CopyField";
import { Field } from "../../ui/Field";
import type { AnswerOf } from "../../wire/kinds";
import { useLateWords } from "../../words/words";
import styles from "./Account.module.css";
import { Part, WhenThere, Wrong } from "./Part";

type Token = AnswerOf<"token_list">["tokens"][number];

/** What the server calls browsers that are logged in. */
const BROWSER = "Browser";

/** Where one is logged in, and by what programs. */
export function Devices({ server }: { server: Server }) {
  const words = useLateWords().account;
  const load = useCallback(() => loadTokens(server), [server]);
  const [loaded, reload] = useLoaded(load);
  return (
    <>
      <Part lead={words.sessionsLead}>
        <WhenThere loaded={loaded} reload={reload}>
          {({ tokens, own }) => (
            <ul className={styles.list}>
              {tokens.map((token) => (
                <TokenRow
                  key={token.id}
                  server={server}
                  token={token}
                  isOwn={token.id === own}
                  onChange={reload}
                />
              ))}
            </ul>
          )}
        </WhenThere>
        <Button onClick={() => go({ dialog: "device" })}>{words.otherDevice}</Button>
      </Part>
      <Part title={words.makeTitle} lead={words.makeLead}>
        <MakeToken server={server} onMade={reload} />
      </Part>
    </>
  );
}

/** Newest first; which of them is this page's own is known of the server that the page comes from. */
async function loadTokens(server: Server): Promise<{ tokens: Token[]; own: string }> {
  const { proof } = server.account;
  const { tokens } = await server.connection.query({ type: "list_tokens" }, "token_list");
  const own = proof.kind === "token" ? proof.id : proof.kind === "cookie" ? await findOwnToken("") : "";
  const newest = (token: Token) => token.used_ms ?? token.created_ms;
  return { tokens: [...tokens].sort((one, other) => newest(other) - newest(one)), own };
}

interface RowProps {
  server: Server;
  token: Token;
  isOwn: boolean;
  onChange: () => void;
}

function TokenRow({ server, token, isOwn, onChange }: RowProps) {
  const words = useLateWords().account;
  useAppearance();
  const { isBusy, refusal, run } = useDoing();
  const isBrowser = token.label === BROWSER;
  const label = isBrowser ? words.browser : token.label || token.id;
  const { lang } = document.documentElement;
  const nowMs = server.connection.place.nowMs();

  async function revoke() {
    if (!(await run(() => server.connection.ask({ type: "revoke_token", token: token.id })))) return;
    tell(words.revoked);
    onChange();
  }

  return (
    <li className={styles.row}>
      <div className={styles.what}>
        <span dir="auto">{label}</span>
        {isOwn && <span className={styles.mark}>{words.thisOne}</span>}
        <p className={styles.small}>
          {token.used_ms == null
            ? words.made(ago(token.created_ms, nowMs, lang))
            : words.used(ago(token.used_ms, nowMs, lang))}
        </p>
        <Wrong sentence={refusal?.sentence} />
      </div>
      {!isOwn && (
        <Button
          disabled={isBusy}
          aria-label={isBrowser ? words.logOutNamed(label) : words.revokeNamed(label)}
          onClick={() => void revoke()}
        >
          {isBrowser ? words.revoke : words.revokeToken}
        </Button>
      )}
    </li>
  );
}

function MakeToken({ server, onMade }: { server: Server; onMade: () => void }) {
  const words = useLateWords().account;
  const [label, setLabel] = useState("");
  const [secret, setSecret] = useState("");
  const { isBusy, refusal, run } = useDoing();

  async function make(event: FormEvent) {
    event.preventDefault();
    await run(async () => {
      const made = await server.connection.query({ type: "make_token", label: label.trim() }, "token_made");
      setSecret(made.secret);
      setLabel("");
      onMade();
    });
  }

  if (secret)
    return (
      <div className={styles.made} role="status">
        <p>{words.madeLead}</p>
        <CopyField label={words.madeTitle} value={secret} />
        <Button onClick={() => setSecret("")}>{words.done}</Button>
      </div>
    );
  return (
    <form className={styles.line} onSubmit={make}>
      <Field
        label={words.label}
        required
        maxLength={64}
        value={label}
        error={refusal?.sentence}
        onChange={(event) => setLabel(event.target.value)}
      />
      <Button type="submit" disabled={isBusy}>
        {words.make}
      </Button>
    </form>
  );
}
