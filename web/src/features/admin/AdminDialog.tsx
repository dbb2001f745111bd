import type { ComponentType } from "react";
import { go } from "../../lib/history";
import { useWatched } from "../../lib/useWatched";
import type { Place } from "../../model/place";
import { isAdministrator } from "../../model/ranks";
import type { Server } from "../../model/server";
import { Dialog } from "../../ui/Dialog";
import { Tabs } from "../../ui/Tabs";
import { type LateWords, useLateWords } from "../../words/words";
import { AuditTab } from "./AuditTab";
import { BansTab } from "./BansTab";
import { PeopleTab } from "./PeopleTab";
import { RoomsTab } from "./RoomsTab";
import { ServerTab } from "./ServerTab";

const TABS = {
  people: PeopleTab,
  bans: BansTab,
  invitations: undefined,
  rooms: RoomsTab,
  audit: AuditTab,
  server: ServerTab,
} satisfies Record<keyof LateWords["admin"]["tabs"], unknown>;

type Tab = keyof typeof TABS;
const roleOf = (place: Place) => place.you.role;

interface Props {
  server: Server;
  /** Which of its tabs. */
  rest: string;
  /** Draws the tab that is not of this feature: one's own invitations are the same elsewhere. */
  Invitations: ComponentType<{ server: Server }>;
  onClose: () => void;
}

/** What administrators look after: people, rooms, and the server. */
export default function AdminDialog({ server, rest, Invitations, onClose }: Props) {
  const words = useLateWords().admin;
  const role = useWatched(server.connection.place, roleOf);
  const shown = rest in TABS ? (rest as Tab) : "people";
  const Content = TABS[shown] ?? Invitations;
  return (
    <Dialog title={words.title} size="large" onClose={onClose}>
      {isAdministrator(role) ? (
        <Tabs
          label={words.title}
          tabs={words.tabs}
          shown={shown}
          onShow={(tab) => go({ dialog: `admin/${tab}` }, "replace")}
        >
          <Content server={server} />
        </Tabs>
      ) : (
        <p>{words.notYours}</p>
      )}
    </Dialog>
  );
}
