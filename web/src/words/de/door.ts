/** German: what is said at the door. */
import type { door as english } from "../en/door";
import { entrance } from "./entrance";
import { translate } from "./sentences";

export const door: typeof english = { entrance, translate };
