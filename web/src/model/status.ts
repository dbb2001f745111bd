/** How a connection is. */
import type { RefusedError } from "./refusals";

export type Status =
  /**
   * Nobody has said who he is, or what he said was refused (`refusal`). Where it `isExpired`, he was in, and what proved
   * who he is does so no longer: a session that was revoked elsewhere. `reason` is the server's sentence on why somebody
   * is not in any more who was; empty for whoever was not, or where there is none.
   */
  | {
      readonly kind: "asking";
      readonly refusal: RefusedError | undefined;
      readonly isExpired: boolean;
      readonly reason: string;
    }
  | { readonly kind: "connecting" }
  | { readonly kind: "online" }
  /** It tries again at `retryAt`, in milliseconds since 1970. */
  | { readonly kind: "lost"; readonly retryAt: number; readonly sentence: string }
  /** The server does not want it back: put off, banned, replaced. */
  | { readonly kind: "ended"; readonly sentence: string }
  /** The page is too old for the server: it has to be loaded again. */
  | { readonly kind: "outdated"; readonly sentence: string };

export const NOBODY_YET: Status = { kind: "asking", refusal: undefined, isExpired: false, reason: "" };
