/** English: what is said only in dialogs and panes, which are loaded when they are wanted (`useLateWords`). */

import { account } from "./account";
import { acts } from "./acts";
import { admin } from "./admin";
import { commands } from "./commands";
import { deeds } from "./deeds";
import { events } from "./events";
import { governing } from "./governing";
import { header } from "./header";
import { invitations } from "./invitations";
import { lists } from "./lists";
import { making } from "./making";
import { members } from "./members";
import { menus } from "./menus";
import { notices } from "./notices";
import { people } from "./people";
import { search } from "./search";
import { translate } from "./sentences";
import { shortcuts } from "./shortcuts";
import { switcher } from "./switcher";
import { terms } from "./terms";

export const late = {
  deeds,
  events,
  header,
  menus,
  account,
  acts,
  commands,
  admin,
  governing,
  invitations,
  lists,
  making,
  members,
  notices,
  people,
  search,
  shortcuts,
  switcher,
  terms,
  translate,
};
