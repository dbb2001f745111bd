/** Standing at the early door (`EarlyDoor.tsx`): what somebody has done there before the page had come. */
import { isArriving } from "../../model/arrival";
import { until } from "../../model/emitter";
import { DisconnectedError, RefusedError } from "../../model/refusals";
import type { Server } from "../../model/server";
import { type Way, waysOf } from "./ways";

/** What the door begins with that comes in place of it. */
export interface Standing {
  readonly name: string;
  /** Which tab was chosen, if any. */
  readonly way: Way | undefined;
  /** What of the name is selected, as `setSelectionRange` takes it. */
  readonly selection: readonly [from: number, to: number];
  /** Whether the name was entered. */
  readonly hasEntered: boolean;
  /** Why nobody was let in by it. */
  readonly refusal: RefusedError | DisconnectedError | undefined;
}

const NOTHING: Standing = {
  name: "",
  way: undefined,
  selection: [0, 0],
  hasEntered: false,
  refusal: undefined,
};

let standing = NOTHING;

/** What was done; nothing where there is no early door, or another one has gone on with it. */
export function whatStands(): Standing {
  return standing;
}

/** Look at what is done there; returns whether there is an early door. */
export function lookAt(root: Element): boolean {
  const form = root.querySelector("form");
  const field = form?.querySelector("input");
  if (!form || !field) return false;
  const tabs = [...root.querySelectorAll("[role=tab]")];
  standing = {
    name: field.value,
    way: waysOf(undefined, undefined, false)[tabs.findIndex((tab) => tab.hasAttribute("data-chosen"))],
    selection: [field.selectionStart ?? 0, field.selectionEnd ?? 0],
    hasEntered: form.hasAttribute("data-entered"),
    refusal: undefined,
  };
  return true;
}

/** Wait until an input method has composed what it composes: the field that it writes to is about to go. */
export function composed(root: Element): Promise<void> {
  const field = root.querySelector("[data-composing]");
  if (field === null) return Promise.resolve();
  return new Promise((resolve) => field.addEventListener("compositionend", () => resolve(), { once: true }));
}

/** Wait until a name is entered, if that ever happens. */
export function entered(root: Element): Promise<void> {
  // After the door's own script, which notes it, and listens nearer to the form.
  return new Promise((resolve) => root.addEventListener("submit", () => resolve(), { once: true }));
}

/** Come in by the name that was entered. Resolves as soon as there is something else to show than the early door. */
export function comeIn(server: Server): Promise<void> {
  const { connection } = server;
  const visit = server.visit(standing.name.trim()).catch((error: unknown) => {
    if (!(error instanceof RefusedError || error instanceof DisconnectedError)) throw error;
    standing = { ...standing, refusal: error };
  });
  return Promise.race([visit, until(connection, () => !isArriving(connection))]);
}

/** Go on in what was drawn in place of it, just where one was. */
export function goOn(root: Element): void {
  const field = root.querySelector("input");
  if (field !== null && field.value === standing.name) field.setSelectionRange(...standing.selection);
  standing = NOTHING;
}
