import { ahead } from "../../lib/ago";
import type { lists as english } from "../en/lists";

export const lists: typeof english = {
  add: "Hinzufügen",
  done: "Fertig",
  once: "Nur dieses eine Mal",
  targets:
    "Ein Name; ein Muster wie spam*; Konten, account:bob oder account:*; eine Maske, *!*@host; eine Adresse oder ein Netz wie 192.0.2.0/24.",
  reason: "Warum",
  howLong: "Wie lange",
  by: (name) => `von ${name}`,
  until: (seconds) => `endet ${ahead(seconds, "de")}`,
  added: (whom) => `${whom} steht auf der Liste.`,
  removed: (whom) => `${whom} steht nicht mehr auf der Liste.`,
  remove: (whom) => `${whom} von der Liste nehmen`,
};
