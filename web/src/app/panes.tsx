/** What can stand beside a room, by the first word of `side` in the address; each is loaded when it is wanted. */
import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import type { Room } from "../model/room";
import type { Server } from "../model/server";

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
};
