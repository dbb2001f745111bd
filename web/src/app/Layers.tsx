import { useLayoutEffect, useRef, useState } from "react";
import { go, useRoute } from "../lib/history";
import { type Part, useIsMissing, usePart } from "../lib/parts";
import { useWatched } from "../lib/useWatched";
import type { Connection } from "../model/connection";
import type { Room } from "../model/room";
import type { Server } from "../model/server";
import { Late } from "../ui/Late";
import { Spinner } from "../ui/Spinner";
import { useWords } from "../words/words";
import styles from "./Layers.module.css";
import { layers } from "./parts";

/** What stands beside the room, if something does. */
export function SidePane({ server, room }: { server: Server; room: Room }) {
  const words = useWords().general;
  const { side } = useRoute();
  const [word, rest] = split(side);
  const isTried = useIsTried(server);
  const part = usePart(layers, word !== "")?.PANES[word];
  if (part === undefined) return null;
  if (!isTried) return <Spinner label={words.loading} />;
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
  const isTried = useIsTried(server);
  const tables = usePart(layers, word !== "");
  if (word === "") return null;
  if (tables === undefined) return <Coming part={layers} />;
  const part = tables.DIALOGS[word];
  if (part === undefined) return null;
  if (!isTried) return <ComingDialog />;
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

const isTriedOf = ({ status: { kind } }: Connection) => kind !== "connecting";

/**
 * Whether a connection has been tried. What is opened by an address is shown, from what was seen last, before there is one:
 * what it asks for would be refused, and stay so.
 */
function useIsTried(server: Server): boolean {
  const isTried = useWatched(server.connection, isTriedOf);
  const [wasTried, setWasTried] = useState(isTried);
  if (isTried && !wasTried) setWasTried(true);
  return wasTried;
}

function split(path: string): [string, string] {
  const [word = "", ...rest] = path.split("/");
  return [word, rest.join("/")];
}
