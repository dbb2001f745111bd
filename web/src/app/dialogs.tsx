/** What can lie over everything, by the first word of `dialog` in the address; each is loaded when it is wanted. */
import type { ComponentType } from "react";
import { Part } from "../lib/parts";
import type { Room } from "../model/room";
import type { Server } from "../model/server";
import { withLateWords } from "../words/words";

export interface DialogProps {
  server: Server;
  /** The room that is shown, if there is one. */
  room: Room | undefined;
  /** What follows the word: `sessions` of `account/sessions`. */
  rest: string;
  onClose: () => void;
}

export const DIALOGS: Readonly<Record<string, Part<ComponentType<DialogProps>>>> = {
  block: dialog(() => import("../features/people/BlockDialog")),
  talk: dialog(() => import("../features/people/TalkDialog")),
  notifications: dialog(() => import("../features/notifications/NotificationsDialog")),
  account: dialog(withInvitations(() => import("../features/account/Account"))),
  "add-account": dialog(() => import("./AddingAccount")),
  claim: dialog(() => import("../features/account/Claim")),
  device: dialog(() => import("../features/account/Device")),
  register: dialog(() => import("../features/account/Register")),
  welcome: dialog(() => import("../features/account/Welcome")),
  switch: dialog(() => import("./Switching")),
  shortcuts: dialog(() => import("../features/shortcuts/Shortcuts")),
  "new-room": dialog(() => import("../features/rooms/NewRoomDialog")),
  browse: dialog(() => import("../features/rooms/BrowseDialog")),
  invite: dialog(() => import("../features/rooms/InviteDialog")),
  room: dialog(() => import("../features/rooms/RoomDialog")),
  admin: dialog(withInvitations(() => import("../features/admin/AdminDialog"))),
  leave: dialog(() => import("../features/rooms/LeaveDialog")),
  tell: dialog(() => import("../features/composer/TellDialog")),
  writing: dialog(() => import("../features/composer/WritingHelp")),
  delete: dialog(() => import("../features/message/DeleteDialog")),
  picture: dialog(() => import("../features/message/PictureDialog")),
  versions: dialog(() => import("../features/message/VersionsDialog")),
};

/** What is loaded says words that are loaded: both come at the same time. */
function dialog(load: () => Promise<{ default: ComponentType<DialogProps> }>) {
  const loadAll = withLateWords(load);
  return new Part(async () => (await loadAll()).default);
}

type Inviting = DialogProps & { Invitations: ComponentType<{ server: Server }> };

/** Two dialogs show the same invitations, and neither knows the other. */
function withInvitations(load: () => Promise<{ default: ComponentType<Inviting> }>) {
  return async () => {
    const [{ default: Content }, { Invitations }] = await Promise.all([
      load(),
      import("../features/invitations/Invitations"),
    ]);
    return { default: (props: DialogProps) => <Content {...props} Invitations={Invitations} /> };
  };
}
