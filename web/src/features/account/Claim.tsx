import { go } from "../../lib/history";
import { useAct } from "../../lib/useAct";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Problem } from "../../ui/Problem";
import { useLateWords } from "../../words/words";
import styles from "./Account.module.css";
import { RegisterForm } from "./Register";

/** The link that the server's start has printed, for whoever is in already. */
export default function Claim({
  server,
  rest,
  onClose,
}: {
  server: Server;
  rest: string;
  onClose: () => void;
}) {
  const words = useLateWords().account;
  const { isBusy, problem, act } = useAct();
  const { name, has_account: hasAccount } = server.connection.place.you;
  const welcome = () => go({ dialog: "welcome" }, "replace");

  async function claim() {
    if (await act(() => server.connection.ask({ type: "claim", code: rest }))) welcome();
  }

  return (
    <Dialog title={words.claimTitle} onClose={onClose}>
      <div className={styles.form}>
        <p className={styles.lead}>{words.claimLead(name)}</p>
        {hasAccount ? (
          <>
            <Problem text={problem} />
            <Button look="primary" disabled={isBusy} onClick={() => void claim()}>
              {words.claim}
            </Button>
          </>
        ) : (
          <RegisterForm server={server} code={rest} onDone={welcome} />
        )}
      </div>
    </Dialog>
  );
}
