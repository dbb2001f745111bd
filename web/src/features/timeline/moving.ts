import type { EventOf, HubEvent } from "../../wire/kinds";

/** Whether somebody came, went, or is called otherwise: that is folded with its like. */
export function isMoving(event: HubEvent): event is EventOf<"joined"> | EventOf<"left"> | EventOf<"renamed"> {
  return event.type === "joined" || event.type === "left" || event.type === "renamed";
}
