/** The early door stands in the page from the start (`features/entrance/EarlyDoor.tsx`): how long it does, and what comes of it. */

import { entrance } from "../features/entrance/parts";
import { comeIn, composed, entered, lookAt, whatStands } from "../features/entrance/standing";
import { servers } from "./servers";

/** Wait until something else can be drawn in place of the early door; at once where there is none. */
export async function waitAtDoor(root: Element): Promise<void> {
  if (!lookAt(root)) return;
  if (!whatStands().hasEntered) {
    // Whoever enters his name meanwhile does not wait for a door that he has passed.
    await Promise.race([entered(root), wholeDoor().then(() => composed(root))]);
    // Meanwhile he has gone on.
    lookAt(root);
  }
  if (whatStands().hasEntered) await comeIn(servers.home);
  if (whatStands().refusal) await wholeDoor();
}

/** Where it cannot be loaded, whoever draws it tells that. */
async function wholeDoor(): Promise<void> {
  await entrance.load().catch(() => undefined);
}
