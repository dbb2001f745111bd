/** Calls: whom a text calls by an `@` before a name, and which rooms it names. As `core/mentions.py` reads them. */
import type { Block, Inline, Tree } from "./tree";

/** What of the words behind an `@` calls somebody; the model knows, for only people who are there can be called. */
export interface Called {
  /** Whether `@word` calls somebody: the word may have what ends a sentence behind it. */
  isCalled(word: string): boolean;
  isRoom(name: string): boolean;
}

/** An `@` or `#` that begins a word: in `ann@example.org` and `page#part` it does not. */
const WORD =
  /(?<![\p{L}\p{N}\p{M}_@#&/])(?:@([\p{L}\p{N}_][\p{L}\p{N}\p{M}_.'^`{|}-]*)|#([^\s,:*?@"\\/<>[\]`|]{1,63}))/gu;

/** What a name may hold and a sentence, or its emphasis, may put behind one. */
const ENDS = /[-.'^`{|}_]+$/;
const ROOM_ENDS = /[.!;)}'’”…]+$/u;

/** Return the tree with calls and rooms as nodes of their own. */
export function findCalls(tree: Tree, called: Called): Tree {
  return tree.map((block) => inBlock(block, called));
}

function inBlock(block: Block, called: Called): Block {
  switch (block.kind) {
    case "paragraph":
      return { ...block, children: inInlines(block.children, called) };
    case "quote":
      return { ...block, children: findCalls(block.children, called) };
    case "list":
      return { ...block, items: block.items.map((item) => findCalls(item, called)) };
    case "block":
      return block;
  }
}

function inInlines(nodes: readonly Inline[], called: Called): readonly Inline[] {
  return nodes.flatMap((node) => {
    if (node.kind === "text") return inText(node.text, called);
    if (
      node.kind === "emphasis" ||
      node.kind === "strong" ||
      node.kind === "struck" ||
      node.kind === "spoiler"
    )
      return [{ ...node, children: inInlines(node.children, called) }];
    return [node];
  });
}

function inText(text: string, called: Called): Inline[] {
  const nodes: Inline[] = [];
  let begin = 0;
  for (const found of text.matchAll(WORD)) {
    const node = found[1] === undefined ? room(found[2] ?? "", called) : call(found[1], called);
    if (node === undefined) continue;
    if (found.index > begin) nodes.push({ kind: "text", text: text.slice(begin, found.index) });
    nodes.push(node);
    begin = found.index + (node.kind === "room" ? node.name : node.text).length;
  }
  if (begin < text.length) nodes.push({ kind: "text", text: text.slice(begin) });
  return nodes;
}

function call(word: string, called: Called): { kind: "call"; name: string; text: string } | undefined {
  const bare = word.replace(ENDS, "");
  // The likeliest first: `ann's`, then `ann`.
  const forms = [word, word.replace(/\.+$/, ""), bare, bare.split("'")[0] ?? ""];
  const name = forms.find((form) => form !== "" && called.isCalled(form));
  return name === undefined ? undefined : { kind: "call", name, text: `@${name}` };
}

function room(word: string, called: Called): { kind: "room"; name: string } | undefined {
  const forms = [word, word.replace(ROOM_ENDS, "")];
  const name = forms.find((form) => form !== "" && called.isRoom(`#${form}`));
  return name === undefined ? undefined : { kind: "room", name: `#${name}` };
}
