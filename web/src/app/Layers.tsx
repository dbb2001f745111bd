import { useLayoutEffect, useRef } from "react";
import { go, useRoute } from "../lib/history";
import { type Part, useIsMissing } from "../lib/parts";
import type { Room } from "../model/room";
import type { Server } from "../model/server";
import { Late } from "../ui/Late";
import { Spinner } from "../ui/Spinner";
import { useWords } from "../words/words";
import { DIALOGS } from "./dialogs";
import styles from "./Layers.module.css";
import { PANES } from "./panes";

/** What stands beside the room, if something does. */
export function SidePane({ server, room }: { server: Server; room: Room }) {
  const words = useWords().general;
  const { side } = useRoute();
  const [word, rest] = split(side);
  const part = PANES[word];
  if (part === undefined) return null;
  return (
    <Late
      key={word === "search" ? word : side}
      part={part}
      props={{ server, room, rest, onClose: () => go({ side: "" }, "replace") }}
      fallback={<Spinner label={words.loading} />}
    />
  );
}

/** What lies over everything, if something does. */
export function OpenDialog({ server, room }: { server: Server; room: Room | undefined }) {
  const { dialog } = useRoute();
  const [word, rest] = split(dialog);
  const part = DIALOGS[word];
  if (part === undefined) return null;
  return (
    <Late
      key={word}
      part={part}
      props={{ server, room, rest, onClose: close }}
      fallback={<Coming part={part} />}
    />
  );
}

const close = () => go({ dialog: "" }, "replace");

/** A dialog is on its way, or does not come, which is told. */
function Coming({ part }: { part: Part<unknown> }) {
  return useIsMissing(part) ? null : <ComingDialog />;
}

/** Has the focus while a dialog is loaded: what is typed meanwhile is not meant for the room. */
function ComingDialog() {
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
        close();
      }}
    >
      <Spinner label={words.loading} />
    </dialog>
  );
}

function split(path: string): [string, string] {
  const [word = "", ...rest] = path.split("/");
  return [word, rest.join("/")];
}
