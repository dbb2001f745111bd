import { Suspense, useEffect } from "react";
import { go, useRoute } from "../lib/history";
import type { Room } from "../model/room";
import type { Server } from "../model/server";
import { Spinner } from "../ui/Spinner";
import { loadLateWords, useWords } from "../words/words";
import { DIALOGS } from "./dialogs";
import { PANES } from "./panes";

/** What stands beside the room, if something does. */
export function SidePane({ server, room }: { server: Server; room: Room }) {
  const words = useWords().general;
  const { side } = useRoute();
  const [word, rest] = split(side);
  const Content = PANES[word];
  useLateWordsSoon(Content !== undefined);
  if (Content === undefined) return null;
  return (
    <Suspense fallback={<Spinner label={words.loading} />}>
      <Content
        key={word === "search" ? word : side}
        server={server}
        room={room}
        rest={rest}
        onClose={() => go({ side: "" }, "replace")}
      />
    </Suspense>
  );
}

/** What lies over everything, if something does. */
export function OpenDialog({ server, room }: { server: Server; room: Room | undefined }) {
  const { dialog } = useRoute();
  const [word, rest] = split(dialog);
  const Content = DIALOGS[word];
  useLateWordsSoon(Content !== undefined);
  if (Content === undefined) return null;
  return (
    <Suspense fallback={null}>
      <Content server={server} room={room} rest={rest} onClose={() => go({ dialog: "" }, "replace")} />
    </Suspense>
  );
}

/** What is loaded says words that are loaded: both come at the same time. */
function useLateWordsSoon(isWanted: boolean): void {
  useEffect(() => {
    // Whoever then says them tells it where they cannot come.
    if (isWanted) loadLateWords().catch(() => undefined);
  }, [isWanted]);
}

function split(path: string): [string, string] {
  const [word = "", ...rest] = path.split("/");
  return [word, rest.join("/")];
}
