/** Parsing: from a text to a tree, by the rules of docs/topics/markdown.md. */
import { parse, postprocess, preprocess } from "micromark";
import { compileBlocks } from "./compile";
import { type Nested, nest, TooDeepError } from "./nest";
import { asWritten, mayBeMarked } from "./plain";
import { EXTENSIONS, EXTENSIONS_WITHOUT_MAIL } from "./syntax";
import type { Tree } from "./tree";

/** What opens or closes something: what each costs grows with how many others there are. */
const COSTLY = /[*_~[\]|<>]|(?<!`)`+|^[ \t]*(?:[-+]|\d{1,9}[.)])[ \t]/gm;

/** Blocks of code, near enough: what stands in them costs nothing. */
const CODE = /^ {0,3}```[^`\n]*\n[\s\S]*?^ {0,3}```/gm;

/** Most of those that are read in one text; beyond, it is shown as it is written. */
export const MOST_MARKS = 600;

/** What is made of all extensions together is dear to make, and that for mail is seldom wanted. */
const PARSER = parse({ extensions: EXTENSIONS_WITHOUT_MAIL });
let mailParser: typeof PARSER | undefined;

/** Return what a text says. It takes any text, in a time that its length alone bounds. */
export function parseText(text: string): Tree {
  // micromark passes over it, so its offsets would be others
  const nodes = readMarks(text.replace(/^\uFEFF/, ""));
  return nodes ? compileBlocks(nodes) : asWritten(text);
}

/** Return what stands in what, or nothing where the text is to be shown as it is written. */
export function readMarks(source: string): Nested[] | undefined {
  if (!mayBeMarked(source) || countMarks(source) > MOST_MARKS) return undefined;
  try {
    // What it has learned of the text before is no matter of this one: what was defined there, and on which lines.
    const parser = parserOf(source);
    parser.defined = [];
    parser.lazy = {};
    const events = postprocess(parser.document().write(preprocess()(source, undefined, true)));
    return nest(events, source);
  } catch (error) {
    if (error instanceof TooDeepError) return undefined;
    throw error;
  }
}

function parserOf(source: string): typeof PARSER {
  if (!source.includes("@")) return PARSER;
  mailParser ??= parse({ extensions: EXTENSIONS });
  return mailParser;
}

function countMarks(text: string): number {
  return text.replace(CODE, "").match(COSTLY)?.length ?? 0;
}
