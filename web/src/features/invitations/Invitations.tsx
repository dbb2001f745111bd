import { useCallback } from "react";
import { dateOf } from "../../lib/ago";
import { tell } from "../../lib/toasts";
import { useAct } from "../../lib/useAct";
import { useAsked } from "../../lib/useAsked";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { Problem } from "../../ui/Problem";
import { Row, Rows } from "../../ui/Rows";
import { Section } from "../../ui/Section";
import { Spinner } from "../../ui/Spinner";
import type { AnswerOf } from "../../wire/kinds";
import { useLateWords } from "../../words/words";
import { NewInvitation } from "./NewInvitation";

/** Links with which others open accounts: one's own, and to administrators everybody's. */
export function Invitations({ server }: { server: Server }) {
  const { invitations: words, general } = useLateWords();
  const { connection } = server;
  const ask = useCallback(
    () => connection.query({ type: "list_invitations" }, "invitation_list"),
    [connection],
  );
  const { value, problem, again } = useAsked(ask);
  const open = value?.invitations ?? [];
  return (
    <>
      <Section lead={words.lead}>
        <NewInvitation server={server} onMade={again} />
      </Section>
      <Section title={words.open} lead={value && open.length === 0 && words.none}>
        {value === undefined && !problem && <Spinner label={general.loading} />}
        {open.length > 0 && (
          <Rows label={words.open}>
            {open.map((one) => (
              <Invitation key={one.id} server={server} invitation={one} onChange={again} />
            ))}
          </Rows>
        )}
        <Problem text={problem} />
      </Section>
    </>
  );
}

interface Props {
  server: Server;
  invitation: AnswerOf<"invitation_list">["invitations"][number];
  onChange: () => void;
}

function Invitation({ server, invitation, onChange }: Props) {
  const words = useLateWords().invitations;
  const { act, isBusy, problem } = useAct();
  const { id, label, uses_left: left, expires_ms: end } = invitation;

  async function revoke() {
    if (!(await act(() => server.connection.ask({ type: "revoke_invitation", invitation: id })))) return;
    tell(words.revoked);
    onChange();
  }

  return (
    <Row
      title={label || id}
      told={[
        words.usesLeft(left),
        end == null ? words.noEnd : words.until(dateOf(end, document.documentElement.lang)),
      ]}
      problem={<Problem text={problem} />}
    >
      <Button disabled={isBusy} aria-label={words.revokeNamed(label || id)} onClick={() => void revoke()}>
        {words.revoke}
      </Button>
    </Row>
  );
}
