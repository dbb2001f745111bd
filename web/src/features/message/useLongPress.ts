import { type PointerEvent, useRef } from "react";

/** How long a finger stays where it is until it means something, in milliseconds; as Android has it. */
const PRESSED_MS = 500;

/** How far it may move meanwhile, in CSS pixels. */
const SLOP = 10;

interface Press {
  readonly x: number;
  readonly y: number;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** Return what an element listens to, so that a finger that stays on it does what a right click does elsewhere. */
export function useLongPress(onPress: (at: DOMRect) => void) {
  const press = useRef<Press | undefined>(undefined);

  function stop() {
    clearTimeout(press.current?.timer);
    press.current = undefined;
  }

  return {
    onPointerDown(event: PointerEvent) {
      stop();
      if (event.pointerType !== "touch" || isControl(event.target)) return;
      const { clientX: x, clientY: y } = event;
      const timer = setTimeout(() => {
        stop();
        onPress(new DOMRect(x, y, 0, 0));
      }, PRESSED_MS);
      press.current = { x, y, timer };
    },
    onPointerMove(event: PointerEvent) {
      const began = press.current;
      if (began && Math.hypot(event.clientX - began.x, event.clientY - began.y) > SLOP) stop();
    },
    onPointerUp: stop,
    onPointerCancel: stop,
    onContextMenu(event: { preventDefault(): void; nativeEvent: Event }) {
      // On a phone this is the same long press; its own menu would lie over ours. Links keep theirs.
      const { nativeEvent } = event;
      const isTouch = nativeEvent instanceof globalThis.PointerEvent && nativeEvent.pointerType === "touch";
      if (isTouch && !isControl(nativeEvent.target)) event.preventDefault();
    },
  };
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("a, button, audio, video, pre") !== null;
}
