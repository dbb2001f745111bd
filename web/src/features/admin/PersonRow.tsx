import { Ban, DoorOpen, Lock, LockOpen, MoreHorizontal, ShieldHalf } from "lucide-react";
import type { ReactNode } from "react";
import { ago } from "../../lib/ago";
import type { Server } from "../../model/server";
import { Face } from "../../ui/Face";
import { MenuButton } from "../../ui/MenuButton";
import { plainMenu } from "../../ui/parts";
import { Mark, Row } from "../../ui/Rows";
import type { AnswerOf, ServerRole } from "../../wire/kinds";
import { useLateWords } from "../../words/words";
import { type Deed, deedsFor, isDangerous } from "./deeds";
import type { Account } from "./useAccounts";

/** What an administrator is asked about before he does it. */
export interface Asked {
  readonly deed: Deed;
  readonly name: string;
  /** What somebody is on the server until now. */
  readonly role: ServerRole;
}

interface Props {
  server: Server;
  onAsk: (asked: Asked) => void;
}

/** An account, what it is on the server, and what an administrator may do with it. */
export function AccountRow({ server, account, onAsk }: Props & { account: Account }) {
  const words = useLateWords();
  const { place } = server.connection;
  const { name, role, opened_ms: opened, last_seen_ms: seen, is_disabled: isDisabled } = account;
  const { lang } = document.documentElement;
  const date = new Intl.DateTimeFormat(lang, { dateStyle: "medium" }).format(opened);
  return (
    <PersonRow
      name={name}
      state={account}
      marks={
        <>
          {name === place.you.name && ` ${words.members.you}`}
          {role !== "member" && <Mark>{words.admin.roles[role]}</Mark>}
          {isDisabled && <Mark isBad>{words.admin.isDisabled}</Mark>}
        </>
      }
      told={[seen !== null && words.admin.seen(ago(seen, place.nowMs(), lang)), words.admin.since(date)]}
      deeds={deedsFor(account, place.you)}
      onAsk={(deed) => onAsk({ deed, name, role })}
    />
  );
}

/** Somebody who is here without an account. */
export function GuestRow({ guest, onAsk }: Pick<Props, "onAsk"> & { guest: AnswerOf<"person_found"> }) {
  const words = useLateWords().sidebar;
  const { name } = guest;
  return (
    <PersonRow
      name={name}
      state={guest}
      marks={<Mark>{words.guest}</Mark>}
      told={guest.rooms}
      deeds={["eject", "ban"]}
      onAsk={(deed) => onAsk({ deed, name, role: "member" })}
    />
  );
}

interface RowProps {
  name: string;
  state: { readonly is_present: boolean; readonly away: string | null };
  marks: ReactNode;
  told: readonly (string | false)[];
  deeds: readonly Deed[];
  onAsk: (deed: Deed) => void;
}

const ICONS: Readonly<Record<Deed, ReactNode>> = {
  role: <ShieldHalf size={18} />,
  eject: <DoorOpen size={18} />,
  disable: <Lock size={18} />,
  enable: <LockOpen size={18} />,
  ban: <Ban size={18} />,
};

function PersonRow({ name, state, marks, told, deeds, onAsk }: RowProps) {
  const words = useLateWords();
  const presence = !state.is_present ? "gone" : state.away === null ? "here" : "away";
  const isNow = presence === "away" ? words.sidebar.away(state.away ?? "") : words.sidebar[presence];
  const items = deeds.map((deed) => ({
    label: words.admin.deeds[deed].action,
    icon: ICONS[deed],
    isDangerous: isDangerous(deed),
    onChoose: () => onAsk(deed),
  }));
  return (
    <Row
      icon={<Face name={name} presence={presence} />}
      title={
        <>
          {name}
          {marks}
        </>
      }
      told={[isNow, ...told]}
    >
      {items.length > 0 && (
        <MenuButton label={words.members.actionsFor(name)} menu={plainMenu} own={{ items }}>
          <MoreHorizontal size={18} />
        </MenuButton>
      )}
    </Row>
  );
}
