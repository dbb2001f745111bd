import { type FormEvent, useCallback, useState } from "react";
import { ago } from "../../lib/ago";
import { useAppearance } from "../../lib/appearance";
import { go } from "../../lib/history";
import { tell } from "../../lib/toasts";
import { useAct } from "../../lib/useAct";
import { useAsked } from "../../lib/useAsked";
import type { Server } from "../../model/server";
import { findOwnToken } from "../../model/session";
import { Button } from "../../ui/Button";
import { Field } from "../../ui/Field";
import { Once } from "../../ui/Once";
import { Problem } from "../../ui/Problem";
import { Mark, Row, Rows } from "../../ui/Rows";
import { Section } from "../../ui/Section";
import type { AnswerOf } from "../../wire/kinds";
import { useLateWords } from "../../words/words";
import styles from "./Account.module.css";
import { WhenThere } from "./WhenThere";

type Token = AnswerOf<"token_list">["tokens"][number];

/** What the server calls browsers that are logged in. */
const BROWSER = "Browser";

/** Where one is logged in, and by what programs. */
export function Devices({ server }: { server: Server }) {
  const words = useLateWords().account;
  const load = useCallback(() => loadTokens(server), [server]);
  const loaded = useAsked(load);
  return (
    <>
      <Section lead={words.sessionsLead}>
        <WhenThere asked={loaded}>
          {({ tokens, own }) => (
            <Rows label={words.tabs.sessions}>
              {tokens.map((token) => (
                <TokenRow
                  key={token.id}
                  server={server}
                  token={token}
                  isOwn={token.id === own}
                  onChange={loaded.again}
                />
              ))}
            </Rows>
          )}
        </WhenThere>
        <Button onClick={() => go({ dialog: "device" })}>{words.otherDevice}</Button>
      </Section>
      <Section title={words.makeTitle} lead={words.makeLead}>
        <MakeToken server={server} onMade={loaded.again} />
      </Section>
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
  const { isBusy, problem, act } = useAct();
  const isBrowser = token.label === BROWSER;
  const label = isBrowser ? words.browser : token.label || token.id;
  const { lang } = document.documentElement;
  const nowMs = server.connection.place.nowMs();

  async function revoke() {
    if (!(await act(() => server.connection.ask({ type: "revoke_token", token: token.id })))) return;
    tell(words.revoked);
    onChange();
  }

  return (
    <Row
      title={
        <>
          {label}
          {isOwn && <Mark>{words.thisOne}</Mark>}
        </>
      }
      told={[
        token.used_ms == null
          ? words.made(ago(token.created_ms, nowMs, lang))
          : words.used(ago(token.used_ms, nowMs, lang)),
      ]}
      problem={<Problem text={problem} />}
    >
      {!isOwn && (
        <Button
          disabled={isBusy}
          aria-label={isBrowser ? words.logOutNamed(label) : words.revokeNamed(label)}
          onClick={() => void revoke()}
        >
          {isBrowser ? words.revoke : words.revokeToken}
        </Button>
      )}
    </Row>
  );
}

function MakeToken({ server, onMade }: { server: Server; onMade: () => void }) {
  const words = useLateWords().account;
  const [label, setLabel] = useState("");
  const [secret, setSecret] = useState("");
  const { isBusy, problem, act } = useAct();

  async function make(event: FormEvent) {
    event.preventDefault();
    await act(async () => {
      const made = await server.connection.query({ type: "make_token", label: label.trim() }, "token_made");
      setSecret(made.secret);
      setLabel("");
      onMade();
    });
  }

  if (secret)
    return <Once label={words.madeTitle} lead={words.madeLead} value={secret} onDone={() => setSecret("")} />;
  return (
    <form className={styles.line} onSubmit={make}>
      <Field
        label={words.label}
        required
        maxLength={64}
        value={label}
        error={problem || undefined}
        onChange={(event) => setLabel(event.target.value)}
      />
      <Button type="submit" disabled={isBusy}>
        {words.make}
      </Button>
    </form>
  );
}
