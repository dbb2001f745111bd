import { Part } from "../../lib/parts";

/** Few people need one. */
export const qrCode = new Part(async () => (await import("../../ui/QrCode")).default);
