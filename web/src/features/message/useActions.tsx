import {
  Ban,
  Bell,
  BellOff,
  Copy,
  CornerUpLeft,
  History,
  Link,
  MailOpen,
  MessageSquareText,
  Pencil,
  Pin,
  PinOff,
  SmilePlus,
  Trash2,
  UserRound,
} from "lucide-react";
import { go } from "../../lib/history";
import { charterOf } from "../../model/charter";
import { type Desk, threadDesk } from "../../model/desk";
import type { MessageProps } from "../../model/message";
import { may } from "../../model/ranks";
import type { MenuItem } from "../../ui/PopupMenu";
import { type HubRecord, messageId } from "../../wire/kinds";
import { type LateWords, useLateWords } from "../../words/words";
import { toggleReaction } from "./acts";
import { copyLink, copyMessage, markUnread, toggleFollowing, togglePin } from "./deeds";
import { favourites } from "./favourites";

type Context = Pick<MessageProps, "server" | "room" | "record" | "thread">;
type MessageWords = LateWords["deeds"];

/** What can be done with a message, in the order in which it is offered; `pickReaction` shows all emoji. */
export function useActions(context: Context, pickReaction: () => void): readonly MenuItem[] {
  const words = useLateWords().deeds;
  const { record, server } = context;
  const text = textOf(record);
  if (text === undefined) return [item(words.copyLink, Link, () => copyLink(server, record))];
  return [
    ...answering(context, text, words, pickReaction),
    item(words.copyText, Copy, () => copyMessage(text)),
    item(words.copyLink, Link, () => copyLink(server, record)),
    ...keepingTrack(context, words),
    ...moderating(context, words),
  ];
}

/** Where it is answered and edited: in the thread that is shown, or in the room. */
export function deskOf({ server, room, thread }: Context): Desk {
  return server.desks.at(thread === undefined ? room.name : threadDesk(room.name, `${room.id}-${thread}`));
}

/** What is said about it, and what becomes of it for everybody. */
function answering(
  context: Context,
  text: string,
  words: MessageWords,
  pickReaction: () => void,
): MenuItem[] {
  const { server, room, record, thread } = context;
  if (record.event.type !== "said") return [];
  const id = messageId(record);
  const desk = deskOf(context);
  const isOwn = record.event.author === server.connection.place.you.id;
  const isPinned = room.pins?.includes(record.seq) ?? false;
  const toThread = () => go({ side: `thread/${room.id}-${threadOf(record)}` });
  const quick = favourites().map((reaction) => ({
    label: words.react(reaction),
    icon: <span aria-hidden="true">{reaction}</span>,
    isSmall: true,
    onChoose: () => void toggleReaction(server, record, reaction),
  }));
  return [
    ...quick,
    item(words.reactOther, SmilePlus, pickReaction),
    item(words.reply, CornerUpLeft, () => desk.reply(id)),
    ...(thread === undefined ? [item(words.openThread, MessageSquareText, toThread)] : []),
    ...(isOwn ? [item(words.edit, Pencil, () => desk.edit(id, text))] : []),
    item(
      isPinned ? words.unpin : words.pin,
      isPinned ? PinOff : Pin,
      () => void togglePin(server, room, record),
    ),
  ];
}

/** What only concerns oneself. */
function keepingTrack({ server, room, record }: Context, words: MessageWords): MenuItem[] {
  const items: MenuItem[] = [];
  if (room.name !== "")
    items.push(item(words.markUnread, MailOpen, () => void markUnread(server, room, record)));
  if (hasThread(record) && server.connection.place.you.has_account) {
    const thread = threadOf(record);
    const follow = () => void toggleFollowing(server, room, thread);
    const isFollowing = room.threads.has(thread);
    items.push(item(isFollowing ? words.unfollow : words.follow, isFollowing ? BellOff : Bell, follow));
  }
  return items;
}

function moderating({ server, room, record }: Context, words: MessageWords): MenuItem[] {
  const id = messageId(record);
  const { author, name } = record.event;
  const isOwn = author === server.connection.place.you.id;
  const items: MenuItem[] = [];
  if (record.note?.edited_ms)
    items.push(item(words.versions, History, () => go({ dialog: `versions/${id}` })));
  if (!isOwn)
    items.push(
      item(words.profile(name), UserRound, () => go({ side: `person/${name}` })),
      item(words.block(name), Ban, () => go({ dialog: `block/${name}` })),
    );
  if (isOwn || may(charterOf(server.connection, room).own, "delete_messages"))
    items.push({ ...item(words.delete, Trash2, () => go({ dialog: `delete/${id}` })), isDangerous: true });
  return items;
}

/** Return what a message says; `undefined` for one that says nothing any more. */
export function textOf({ event }: HubRecord): string | undefined {
  switch (event.type) {
    case "said":
    case "announced":
    case "confided":
      return event.text;
    default:
      return undefined;
  }
}

/** The first message of the thread that it is in, or would begin. */
function threadOf({ seq, event }: HubRecord): number {
  return (event.type === "said" && event.thread) || seq;
}

function hasThread(record: HubRecord): boolean {
  return (record.note?.replies ?? 0) > 0 || (record.event.type === "said" && (record.event.thread ?? 0) > 0);
}

function item(label: string, Icon: typeof Ban, onChoose: () => void): MenuItem {
  return { label, icon: <Icon size={18} aria-hidden="true" />, onChoose };
}
