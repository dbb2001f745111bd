/**
 * One stop: Tab does not lead through every name and link in a list of messages. It leads to the list, from a message into
 * what can be pressed there, and out again; arrows lead from message to message.
 */

/** Have it so for a list, whose rows are in the one element within it; returns how to stop that. */
export function makeOneStop(list: HTMLElement): () => void {
  let passed: readonly HTMLElement[] = [];
  const release = () => {
    for (const row of passed) row.inert = false;
    passed = [];
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Tab" || event.altKey || event.ctrlKey || event.metaKey) return;
    passed = [...list.querySelectorAll<HTMLElement>(":scope > * > :not(:focus-within)")];
    // Only while the browser looks for what comes next, which it does when everybody has heard of the key.
    for (const row of passed) row.inert = true;
    setTimeout(release);
  };
  // On a busy machine the next key comes before that, and may lead to one of them.
  document.addEventListener("keydown", release, true);
  document.addEventListener("keydown", onKeyDown);
  return () => {
    document.removeEventListener("keydown", release, true);
    document.removeEventListener("keydown", onKeyDown);
  };
}
