/** What a list of messages and whoever draws one of them agree on; neither knows the other. */
import type { HubRecord } from "../wire/kinds";
import type { Outgoing } from "./outbox";
import type { Room } from "./room";
import type { Server } from "./server";

/** What can be done with a message that stands in a list; the list asks it of whoever drew the message. */
export interface MessageActions {
  /** Show what can be done with it, as its own button does: somebody pressed Enter on it. */
  open(): void;
}

export interface MessageProps {
  readonly server: Server;
  readonly room: Room;
  /** As it looks now: `said`, `announced`, or `removed` for one that was deleted. */
  readonly record: HubRecord;
  /** Whether it goes on what the same person has just said, so that nobody need be named again. */
  readonly isContinued: boolean;
  /** What of the outbox it stands for, as long as it is not stored: `record` is made of it, and has the `seq` 0. */
  readonly outgoing: Outgoing | undefined;
  /** The first message of the thread that is shown, where that is what the list shows. */
  readonly thread?: number;
  /** Whether it stands among what is pinned, so that nobody need be told that it is. */
  readonly isAmongPins?: boolean;
  /** Where whoever draws it puts what can be done with it (`useImperativeHandle`). */
  readonly actions: { current: MessageActions | null };
}
