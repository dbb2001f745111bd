import {
  type ClipboardEvent,
  type KeyboardEvent,
  type RefObject,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { isComposing } from "../../lib/composing";
import { useWatched } from "../../lib/useWatched";
import type { Desk } from "../../model/desk";
import { messageId } from "../../wire/kinds";
import { words } from "../../words/words";
import { apply, focusEnd } from "./editing";
import { link, markOf, toggle } from "./formatting";
import { isSending } from "./keys";
import { isLongPaste } from "./measuring";
import { send, type Writing } from "./sending";
import { type Completion, useCompletion } from "./useCompletion";

const subjectOf = (desk: Desk) => `${desk.editing} ${desk.replyingTo}`;
const textOf = (desk: Desk) => desk.text;

interface Field {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly completion: Completion;
  readonly onKeyDown: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
  readonly onPaste: (event: ClipboardEvent<HTMLTextAreaElement>) => void;
  readonly onWrite: (text: string) => void;
  readonly onSelect: () => void;
}

/** The field where one writes: its keys, what is pasted, and what may be completed. */
export function useField(writing: Writing, attach: (files: Iterable<File>) => void): Field {
  const { server, room, desk, board } = writing;
  const field = useRef<HTMLTextAreaElement>(null);
  const text = useWatched(desk, textOf);
  const [caret, setCaret] = useState(-1);
  const completion = useCompletion(server, room, text, caret, ({ start, end }, insert) => {
    if (field.current === null) return;
    const place = start + insert.length;
    // A space that is there already is not doubled.
    const to = insert.endsWith(" ") && text[end] === " " ? end + 1 : end;
    apply(field.current, { from: start, to, insert, start: place, end: place });
  });
  useFocusOnSubject(desk, field);

  function onSelect() {
    const element = field.current;
    const isCaret = element !== null && element.selectionStart === element.selectionEnd;
    setCaret(isCaret && document.activeElement === element ? element.selectionStart : -1);
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (isComposing(event.nativeEvent)) return;
    if (completion.onKey(event) || act(event)) event.preventDefault();
  }

  function act(event: KeyboardEvent<HTMLTextAreaElement>): boolean {
    if (isSending(event)) send(writing);
    else if (event.key === "Escape") return leave(writing);
    else if (event.key === "ArrowUp" && text === "" && isBare(event)) return editLast(writing);
    else return format(event);
    return true;
  }

  function onPaste(event: ClipboardEvent<HTMLTextAreaElement>) {
    const { files } = event.clipboardData;
    const pasted = event.clipboardData.getData("text/plain");
    // Whoever copies cells of a table has a picture of them there as well.
    if (files.length > 0 && pasted === "") attach(files);
    else if (!pasteLink(event.currentTarget, pasted)) return offerFile(writing, pasted, attach);
    event.preventDefault();
  }

  function onWrite(now: string) {
    desk.write(now);
    board.clear();
    server.uploads.hold(writing.name);
    onSelect();
  }

  return { field, completion, onKeyDown, onPaste, onWrite, onSelect };
}

/** Whoever wants to answer or edit something wants to write. */
function useFocusOnSubject(desk: Desk, field: RefObject<HTMLTextAreaElement | null>) {
  const subject = useWatched(desk, subjectOf);
  const before = useRef(subject);
  useLayoutEffect(() => {
    const isNew = subject !== before.current && subject !== " ";
    before.current = subject;
    if (isNew && field.current) focusEnd(field.current);
  }, [subject, field]);
}

function isBare(event: KeyboardEvent): boolean {
  return !(event.shiftKey || event.ctrlKey || event.metaKey || event.altKey);
}

function leave({ desk, board }: Writing): boolean {
  if (desk.editing || desk.replyingTo) desk.cancel();
  else if (board.notice) board.clear();
  else return false;
  return true;
}

/** Edit what one has said last, as far as it can be seen. */
function editLast({ server, room, desk }: Writing): boolean {
  const { you } = server.connection.place;
  const last = room.timeline.records.findLast(
    ({ event }) => event.type === "said" && event.author === you.id,
  );
  if (last?.event.type !== "said") return false;
  desk.edit(messageId(last), last.event.text);
  return true;
}

function format(event: KeyboardEvent<HTMLTextAreaElement>): boolean {
  const isMark = (event.ctrlKey || event.metaKey) && !event.altKey;
  const mark = isMark ? markOf(event) : undefined;
  const { value, selectionStart, selectionEnd } = event.currentTarget;
  if (mark === undefined) return false;
  apply(event.currentTarget, toggle({ text: value, start: selectionStart, end: selectionEnd }, mark));
  return true;
}

function pasteLink(field: HTMLTextAreaElement, pasted: string): boolean {
  const { value, selectionStart, selectionEnd } = field;
  const change = link({ text: value, start: selectionStart, end: selectionEnd }, pasted);
  if (change) apply(field, change);
  return change !== undefined;
}

/** What is very long is pasted all the same: whoever wants a file says so. */
function offerFile(writing: Writing, pasted: string, attach: (files: Iterable<File>) => void): void {
  const { desk, board, server } = writing;
  if (!isLongPaste(pasted, server.connection.place.limits)) return;
  const { composer } = words();
  const before = desk.text;
  const asFile = () => {
    attach([new File([pasted], composer.pastedName, { type: "text/plain" })]);
    // Only what was pasted goes out of the text again.
    const at = desk.text.indexOf(pasted.replaceAll("\r\n", "\n"));
    desk.write(
      at < 0 ? before : desk.text.slice(0, at) + desk.text.slice(at + pasted.replaceAll("\r\n", "\n").length),
    );
    board.clear();
  };
  const lines = new Intl.NumberFormat().format(pasted.split("\n").length);
  // What is pasted is written first, and that clears the board.
  setTimeout(() =>
    board.warn(composer.longPaste(lines), [
      { label: composer.asFile, onChoose: asFile },
      { label: composer.asText, onChoose: () => board.clear() },
    ]),
  );
}
