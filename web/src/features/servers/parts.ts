import { Part } from "../../lib/parts";

/** Most people have one account, and see none of it. */
export const squares = new Part(async () => (await import("./Squares")).default);
