import { useEffect, useState } from "react";
import { useAct } from "../../lib/useAct";
import { useSecondsUntil } from "../../lib/useSecondsUntil";
import type { Server } from "../../model/server";
import { type DeviceCode, offerDevice } from "../../model/session";
import { Button } from "../../ui/Button";
import { CopyField } from "../../ui/CopyField";
import { Dialog } from "../../ui/Dialog";
import { Late } from "../../ui/Late";
import { Problem } from "../../ui/Problem";
import { qrCode } from "../../ui/parts";
import { Section } from "../../ui/Section";
import { Spinner } from "../../ui/Spinner";
import { useLateWords } from "../../words/words";
import styles from "./Account.module.css";

/** How often is looked whether somebody has come by the code. */
const LOOK_MS = 2_000;

/** A code that was made, and the log-ins that there were before. */
interface Offer {
  readonly made: DeviceCode;
  readonly expiresMs: number;
  readonly before: ReadonlySet<string>;
}

/** A picture that logs a telephone in, once: docs/decisions/devices.md. */
export default function Device({ server, onClose }: { server: Server; onClose: () => void }) {
  const words = useLateWords().account;
  return (
    <Dialog title={words.otherDevice} onClose={onClose}>
      {server.host ? <Elsewhere host={server.host} /> : <Here server={server} />}
    </Dialog>
  );
}

/** A cookie is given by the server's own page alone. */
function Elsewhere({ host }: { host: string }) {
  const words = useLateWords().account;
  return (
    <Section lead={words.deviceElsewhere(host)}>
      <a href={`https://${host}/?dialog=device`} target="_blank" rel="noreferrer">
        {words.deviceOpen(host)}
      </a>
    </Section>
  );
}

function Here({ server }: { server: Server }) {
  const words = useLateWords().account;
  const [offer, setOffer] = useState<Offer>();
  const { isBusy, problem, act } = useAct();
  const device = useNewDevice(server, offer);

  async function show() {
    await act(async () => {
      const before = new Set(await listTokens(server));
      const made = await offerDevice(server.authorization);
      // By this clock: that of the server may be another.
      const lastsMs = made.expires_ms - server.connection.place.nowMs();
      setOffer({ made, expiresMs: Date.now() + lastsMs, before });
    });
  }

  async function revoke() {
    if (await act(() => server.connection.ask({ type: "revoke_token", token: device }))) setOffer(undefined);
  }

  if (device)
    return (
      <div className={styles.picture} role="status">
        <p>{words.deviceDone}</p>
        <Problem text={problem} />
        <Button look="danger" disabled={isBusy} onClick={() => void revoke()}>
          {words.deviceNotYou}
        </Button>
      </div>
    );
  if (offer) return <Picture offer={offer} onAnother={() => void show()} />;
  return (
    <div className={styles.form}>
      <p>{words.deviceLead}</p>
      <p className={styles.lead}>{words.deviceWarn}</p>
      <Problem text={problem} />
      <Button look="primary" disabled={isBusy} onClick={() => void show()}>
        {words.deviceShow}
      </Button>
    </div>
  );
}

function Picture({ offer, onAnother }: { offer: Offer; onAnother: () => void }) {
  const words = useLateWords().account;
  const seconds = useSecondsUntil(offer.expiresMs);
  const link = `${location.origin}/device#${offer.made.code}`;
  if (seconds === 0)
    return (
      <div className={styles.picture}>
        <p role="status">{words.deviceOver}</p>
        <Button look="primary" onClick={onAnother}>
          {words.deviceAnother}
        </Button>
      </div>
    );
  return (
    <div className={styles.picture}>
      <p>{words.deviceScan}</p>
      <Late
        part={qrCode}
        props={{ text: link, label: words.qr }}
        fallback={<Spinner label={words.loading} />}
      />
      <p className={styles.small}>{words.deviceLasts(seconds)}</p>
      <CopyField label={words.deviceLink} value={link} />
    </div>
  );
}

/** Return which log-in has come since the code is shown; empty for none. */
function useNewDevice(server: Server, offer: Offer | undefined): string {
  const [device, setDevice] = useState("");
  useEffect(() => {
    setDevice("");
    if (offer === undefined) return undefined;
    const timer = setInterval(() => {
      // Without a connection nothing is known; the next time it may be.
      listTokens(server).then(
        (ids) => setDevice(ids.find((id) => !offer.before.has(id)) ?? ""),
        () => undefined,
      );
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [server, offer]);
  return device;
}

async function listTokens(server: Server): Promise<string[]> {
  const { tokens } = await server.connection.query({ type: "list_tokens" }, "token_list");
  return tokens.map((token) => token.id);
}
