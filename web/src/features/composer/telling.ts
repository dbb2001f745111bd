/** Telling several people: what became of it for each, and what can be tried again. Pure. */
import type { Outcome } from "../../wire/kinds";

/** Add names, once each; the case of a name does not make another. */
export function addNames(names: readonly string[], added: readonly string[]): readonly string[] {
  const known = new Set(names.map((name) => name.toLocaleLowerCase()));
  const isNew = (name: string) => {
    const folded = name.toLocaleLowerCase();
    const wasKnown = known.has(folded);
    known.add(folded);
    return !wasKnown;
  };
  return [...names, ...added.filter(isNew)];
}

/** What is known by now: what was tried again has another outcome. */
export function mergeOutcomes(before: readonly Outcome[], after: readonly Outcome[]): readonly Outcome[] {
  const now = new Map(after.map((outcome) => [outcome.name.toLocaleLowerCase(), outcome]));
  const kept = before.map((outcome) => now.get(outcome.name.toLocaleLowerCase()) ?? outcome);
  const known = new Set(before.map((outcome) => outcome.name.toLocaleLowerCase()));
  return [...kept, ...after.filter((outcome) => !known.has(outcome.name.toLocaleLowerCase()))];
}

/** Whom it did not reach. */
export function failedIn(outcomes: readonly Outcome[]): readonly string[] {
  return outcomes
    .filter(({ status }) => status === "refused" || status === "unknown")
    .map((outcome) => outcome.name);
}
