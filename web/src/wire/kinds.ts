/** The wire's types under the names they are used by, and what follows from them. */
import type {
  AnswerMessage,
  FromClient,
  Record as WireRecord,
  RoomState as WireRoomState,
} from "./generated";

export type * from "./generated";
/** An event with its stamp; not TypeScript's `Record`. */
export type HubRecord = WireRecord;
export type HubEvent = WireRecord["event"];
export type RoomState = WireRoomState;
export type Access = NonNullable<WireRoomState["access"]>;
export type RoomKind = WireRoomState["kind"];
export type Answer = AnswerMessage["answer"];
export type ServerRole = AnswerOf<"account_list">["accounts"][number]["role"];
export type EventOf<Type extends HubEvent["type"]> = Extract<HubEvent, { type: Type }>;
export type AnswerOf<Type extends Answer["type"]> = Extract<Answer, { type: Type }>;

type Identified = Extract<FromClient, { id: unknown }>;
type WithoutId<Message> = Message extends unknown ? Omit<Message, "id"> : never;
/** What can be asked; whoever sends it gives it an id. */
export type Request = WithoutId<Exclude<Identified, { type: "ping" | "pong" }>>;

/** A message's name: `ROOM-SEQ`. */
export type MessageId = `${number}-${number}`;

export function messageId(record: { room: number; seq: number }): MessageId {
  return `${record.room}-${record.seq}`;
}

export function parseMessageId(text: string): { room: number; seq: number } | undefined {
  const found = /^(\d{1,15})-(\d{1,15})$/.exec(text);
  return found ? { room: Number(found[1]), seq: Number(found[2]) } : undefined;
}
