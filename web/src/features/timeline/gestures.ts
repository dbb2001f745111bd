/** What people do to scroll; without one of these, nobody has moved the list himself. */
const GESTURES = ["wheel", "touchmove", "pointerdown", "keydown"] as const;

/** Call `act` whenever somebody may be about to scroll an element. Returns how to end it. */
export function onGesture(element: HTMLElement, act: () => void): () => void {
  for (const gesture of GESTURES) element.addEventListener(gesture, act, { passive: true });
  return () => {
    for (const gesture of GESTURES) element.removeEventListener(gesture, act);
  };
}
