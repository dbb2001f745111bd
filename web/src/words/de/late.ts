/** German: what is said only in dialogs and panes. */
import type { late as english } from "../en/late";
import { acts } from "./acts";
import { admin } from "./admin";
import { commands } from "./commands";
import { governing } from "./governing";
import { making } from "./making";
import { members } from "./members";
import { people } from "./people";
import { search } from "./search";
import { shortcuts } from "./shortcuts";
import { switcher } from "./switcher";
import { terms } from "./terms";

export const late: typeof english = {
  acts,
  commands,
  admin,
  governing,
  making,
  members,
  people,
  search,
  shortcuts,
  switcher,
  terms,
};
