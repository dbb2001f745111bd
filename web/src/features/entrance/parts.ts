import { Part } from "../../lib/parts";
import { loadDoorWords } from "../../words/words";

/** Whoever is in already does not need the door. */
export const entrance = new Part(async () => {
  const [{ Entrance }] = await Promise.all([import("./Entrance"), loadDoorWords()]);
  return Entrance;
});

export const arrival = new Part(async () => (await import("./soon")).Arrival);
