/** What can stand beside a room, by the first word of `side` in the address; each is loaded when it is wanted. */
import { type ComponentProps, type ComponentType, type LazyExoticComponent, lazy } from "react";
import { Composer } from "../features/composer/Composer";
import type { Room } from "../model/room";
import type { Server } from "../model/server";
import { renderMessage } from "./message";

export interface PaneProps {
  server: Server;
  room: Room;
  /** What follows the word: `4-8` of `thread/4-8`. */
  rest: string;
  onClose: () => void;
}

export const PANES: Readonly<Record<string, LazyExoticComponent<ComponentType<PaneProps>>>> = {
  person: lazy(() => import("../features/people/PersonPane")),
  search: lazy(() => import("../features/search/SearchPane")),
  members: lazy(() => import("../features/rooms/MembersPane")),
  pins: lazy(async () => {
    const { PinsPane } = await import("../features/pins/PinsPane");
    return { default: (props: PaneProps) => <PinsPane {...props} renderMessage={renderMessage} /> };
  }),
  thread: lazy(async () => {
    const { ThreadPane } = await import("../features/thread/ThreadPane");
    const renderComposer = (props: ComponentProps<typeof Composer>) => <Composer {...props} />;
    return {
      default: (props: PaneProps) => <ThreadPane {...props} {...{ renderMessage, renderComposer }} />,
    };
  }),
};
