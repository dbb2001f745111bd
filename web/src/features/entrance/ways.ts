/** Ways in: which of them a server offers, by what it allows and by the link that was followed. Pure. */
import type { View } from "../../lib/routes";
import type { ServerFacts } from "../../model/session";

export type Way = "guest" | "logIn" | "register";

/** A link that leads to the door for a purpose. */
export type DoorLink = Extract<View, { kind: "invitation" | "claim" | "device" }>;

export function linkOf(view: View): DoorLink | undefined {
  return view.kind === "invitation" || view.kind === "claim" || view.kind === "device" ? view : undefined;
}

/** Return what can be chosen, what is meant first. Of a server that has told nothing, everything. */
export function waysOf(
  facts: ServerFacts | undefined,
  link: DoorLink | undefined,
  isExpired: boolean,
): Way[] {
  if (link?.kind === "claim") return ["register", "logIn"];
  const guest: Way[] = facts?.guests === false ? [] : ["guest"];
  if (link?.kind === "invitation") return ["register", "logIn", ...guest];
  return isExpired ? ["logIn", ...guest, "register"] : [...guest, "logIn", "register"];
}
