/**
 * Shows the early door to whoever has to say who he is, before the page is loaded, and notes in it what he does there:
 * `standing.ts` goes on with that. It comes on its own, and so brings little.
 */
import { dress, KEPT_AT, parseLooks } from "../../lib/looks";
import { parseRoute } from "../../lib/routes";
import { browserShelf } from "../../lib/shelf";
import { ACCOUNTS_AT, type Account, HOME, parseAccounts } from "../../model/accounts";
import { addressOf, openAhead } from "../../wire/ahead";
import { preferred } from "../../words/languages";

const looks = parseLooks(browserShelf.getItem(KEPT_AT));
const home = parseAccounts(browserShelf.getItem(ACCOUNTS_AT)).find(({ key }) => key === HOME.key);
dress(looks);
if (isExpected(home)) show(looks.language === "system" ? preferred(navigator.languages) : looks.language);
else if (home !== undefined && home.proof.kind !== "none") reach();

/** Whether the page will show just this door to whoever has that account here. */
function isExpected(home: Account | undefined): boolean {
  const { server, dialog, view } = parseRoute(new URL(location.href));
  const isPlain = server === "" && dialog === "" && ["home", "room", "message"].includes(view.kind);
  return isPlain && (home === undefined || (home.proof.kind === "none" && home.name === ""));
}

/** Have a connection come while the page does. */
function reach(): void {
  openAhead(addressOf(location));
}

function show(language: string): void {
  const drawn = document.querySelector<HTMLTemplateElement>(`template[data-door="${language}"]`);
  const root = document.getElementById("root");
  if (drawn === null || root === null) return;
  document.documentElement.lang = language;
  root.append(drawn.content.cloneNode(true));
  const door = root.firstElementChild;
  if (door === null) return;
  // The policy of the page forbids styles in its text; those that a script sets it allows.
  for (const one of door.querySelectorAll<HTMLElement>("[data-style]"))
    one.style.cssText = one.dataset.style ?? "";
  for (const one of door.querySelectorAll("[data-host]")) one.textContent = location.host;
  door.querySelector("input")?.focus();
  for (const kind of ["compositionstart", "compositionend"]) door.addEventListener(kind, compose);
  // Not before somebody writes: most doors are looked at for longer than a server waits.
  door.addEventListener("input", reach);
  door.addEventListener("submit", enter);
  door.addEventListener("click", choose);
}

function enter(event: Event): void {
  event.preventDefault();
  const form = event.target as HTMLFormElement;
  const button = form.querySelector<HTMLButtonElement>("[type=submit]");
  if (button === null) return;
  form.dataset.entered = "";
  button.disabled = true;
  button.textContent = document.querySelector<HTMLElement>("[data-entering]")?.dataset.entering ?? "";
}

function compose({ type, target }: Event): void {
  (target as HTMLElement).toggleAttribute("data-composing", type === "compositionstart");
}

function choose(event: Event): void {
  const tab = (event.target as Element).closest<HTMLElement>("[role=tab]");
  if (tab !== null) tab.dataset.chosen = "";
}
