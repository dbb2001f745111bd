/** Syntax: which of CommonMark's marks are marks here, as micromark takes them, and the one that is our own. */
import { codeFenced } from "micromark-core-commonmark";
import { gfmAutolinkLiteral } from "micromark-extension-gfm-autolink-literal";
import { gfmStrikethrough } from "micromark-extension-gfm-strikethrough";
import type { Code, Construct, Extension, State, TokenizeContext } from "micromark-util-types";

declare module "micromark-util-types" {
  interface TokenTypeMap {
    spoilerMark: "spoilerMark";
  }
}

const BACKTICK = 96;
const PIPE = 124;

/**
 * `||`, wherever it stands beside a word; `compile.ts` finds pairs of them. More than two in a row mean nothing, and
 * neither does one between spaces: `a || b` is what programmers write.
 */
const spoiler: Construct = {
  name: "spoiler",
  tokenize(this: TokenizeContext, effects, ok, nok): State {
    const { previous } = this;
    let length = 0;
    return function inside(code: Code): State | undefined {
      if (code === PIPE) {
        if (length === 0) {
          if (previous === PIPE) return nok(code);
          effects.enter("spoilerMark");
        }
        length += 1;
        effects.consume(code);
        return inside;
      }
      if (length !== 2) return nok(code);
      const mark = effects.exit("spoilerMark");
      mark._open = !isSpace(code);
      mark._close = !isSpace(previous);
      return ok(code);
    };
  },
};

/** Whether nothing stands there: an end, a line end, a tab (which micromark writes below zero) or another space. */
function isSpace(code: Code): boolean {
  return code === null || code <= 32 || /\s/u.test(String.fromCodePoint(code));
}

const ours: Extension = {
  disable: {
    null: [
      ...["headingAtx", "setextUnderline", "thematicBreak", "htmlFlow", "htmlText", "codeIndented"],
      ...["definition", "labelStartImage", "characterReference", "hardBreakEscape", "codeFenced"],
    ],
  },
  // Tildes fence nothing here, so it comes back under another name and for backticks alone.
  flow: { [BACKTICK]: { ...codeFenced, name: "backticks" } },
  text: { [PIPE]: spoiler },
};

const struck = gfmStrikethrough({ singleTilde: false });
const addresses = gfmAutolinkLiteral();

/** Of these, addresses of mail may begin at any letter, and to try it at each is most of what reading a text costs. */
const addressesOfPages: Extension = {
  text: Object.fromEntries(
    Object.entries(addresses.text ?? {})
      .map(([code, constructs]) => [
        code,
        [constructs ?? []].flat().filter(({ name }) => name !== "emailAutolink"),
      ])
      .filter(([, constructs]) => constructs?.length),
  ),
};

export const EXTENSIONS: Extension[] = [ours, struck, addresses];

/** What suffices for a text without an `@`. */
export const EXTENSIONS_WITHOUT_MAIL: Extension[] = [ours, struck, addressesOfPages];
