import { useEffect } from "react";
import type { Signal } from "../../model/place";
import type { Server } from "../../model/server";
import { words } from "../../words/words";
import { boardOf } from "./notices";

/** Tell above the composer what the server adds to what was said. */
export function useSignals(server: Server) {
  useEffect(
    () =>
      server.connection.place.onSignal((signal) => {
        const sentence = sentenceOf(signal);
        if (sentence && "room" in signal) boardOf(server.desks.at(signal.room)).warn(sentence);
      }),
    [server],
  );
}

function sentenceOf(signal: Signal): string {
  const { composer } = words();
  if (signal.type === "uncalled") return composer.uncalled;
  if (signal.type !== "hiding") return "";
  return composer.hiding(new Intl.ListFormat(document.documentElement.lang).format(signal.names));
}
