import { useEffect, useState } from "react";
import { DisconnectedError, RefusedError } from "../../model/refusals";
import type { Server } from "../../model/server";
import { findFacts, type ServerFacts } from "../../model/session";

/** Ask the page's own server what it allows; others tell pages that are not theirs nothing. */
export function useFacts(server: Server): ServerFacts | undefined {
  const [facts, setFacts] = useState<ServerFacts>();
  const isOwn = server.host === "";
  useEffect(() => {
    if (!isOwn) return undefined;
    let isGone = false;
    findFacts().then((found) => !isGone && setFacts(found), pass);
    return () => {
      isGone = true;
    };
  }, [isOwn]);
  return facts;
}

/** Without them everything is offered, and what is not allowed is refused. */
function pass(error: unknown): void {
  if (!(error instanceof RefusedError || error instanceof DisconnectedError)) throw error;
}
