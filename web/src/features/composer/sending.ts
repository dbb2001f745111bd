/** Sending: does what was meant by what is written. What does not succeed stays where it was written. */
import { go } from "../../lib/history";
import { type Meaning, parseLine } from "../../model/commands";
import type { Desk } from "../../model/desk";
import { DisconnectedError, RefusedError } from "../../model/questions";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import type { Request } from "../../wire/kinds";
import { words } from "../../words/words";
import { sentenceOf } from "./answering";
import { measure, tidy } from "./measuring";
import { type Board, boardOf } from "./notices";

export interface Writing {
  readonly server: Server;
  readonly room: Room;
  readonly desk: Desk;
  readonly board: Board;
}

export function writingIn(server: Server, room: Room): Writing {
  const desk = server.desks.at(room.name);
  return { server, room, desk, board: boardOf(desk) };
}

/** Somebody wants to send what is written. */
export function send(writing: Writing): void {
  const { server, room, desk, board } = writing;
  if (board.isBusy) return;
  const text = tidy(desk.text);
  board.clear();
  if (desk.editing) void saveEdit(writing, text);
  else if (server.uploads.in(room.name).length > 0) awaitFiles(writing);
  else if (text !== "" || desk.files.length > 0) mean(writing, text);
}

/** Say a text as it stands, whatever it begins with. */
export function sayText(writing: Writing, text: string, manner: "text" | "action" = "text"): void {
  const { server, room, desk, board } = writing;
  if (measure(text, server.connection.place.limits).isOver) {
    board.warn(words().composer.tooLong, [
      { label: words().composer.asFile, onChoose: () => sendAsFile(writing) },
    ]);
    return;
  }
  const files = desk.files.map((file) => file.id);
  server.connection.say({ room: room.name, text, manner, replyTo: desk.replyingTo, files });
  board.clear();
  desk.clear();
}

/** Let what is written be a file that goes with the next message. */
export function sendAsFile({ server, room, desk, board }: Writing): void {
  const file = new File([desk.text], words().composer.messageName, { type: "text/plain" });
  server.uploads.add(room.name, [file]);
  desk.write("");
  board.clear();
}

function mean(writing: Writing, text: string): void {
  const meaning = parseLine(text, writing.room.name);
  const isSaid = meaning.kind === "text" || meaning.kind === "action";
  if (isSaid || writing.desk.files.length === 0) {
    perform(writing, meaning, text);
    return;
  }
  const { composer } = words();
  const useText = { label: composer.sendAsText, onChoose: () => sayText(writing, text) };
  writing.board.warn(composer.filesWithCommand, [useText]);
}

function awaitFiles(writing: Writing): void {
  const { server, room } = writing;
  const { uploads } = server;
  if (uploads.in(room.name).some((upload) => upload.state.kind === "failed")) return;
  uploads.await(room.name, () => send(writing));
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

function perform(writing: Writing, meaning: Meaning, written: string): void {
  const { board, desk, server } = writing;
  switch (meaning.kind) {
    case "text":
    case "action":
      sayText(writing, meaning.text, meaning.kind);
      break;
    case "unknown":
      offerText(writing, meaning, written);
      break;
    case "misuse":
      board.warn(misuseOf(meaning));
      break;
    case "say":
      server.connection.say({ room: meaning.room, text: meaning.text });
      desk.clear();
      break;
    case "broadcast":
      desk.clear();
      server.desks.at("").write(meaning.text);
      go({ dialog: "tell/everybody" });
      break;
    case "open":
      desk.clear();
      go({ [meaning.part]: meaning.what });
      break;
    default:
      void ask(writing, meaning);
  }
}

type Asking = Extract<Meaning, { kind: "tell" | "ask" | "join" | "gather" }>;

/** Do what has an answer. */
async function ask(writing: Writing, meaning: Asking): Promise<void> {
  switch (meaning.kind) {
    case "tell":
      await request(writing, { type: "tell", recipients: [...meaning.names], text: meaning.text });
      break;
    case "ask":
      await request(writing, meaning.request);
      break;
    case "join":
      await join(writing, meaning.room, meaning.key);
      break;
    case "gather":
      await gather(writing, meaning);
  }
}

function offerText(
  writing: Writing,
  { word, nearest }: Meaning & { kind: "unknown" },
  written: string,
): void {
  const { composer } = words();
  const { board, desk } = writing;
  const corrected = `/${nearest}${written.slice(word.length + 1)}`;
  const useNearest = {
    label: composer.didYouMean(nearest),
    onChoose: () => {
      board.clear();
      desk.write(corrected);
    },
  };
  const useText = { label: composer.sendAsText, onChoose: () => sayText(writing, written) };
  board.warn(composer.unknownCommand(word), nearest ? [useNearest, useText] : [useText]);
}

function misuseOf({ command, sentence }: Meaning & { kind: "misuse" }): string {
  const { composer, commands } = words();
  if (sentence !== "") return composer.badDuration(sentence);
  const form = `/${command.words[0]} ${command.usage}`.trim();
  return composer.usage(form, commands.helps[command.help]);
}

/** Ask, and tell the answer. What was written is taken away only when it was done. */
async function request(writing: Writing, request: Request): Promise<boolean> {
  const { server, desk, board } = writing;
  const before = desk.text;
  try {
    const answer = await board.wait(server.connection.ask(request));
    if (desk.text === before) desk.clear();
    board.tell(sentenceOf(answer, request, words()));
    return true;
  } catch (error) {
    explain(error, board, words().composer.commandOffline);
    return false;
  }
}

async function join(writing: Writing, room: string, key: string): Promise<void> {
  const { server, board } = writing;
  const isIn = server.connection.place.find(room) !== undefined;
  if (isIn) writing.desk.clear();
  else if (!(await request(writing, { type: "join", room, ...(key && { key }) }))) return;
  board.clear();
  go({ view: { kind: "room", name: room } });
}

async function gather(writing: Writing, { names, room, text }: Meaning & { kind: "gather" }): Promise<void> {
  const { server, desk, board } = writing;
  try {
    const asked: Request = { type: "gather", names: [...names], ...(room && { room }) };
    const gathered = await board.wait(server.connection.query(asked, "gathered"));
    desk.clear();
    board.tell(sentenceOf(gathered, asked, words()));
    if (text !== "") server.connection.say({ room: gathered.room, text });
    if (room === "") go({ view: { kind: "room", name: gathered.room } });
  } catch (error) {
    explain(error, board, words().composer.commandOffline);
  }
}

function explain(error: unknown, board: Board, offline: string, quiet = ""): void {
  if (error instanceof DisconnectedError) board.warn(offline);
  else if (!(error instanceof RefusedError)) throw error;
  else if (error.code !== quiet) board.warn(error.message);
}
