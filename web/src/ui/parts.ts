import { Part } from "../lib/parts";

/** A menu whose items are known where its button is. */
export const plainMenu = new Part(async () => (await import("./OpenMenu")).default);

/** Few people need one. */
export const qrCode = new Part(async () => (await import("./QrCode")).default);
