import { useEffect, useState } from "react";
import { go } from "../../lib/history";
import { useWatched } from "../../lib/useWatched";
import { DisconnectedError, RefusedError } from "../../model/refusals";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { Spinner } from "../../ui/Spinner";
import { parseMessageId } from "../../wire/kinds";
import { useWords } from "../../words/words";
import styles from "./Elsewhere.module.css";
import { isOnlineOf } from "./usePages";

type Found =
  | { readonly kind: "asked" }
  | { readonly kind: "in"; readonly room: string }
  | { readonly kind: "refused"; readonly sentence: string };

/** What is shown for a message of a room in which one is not. */
export function Elsewhere({ server, id }: { server: Server; id: string }) {
  const words = useWords();
  const found = useWhere(server, id);
  if (found.kind === "asked") return <Spinner label={words.general.loading} />;
  return (
    <div className={styles.elsewhere} role="status">
      {found.kind === "in" ? (
        <>
          <p>{words.timeline.elsewhere(found.room)}</p>
          <Button look="primary" onClick={() => go({ view: { kind: "room", name: found.room } })}>
            {words.timeline.goThere(found.room)}
          </Button>
        </>
      ) : (
        <p>{found.sentence || words.timeline.notHere}</p>
      )}
      <Button onClick={() => go({ view: { kind: "home" } })}>{words.general.back}</Button>
    </div>
  );
}

function useWhere(server: Server, id: string): Found {
  const isOnline = useWatched(server.connection, isOnlineOf);
  const [found, setFound] = useState<Found>({ kind: "asked" });
  useEffect(() => {
    if (!isOnline) return undefined;
    let isOver = false;
    const tell = (found: Found) => {
      if (!isOver) setFound(found);
    };
    if (parseMessageId(id) === undefined) tell({ kind: "refused", sentence: "" });
    else
      server.connection.query({ type: "find_message", message: id }, "message_found").then(
        ({ room }) => tell({ kind: "in", room }),
        (error: unknown) => {
          if (error instanceof RefusedError) tell({ kind: "refused", sentence: error.message });
          else if (!(error instanceof DisconnectedError)) throw error;
        },
      );
    return () => {
      isOver = true;
    };
  }, [server, id, isOnline]);
  return found;
}
