/** Soon: what nearly everybody wants in a moment, which nobody has to wait for before. */
import { moreMenu } from "../features/composer/parts";
import { arrival } from "../features/entrance/parts";
import { toolbar } from "../features/message/parts";
import { attention } from "../features/notifications/parts";
import { headerMenu } from "../features/room-header/parts";
import { footMenu } from "../features/sidebar/parts";
import { announcer } from "../features/timeline/parts";
import { whenIdle } from "../lib/idle";
import { keepPage } from "../lib/updates";
import { hasArrived } from "../model/arrival";
import { layers } from "./parts";
import { servers } from "./servers";

/** One of each feature; what else they bring comes in the same file (`vite.config.ts`). */
const PARTS = [layers, arrival, toolbar, attention, moreMenu, headerMenu, footMenu, announcer];

/** Load it when one is in, or stands at the door, and nothing else is to be done. */
export function loadSoon(): void {
  const { connection } = servers.home;
  let isWaiting = false;
  const stop = connection.subscribe(look);
  look();

  function look() {
    if (isWaiting || isOnTheWay()) return;
    isWaiting = true;
    whenIdle(() => {
      isWaiting = false;
      // Somebody has come in meanwhile: what he came for goes first.
      if (isOnTheWay()) return;
      stop();
      load();
    });
  }

  function isOnTheWay() {
    const { kind } = connection.status;
    return kind === "connecting" || (kind === "online" && !hasArrived(connection));
  }
}

function load(): void {
  // Whoever wants one of them is told if it cannot be loaded.
  for (const part of PARTS) part.load().catch(() => undefined);
  if (import.meta.env.PROD) void keepPage();
}
