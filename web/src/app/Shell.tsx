import { useEffect, useRef } from "react";
import { Composer } from "../features/composer/Composer";
import { emojiPicker } from "../features/message/parts";
import { attention, invitation } from "../features/notifications/parts";
import { RoomHeader } from "../features/room-header/RoomHeader";
import { Rail } from "../features/servers/Rail";
import { Sidebar } from "../features/sidebar/Sidebar";
import { TimelineView } from "../features/timeline/TimelineView";
import { currentRoute, go, useRoute } from "../lib/history";
import { Part } from "../lib/parts";
import type { Route, View } from "../lib/routes";
import { usePainted } from "../lib/usePainted";
import { useWatched } from "../lib/useWatched";
import { visitsOf } from "../lib/visits";
import { conversation } from "../model/people";
import type { Place } from "../model/place";
import type { Room } from "../model/room";
import type { Server } from "../model/server";
import { Late } from "../ui/Late";
import { Spinner } from "../ui/Spinner";
import { Toasts } from "../ui/Toasts";
import { parseMessageId } from "../wire/kinds";
import { useWords } from "../words/words";
import { ConnectionBanner } from "./ConnectionBanner";
import { Finding } from "./Finding";
import { OpenDialog, SidePane } from "./Layers";
import { renderMessage } from "./message";
import { prepare, readMarks } from "./preparing";
import { readAlong } from "./readingAlong";
import styles from "./Shell.module.css";
import { servers } from "./servers";
import { type Direction, useSwipe } from "./useSwipe";

const noRoom = new Part(async () => (await import("./NoRoom")).default);

const everyRoom = (place: Place) => place.rooms.size;

/** Everything behind the door: rooms on the left, one of them in the middle. */
export function Shell({ server }: { server: Server }) {
  const words = useWords();
  const route = useRoute();
  const { place } = server.connection;
  useWatched(place, everyRoom);
  const room = shownRoom(place, route.view);
  // One can write before everything is drawn that can be read, or gone to.
  const isPainted = usePainted();
  const shell = useRef<HTMLDivElement>(null);
  useSwipe(shell, goAlong);
  useEffect(
    () => (room ? readAlong(place, room, (records) => readMarks(server, room, records)) : undefined),
    [server, place, room],
  );
  return (
    <div ref={shell} className={styles.shell} data-pane={paneOf(route)}>
      <a className={styles.skip} href="#composer">
        {words.general.skipToComposer}
      </a>
      <div className={styles.sidebar}>
        {isPainted && (
          <>
            <Rail servers={servers} shown={server} />
            <Sidebar server={server} shown={room?.name ?? ""} onNear={(near) => void prepare(server, near)} />
          </>
        )}
      </div>
      <main id="room" tabIndex={-1} aria-label={room?.name} data-room={room?.id} className={styles.room}>
        {room && <RoomHeader server={server} room={room} />}
        <div>
          <ConnectionBanner connection={server.connection} />
          <Late part={invitation} props={{ server }} />
        </div>
        {room &&
          (isPainted ? (
            <TimelineView
              key={room.id}
              server={server}
              room={room}
              target={targetOf(route.view)?.seq}
              renderMessage={renderMessage}
            />
          ) : (
            <div />
          ))}
        {room && (
          <Composer key={`composer ${room.id}`} server={server} room={room} emojiPicker={emojiPicker} />
        )}
        {!room && (
          <Late
            part={noRoom}
            props={{ server, view: route.view }}
            fallback={<Spinner label={words.general.loading} />}
          />
        )}
      </main>
      {room && (
        <div className={styles.side}>
          <SidePane server={server} room={room} />
        </div>
      )}
      <Finding server={server} room={room} />
      <Late part={attention} props={{ servers, room: room?.name ?? "" }} />
      <OpenDialog server={server} room={room} />
      <Toasts />
    </div>
  );
}

/** On a phone a finger goes back from what stands beside the room, to it, and to the list; and to the room again. */
function goAlong(direction: Direction): void {
  if (!matchMedia("(max-width: 48rem)").matches) return;
  const route = currentRoute();
  const pane = paneOf(route);
  const [last] = visitsOf(route.server);
  if (direction === "back" && pane === "side") go({ side: "" }, "replace");
  else if (direction === "back" && pane === "room") go({ view: { kind: "home" } });
  else if (direction === "forth" && pane === "rooms" && last) go({ view: { kind: "room", name: last } });
}

/** What a phone shows, which has room for one thing. */
function paneOf(route: Route): "rooms" | "room" | "side" {
  if (route.side !== "") return "side";
  return route.view.kind === "home" ? "rooms" : "room";
}

/** The message that an address names. */
function targetOf(view: View): { room: number; seq: number } | undefined {
  return view.kind === "message" ? parseMessageId(view.id) : undefined;
}

/** The room of that name, that of that message, or, on arriving, the first one that there is. */
function shownRoom(place: Place, view: View): Room | undefined {
  if (view.kind === "message") return place.rooms.get(targetOf(view)?.room ?? 0);
  // What is said to everyone, and what only oneself sees, are rooms without a name.
  if (view.kind === "room" && view.name.startsWith("@")) return conversation(place, view.name);
  if (view.kind === "room") return place.find(view.name);
  const rooms = [...place.rooms.values()];
  return place.find("#lobby") ?? rooms.find((room) => room.kind === "channel");
}
