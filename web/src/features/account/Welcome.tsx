import { Hash, Send, TerminalSquare } from "lucide-react";
import type { ReactNode } from "react";
import { go } from "../../lib/history";
import { Button, ButtonLink } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { useLateWords } from "../../words/words";
import styles from "./Account.module.css";

/** What most people do next who have just claimed their server. */
export default function Welcome({ onClose }: { onClose: () => void }) {
  const words = useLateWords().account;
  return (
    <Dialog title={words.welcomeTitle} onClose={onClose}>
      <p className={styles.lead}>{words.welcomeLead}</p>
      <ol className={styles.steps}>
        <Step icon={<Send />} title={words.stepInvite} lead={words.stepInviteLead}>
          <Button onClick={() => go({ dialog: "account/invitations" })}>{words.makeLink}</Button>
        </Step>
        <Step icon={<Hash />} title={words.stepRoom} lead={words.stepRoomLead}>
          <Button onClick={() => go({ dialog: "new-room" })}>{words.makeRoom}</Button>
        </Step>
        <Step icon={<TerminalSquare />} title={words.stepJoin} lead={words.stepJoinLead}>
          <ButtonLink href="/join" target="_blank" rel="noreferrer">
            {words.howToJoin}
          </ButtonLink>
        </Step>
      </ol>
      <div className={styles.end}>
        <Button look="primary" onClick={onClose}>
          {words.later}
        </Button>
      </div>
    </Dialog>
  );
}

interface StepProps {
  icon: ReactNode;
  title: string;
  lead: string;
  children: ReactNode;
}

function Step({ icon, title, lead, children }: StepProps) {
  return (
    <li className={styles.step}>
      {icon}
      <div>
        <h3 className={styles.title}>{title}</h3>
        <p className={styles.small}>{lead}</p>
      </div>
      {children}
    </li>
  );
}
