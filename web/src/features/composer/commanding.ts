/** Commanding: does what commands say; loaded when somebody begins one (help.ts). */
import { go } from "../../lib/history";
import { type Meaning, parseLine } from "../../model/commands";
import type { Request } from "../../wire/kinds";
import { lateWords } from "../../words/words";
import { sentenceOf } from "./answering";
import { explain, sayText, type Writing } from "./sending";

/** Do what a line says that begins with a slash. */
export function obey(writing: Writing, text: string): void {
  const meaning = parseLine(text, writing.room.name);
  const isSaid = meaning.kind === "text" || meaning.kind === "action";
  if (isSaid || writing.desk.files.length === 0) {
    perform(writing, meaning, text);
    return;
  }
  const { composer } = lateWords();
  const useText = { label: composer.sendAsText, onChoose: () => sayText(writing, text) };
  writing.board.warn(composer.filesWithCommand, [useText]);
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
  const { composer } = lateWords();
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
  const { composer, commands } = lateWords();
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
    board.tell(sentenceOf(answer, request, lateWords()));
    return true;
  } catch (error) {
    explain(error, board, lateWords().composer.commandOffline);
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
    board.tell(sentenceOf(gathered, asked, lateWords()));
    if (text !== "") server.connection.say({ room: gathered.room, text });
    if (room === "") go({ view: { kind: "room", name: gathered.room } });
  } catch (error) {
    explain(error, board, lateWords().composer.commandOffline);
  }
}
