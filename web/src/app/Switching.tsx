/** Commands: what the switcher can do besides going somewhere, and the switcher that does it. */
import { useCallback, useMemo } from "react";
import { Switcher } from "../features/switcher/Switcher";
import { chooseAppearance } from "../lib/appearance";
import { go } from "../lib/history";
import { tellError } from "../lib/toasts";
import type { Server } from "../model/server";
import { type LateWords, useLateWords } from "../words/words";
import { DIALOGS, type DialogProps } from "./dialogs";
import { PANES } from "./panes";
import { prepare } from "./preparing";

type Command = keyof LateWords["switcher"]["commands"];

const ACTS: Readonly<Partial<Record<Command, (server: Server) => void>>> = {
  light: () => chooseAppearance({ theme: "light" }),
  dark: () => chooseAppearance({ theme: "dark" }),
  system: () => chooseAppearance({ theme: "system" }),
  read: (server) => void server.connection.ask({ type: "mark_read" }).catch(tellError),
};

/** The switcher, with the commands that there are. */
export default function Switching({ server, onClose }: DialogProps) {
  const words = useLateWords().switcher;
  const commands = useMemo(
    () => Object.fromEntries(Object.entries(words.commands).filter(([key]) => exists(key as Command))),
    [words],
  );

  function run(key: string) {
    const act = ACTS[key as Command];
    if (act) {
      onClose();
      act(server);
    } else if (key in DIALOGS) go({ dialog: key }, "replace");
    else go({ dialog: "", side: key }, "replace");
  }

  const near = useCallback((name: string) => void prepare(server, name), [server]);

  return <Switcher server={server} onClose={onClose} commands={commands} onCommand={run} onNear={near} />;
}

function exists(key: Command): boolean {
  return key in ACTS || key in DIALOGS || key in PANES;
}
