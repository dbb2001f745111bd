/** What can lie over everything, by the first word of `dialog` in the address; each is loaded when it is wanted. */
import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import type { Room } from "../model/room";
import type { Server } from "../model/server";

export interface DialogProps {
  server: Server;
  /** The room that is shown, if there is one. */
  room: Room | undefined;
  /** What follows the word: `sessions` of `account/sessions`. */
  rest: string;
  onClose: () => void;
}

export const DIALOGS: Readonly<Record<string, LazyExoticComponent<ComponentType<DialogProps>>>> = {
  block: lazy(() => import("../features/people/BlockDialog")),
  talk: lazy(() => import("../features/people/TalkDialog")),
  notifications: lazy(() => import("../features/notifications/NotificationsDialog")),
  account: lazy(() => import("../features/account/Account")),
  "add-account": lazy(() => import("./AddingAccount")),
  claim: lazy(() => import("../features/account/Claim")),
  device: lazy(() => import("../features/account/Device")),
  register: lazy(() => import("../features/account/Register")),
  welcome: lazy(() => import("../features/account/Welcome")),
  switch: lazy(() => import("./Switching")),
  shortcuts: lazy(() => import("../features/shortcuts/Shortcuts")),
  "new-room": lazy(() => import("../features/rooms/NewRoomDialog")),
  browse: lazy(() => import("../features/rooms/BrowseDialog")),
  invite: lazy(() => import("../features/rooms/InviteDialog")),
  room: lazy(() => import("../features/rooms/RoomDialog")),
  admin: lazy(() => import("../features/admin/AdminDialog")),
  leave: lazy(() => import("../features/rooms/LeaveDialog")),
  tell: lazy(() => import("../features/composer/TellDialog")),
  writing: lazy(() => import("../features/composer/WritingHelp")),
  delete: lazy(() => import("../features/message/DeleteDialog")),
  picture: lazy(() => import("../features/message/PictureDialog")),
  versions: lazy(() => import("../features/message/VersionsDialog")),
};
