import { type KeyboardEvent, useEffect, useId, useState } from "react";
import { isComposing } from "../../lib/composing";
import { go } from "../../lib/history";
import { tellError } from "../../lib/toasts";
import type { Server } from "../../model/server";
import { beginHere, Dialog } from "../../ui/Dialog";
import { useLateWords } from "../../words/words";
import { OfferRow } from "./OfferRow";
import type { Found } from "./offers";
import styles from "./Switcher.module.css";
import { useOffers } from "./useOffers";

interface Props {
  server: Server;
  onClose: () => void;
  /** What can be done, by what it is called; and how it is done. */
  commands: Readonly<Record<string, string>>;
  onCommand: (key: string) => void;
  /** Somebody is about to go to a room, by its name. */
  onNear: (name: string) => void;
}

/** Goes anywhere by a few letters: a combobox, https://www.w3.org/WAI/ARIA/apg/patterns/combobox/. */
export function Switcher({ server, onClose, commands, onCommand, onNear }: Props) {
  const words = useLateWords().switcher;
  const id = useId();
  const [written, setWritten] = useState("");
  const [at, setAt] = useState(0);
  const offers = useOffers(server, written, commands);
  const place = Math.min(at, offers.length - 1);

  const chosen = offers[place];
  const near = chosen?.kind === "command" ? undefined : chosen?.name;
  useEffect(() => {
    if (near !== undefined) onNear(near);
  }, [near, onNear]);

  async function choose(offer: Found) {
    if (offer.kind === "command") return onCommand(offer.key);
    try {
      if (offer.kind === "elsewhere") await server.connection.ask({ type: "join", room: offer.name });
      go({ view: { kind: "room", name: offer.name } }, "replace");
    } catch (error) {
      tellError(error);
    }
  }

  function onKeyDown(event: KeyboardEvent) {
    if (isComposing(event.nativeEvent)) return;
    const act = actOf(event);
    if (act === undefined) return;
    event.preventDefault();
    act();
  }

  function actOf({ key, ctrlKey, metaKey }: KeyboardEvent): (() => void) | undefined {
    const offer = offers[place];
    if (key === "k" && (ctrlKey || metaKey)) return onClose;
    if (offer === undefined) return undefined;
    if (key === "Enter") return () => void choose(offer);
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    return step === undefined ? undefined : () => setAt((place + step + offers.length) % offers.length);
  }

  return (
    <Dialog title={words.title} size="tall" onClose={onClose}>
      <input
        ref={beginHere}
        className={styles.input}
        role="combobox"
        aria-label={words.placeholder}
        aria-expanded={offers.length > 0}
        aria-controls={`${id}-offers`}
        aria-activedescendant={offers[place] && `${id}-${place}`}
        aria-autocomplete="list"
        placeholder={words.placeholder}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        dir="auto"
        value={written}
        onChange={(event) => {
          setWritten(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <p role="status" className={offers.length > 0 ? "visually-hidden" : styles.nothing}>
        {offers.length > 0 ? words.found(offers.length) : words.nothing(written)}
      </p>
      <div id={`${id}-offers`} role="listbox" aria-label={words.offers} className={styles.offers}>
        {offers.map((offer, number) => (
          <OfferRow
            key={offer.key}
            id={`${id}-${number}`}
            offer={offer}
            isChosen={number === place}
            onChoose={() => void choose(offer)}
          />
        ))}
      </div>
    </Dialog>
  );
}
