import { entrance } from "./entrance";
import { translate } from "./sentences";

export const door = { entrance, translate };
