import { Suspense, useEffect, useLayoutEffect, useRef } from "react";
import { go, useRoute } from "../lib/history";
import type { Room } from "../model/room";
import type { Server } from "../model/server";
import { Spinner } from "../ui/Spinner";
import { loadLateWords, useWords } from "../words/words";
import { DIALOGS } from "./dialogs";
import styles from "./Layers.module.css";
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
    <Suspense fallback={<Coming onClose={close} />}>
      <Content server={server} room={room} rest={rest} onClose={close} />
    </Suspense>
  );
}

const close = () => go({ dialog: "" }, "replace");

/** Has the focus while a dialog is loaded: what is typed meanwhile is not meant for the room. */
function Coming({ onClose }: { onClose: () => void }) {
  const words = useWords().general;
  const dialog = useRef<HTMLDialogElement>(null);
  // As `Dialog` does, which comes in its place and keeps where the focus was before.
  useLayoutEffect(() => {
    const before = document.activeElement;
    const shown = dialog.current;
    shown?.showModal();
    return () => {
      shown?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      tabIndex={-1}
      className={styles.coming}
      aria-label={words.loading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <Spinner label={words.loading} />
    </dialog>
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
