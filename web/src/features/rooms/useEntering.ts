import { useState } from "react";
import { go } from "../../lib/history";
import { RefusedError } from "../../model/refusals";
import type { Server } from "../../model/server";

export interface Entering {
  readonly isBusy: boolean;
  /** Why one is not in; what would open the door follows from its code. */
  readonly refusal: Error | undefined;
  /** Whether those inside have been asked to open. */
  readonly hasAsked: boolean;
  readonly enter: (key: string) => void;
  readonly askIn: (text: string) => void;
}

/** Coming into a room, with what it takes: nothing, a key, or somebody who lets one in. */
export function useEntering(server: Server, name: string, onChanged: () => void): Entering {
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Error>();
  const [hasAsked, setAsked] = useState(false);

  async function attempt(doing: () => Promise<void>) {
    setBusy(true);
    setRefusal(undefined);
    try {
      await doing();
    } catch (error) {
      setRefusal(error instanceof Error ? error : new Error(String(error)));
    } finally {
      setBusy(false);
    }
  }

  async function enter(key: string) {
    try {
      await server.connection.ask({ type: "join", room: name, key });
    } catch (error) {
      // It is called something else now, and is the same room.
      if (!(error instanceof RefusedError) || error.code !== "room_renamed") throw error;
      await server.connection.ask({ type: "join", room: error.suggestion, key });
    }
    onChanged();
    go({ view: { kind: "room", name: server.connection.place.find(name)?.name ?? name } });
  }

  async function askIn(text: string) {
    await server.connection.ask({ type: "ask_in", room: name, text: text.trim() });
    setAsked(true);
  }

  return {
    isBusy,
    refusal,
    hasAsked,
    enter: (key) => void attempt(() => enter(key)),
    askIn: (text) => void attempt(() => askIn(text)),
  };
}
