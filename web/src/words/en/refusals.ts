import type { RefusalMessage } from "../../wire/kinds";

/** Why something was not done, by the server's code. Where there is nothing, its sentence is translated, or said as it is. */
export const refusals: {
  readonly disconnected: string;
  readonly by: Readonly<
    Partial<Record<RefusalMessage["code"], (refusal: Pick<RefusalMessage, "retry_seconds">) => string>>
  >;
} = {
  disconnected: "The connection was lost before the answer came.",
  // The server speaks English, and knows more.
  by: {},
};
