import { useState } from "react";
import { useRoute } from "../../lib/history";
import type { Status } from "../../model/connection";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { type DoorWords, useDoorWords, useWords } from "../../words/words";
import { DeviceForm } from "./DeviceForm";
import styles from "./Entrance.module.css";
import { Frame } from "./Frame";
import { GuestForm } from "./GuestForm";
import { LogInForm } from "./LogInForm";
import { Notices } from "./Notices";
import { RegisterForm } from "./RegisterForm";
import { whatStands } from "./standing";
import { Unsafe } from "./Unsafe";
import { useComingIn } from "./useComingIn";
import { useFacts } from "./useFacts";
import { WaysIn } from "./WaysIn";
import { type DoorLink, linkOf, type Way, waysOf } from "./ways";

interface Props {
  server: Server;
  status: Status;
  /** Called when this account is to be forgotten; not for the first at home. */
  onForget?: (() => void) | undefined;
}

/** The door: a name is enough, where the server lets guests in. */
export function Entrance({ server, status, onForget }: Props) {
  const words = useDoorWords().entrance;
  const link = linkOf(useRoute().view);
  const isExpired = status.kind === "asking" && status.isExpired;
  return (
    <Frame heading={headingOf(link, isExpired, words)} host={server.host || location.host}>
      <Reasons status={status} name={server.account.name} />
      <Ways server={server} status={status} link={link} isExpired={isExpired} />
      {onForget && (
        <Button className={styles.forget ?? ""} onClick={onForget}>
          {server.account.name ? words.forget : words.remove}
        </Button>
      )}
    </Frame>
  );
}

interface WaysProps {
  server: Server;
  status: Status;
  link: DoorLink | undefined;
  isExpired: boolean;
}

/** What can be done here. */
function Ways({ server, status, link, isExpired }: WaysProps) {
  const words = useDoorWords().entrance;
  const facts = useFacts(server);
  const early = whatStands();
  const comingIn = useComingIn(early.refusal);
  const [chosen, setChosen] = useState(early.way);
  const [name, setName] = useState(server.account.name || early.name);
  if (link?.kind === "device") return <DeviceForm server={server} comingIn={comingIn} code={link.code} />;
  const ways = waysOf(facts, link, isExpired);
  const way = chosen !== undefined && ways.includes(chosen) ? chosen : (ways[0] ?? "logIn");
  const all = { server, comingIn, name, onName: setName };

  function write(visitor: string) {
    setName(visitor);
    server.reach();
  }

  function choose(next: Way) {
    comingIn.forget();
    setChosen(next);
  }

  return (
    <>
      <Notices server={server} status={status}>
        {way !== "guest" && facts?.passwords === false && <Unsafe />}
      </Notices>
      <WaysIn ways={ways} shown={way} onShow={choose}>
        {way === "guest" && (
          <GuestForm
            comingIn={comingIn}
            name={name}
            onName={write}
            onVisit={(visitor) => server.visit(visitor)}
            onLogIn={() => choose("logIn")}
          />
        )}
        {way === "logIn" && <LogInForm {...all} claim={link?.kind === "claim" ? link.code : ""} />}
        {way === "register" && (
          <RegisterForm
            {...all}
            {...registering(link, words)}
            needsCode={!link && facts?.registration === false}
          />
        )}
      </WaysIn>
    </>
  );
}

/** Why one stands here who was in: as the server has said it, and what to do. */
function Reasons({ status, name }: { status: Status; name: string }) {
  const words = useWords().connection;
  if (status.kind !== "asking" || !(status.isExpired || status.reason)) return null;
  return (
    <div className={styles.notice} role="alert">
      {status.reason && <p>{status.reason}</p>}
      {status.isExpired && <p>{words.expired(name)}</p>}
    </div>
  );
}

function headingOf(link: DoorLink | undefined, isExpired: boolean, words: DoorWords["entrance"]): string {
  switch (link?.kind) {
    case "invitation":
      return words.invited;
    case "claim":
      return words.claiming;
    case "device":
      return words.device;
    default:
      return isExpired ? words.expired : words.heading;
  }
}

/** What is said to whoever opens an account, by the link that he followed. */
function registering(link: DoorLink | undefined, words: DoorWords["entrance"]) {
  if (link?.kind === "claim")
    return { code: link.code, badCode: words.badClaim, lead: words.claimLead, submit: words.enterClaim };
  const code = link?.code ?? "";
  const lead = link ? words.invitedLead : words.registerLead;
  return { code, badCode: words.badInvitation, lead, submit: words.enterRegister };
}
