/** Sending: does what was meant by what is written. What does not succeed stays where it was written. */
import { type Desk, threadDesk } from "../../model/desk";
import { DisconnectedError, RefusedError } from "../../model/refusals";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { type Words, words } from "../../words/words";
import { help, loadHelp } from "./help";
import { measure, tidy } from "./measuring";
import { type Board, boardOf } from "./notices";

export interface Writing {
  readonly server: Server;
  readonly room: Room;
  /** The first message of the thread that is answered; empty where none is. */
  readonly thread: string;
  /** What the desk is called at which it is written. */
  readonly name: string;
  readonly desk: Desk;
  readonly board: Board;
}

export function writingIn(server: Server, room: Room, thread = ""): Writing {
  const name = thread === "" ? room.name : threadDesk(room.name, thread);
  const desk = server.desks.at(name);
  return { server, room, thread, name, desk, board: boardOf(desk) };
}

/** Somebody wants to send what is written. */
export function send(writing: Writing): void {
  const { server, name, desk, board } = writing;
  if (board.isBusy) return;
  const text = tidy(desk.text);
  board.clear();
  if (desk.editing) void saveEdit(writing, text);
  else if (server.uploads.in(name).length > 0) awaitFiles(writing);
  else if (text !== "" || desk.files.length > 0) mean(writing, text);
}

/** Say a text as it stands, whatever it begins with. */
export function sayText(writing: Writing, text: string, manner: "text" | "action" = "text"): void {
  const { server, room, thread, desk, board } = writing;
  if (measure(text, server.connection.place.limits).isOver) {
    board.warn(words().composer.tooLong, [
      { label: words().composer.asFile, onChoose: () => sendAsFile(writing) },
    ]);
    return;
  }
  const files = desk.files.map((file) => file.id);
  server.connection.say({ room: room.name, text, manner, replyTo: desk.replyingTo || thread, files });
  board.clear();
  desk.clear();
}

/** Let what is written be a file that goes with the next message. */
export function sendAsFile({ server, name, desk, board }: Writing): void {
  const file = new File([desk.text], words().composer.messageName, { type: "text/plain" });
  server.uploads.add(name, [file]);
  desk.write("");
  board.clear();
}

function mean(writing: Writing, text: string): void {
  if (!text.startsWith("/")) sayText(writing, text);
  else if (text.startsWith("//")) sayText(writing, text.slice(1));
  else void obey(writing, text);
}

/** Do what a command says, as soon as it is known what commands say. */
async function obey(writing: Writing, text: string): Promise<void> {
  const { board, desk } = writing;
  let known = help();
  try {
    known ??= await board.wait(loadHelp());
  } catch {
    board.warn(words().composer.commandOffline);
    return;
  }
  // Whoever went on writing did not mean this any more.
  if (tidy(desk.text) === text) known.obey(writing, text);
}

function awaitFiles(writing: Writing): void {
  const { server, name } = writing;
  const { uploads } = server;
  if (uploads.in(name).some((upload) => upload.state.kind === "failed")) return;
  uploads.await(name, () => send(writing));
}

async function saveEdit({ server, desk, board }: Writing, text: string): Promise<void> {
  const { composer } = words();
  const message = desk.editing;
  if (text === "") return board.warn(composer.emptyEdit);
  if (measure(text, server.connection.place.limits).isOver) return board.warn(composer.tooLong);
  try {
    await board.wait(server.connection.ask({ type: "edit", message, text }));
    if (desk.editing === message) desk.cancel();
  } catch (error) {
    explain(error, board, composer.lostEdit, "unchanged");
    if (error instanceof RefusedError && error.code === "unchanged") desk.cancel();
  }
}

/** Say why something was not done; `quiet` is a refusal that says nothing new. */
export function explain(error: unknown, board: Board, offline: string, quiet = ""): void {
  if (error instanceof DisconnectedError) board.warn(offline);
  else if (!(error instanceof RefusedError)) throw error;
  else if (error.code !== quiet) board.warn(error.message);
}

/** What the field is called in which it is written. */
export function labelOf({ room, thread }: Writing, words: Words): string {
  return thread === "" ? words.composer.write(room.name) : words.threads.write;
}

/** One goes on writing where one was: what has the focus is going. */
export function focusField(): void {
  const form = document.activeElement?.closest("form");
  (form?.querySelector("textarea") ?? document.getElementById("composer"))?.focus();
}
