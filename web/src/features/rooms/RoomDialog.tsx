import { go } from "../../lib/history";
import { useWatched } from "../../lib/useWatched";
import { type Charter, charterOf } from "../../model/charter";
import { may, type Standing } from "../../model/ranks";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { titleOf } from "../../model/titles";
import { Dialog } from "../../ui/Dialog";
import { Spinner } from "../../ui/Spinner";
import { Tabs } from "../../ui/Tabs";
import { type LateWords, useLateWords } from "../../words/words";
import { ExportTab } from "./ExportTab";
import { GeneralTab } from "./GeneralTab";
import { HooksTab } from "./HooksTab";
import { ListsTab } from "./ListsTab";
import { LogTab } from "./LogTab";

const itself = (charter: Charter) => charter.version;

interface Props {
  server: Server;
  room: Room | undefined;
  /** Which of its tabs. */
  rest: string;
  onClose: () => void;
}

type Tab = keyof LateWords["governing"]["tabs"];

/** Everything about a room: what holds, whom it keeps out, what programs speak there, and what was said. */
export default function RoomDialog({ server, room, rest, onClose }: Props) {
  return room && <About server={server} room={room} rest={rest} onClose={onClose} />;
}

function About({ server, room, rest, onClose }: Props & { room: Room }) {
  const words = useLateWords();
  const charter = charterOf(server.connection, room);
  useWatched(charter, itself);
  const tabs = tabsFor(room, charter.own, words.governing.tabs);
  const shown = rest in tabs ? (rest as Tab) : room.kind === "channel" ? "general" : "export";
  const isKnown = room.kind !== "channel" || charter.settings !== undefined;
  return (
    <Dialog title={words.governing.title(titleOf(room))} size="large" onClose={onClose}>
      <Tabs
        label={words.governing.title(titleOf(room))}
        tabs={tabs}
        shown={shown}
        onShow={(tab) => go({ dialog: `room/${tab}` }, "replace")}
      >
        {!isKnown && <Spinner label={words.general.loading} />}
        {isKnown && shown === "general" && <GeneralTab server={server} room={room} charter={charter} />}
        {isKnown && shown === "lists" && <ListsTab server={server} room={room} />}
        {isKnown && shown === "hooks" && <HooksTab server={server} room={room} />}
        {isKnown && shown === "export" && <ExportTab server={server} room={room} />}
        {isKnown && shown === "log" && <LogTab server={server} room={room} />}
      </Tabs>
    </Dialog>
  );
}

/** What one may not see at all is not there; what one may see and not change is shown as it is. */
function tabsFor(room: Room, own: Standing, names: Record<Tab, string>): Record<Tab, string> {
  const isChannel = room.kind === "channel";
  const shown: Record<Tab, boolean> = {
    general: isChannel,
    lists: isChannel && may(own, "see_bans"),
    hooks: isChannel && may(own, "have_hooks"),
    export: true,
    log: isChannel && may(own, "see_audit"),
  };
  return Object.fromEntries(Object.entries(names).filter(([tab]) => shown[tab as Tab])) as Record<
    Tab,
    string
  >;
}
