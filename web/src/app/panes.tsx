/** What can stand beside a room, by the first word of `side` in the address; each is loaded when it is wanted. */
import type { ComponentProps, ComponentType } from "react";
import { Composer } from "../features/composer/Composer";
import { Part } from "../lib/parts";
import type { Room } from "../model/room";
import type { Server } from "../model/server";
import { withLateWords } from "../words/words";
import { renderMessage } from "./message";

export interface PaneProps {
  server: Server;
  room: Room;
  /** What follows the word: `4-8` of `thread/4-8`. */
  rest: string;
  onClose: () => void;
}

export const PANES: Readonly<Record<string, Part<ComponentType<PaneProps>>>> = {
  person: pane(() => import("../features/people/PersonPane")),
  search: pane(() => import("../features/search/SearchPane")),
  members: pane(() => import("../features/rooms/MembersPane")),
  pins: pane(async () => {
    const { PinsPane } = await import("../features/pins/PinsPane");
    return { default: (props: PaneProps) => <PinsPane {...props} renderMessage={renderMessage} /> };
  }),
  thread: pane(async () => {
    const { ThreadPane } = await import("../features/thread/ThreadPane");
    const renderComposer = (props: ComponentProps<typeof Composer>) => <Composer {...props} />;
    return {
      default: (props: PaneProps) => <ThreadPane {...props} {...{ renderMessage, renderComposer }} />,
    };
  }),
};

/** What is loaded says words that are loaded: both come at the same time. */
function pane(load: () => Promise<{ default: ComponentType<PaneProps> }>) {
  const loadAll = withLateWords(load);
  return new Part(async () => (await loadAll()).default);
}
