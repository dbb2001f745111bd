/** Compiling: from what micromark has found in a text to a tree. */
import { safeHref } from "./links";
import type { Nested } from "./nest";
import { pairSpoilers, type Unpaired } from "./spoilers";
import type { Block, Inline } from "./tree";

/** Return the blocks that stand beside each other, in a document, a quote or an item of a list. */
export function compileBlocks(nodes: readonly Nested[]): Block[] {
  const blocks: Block[] = [];
  let indent = "";
  for (const node of nodes.flatMap((node) => (node.type === "content" ? node.children : node))) {
    const block = compileBlock(node, indent);
    if (block) blocks.push(block);
    // Space before a paragraph belongs to it: it is shown as it was written.
    indent = node.type === "linePrefix" ? node.text : "";
  }
  return blocks;
}

function compileBlock(node: Nested, indent: string): Block | undefined {
  switch (node.type) {
    case "paragraph":
      return paragraph([{ kind: "text", text: indent }, ...inlinesOf(node.children)]);
    case "codeFenced":
      return compileCode(node);
    case "blockQuote":
      return { kind: "quote", children: compileBlocks(node.children) };
    case "listOrdered":
    case "listUnordered":
      return compileList(node);
    default:
      return undefined;
  }
}

function paragraph(children: readonly Unpaired[]): Block {
  return { kind: "paragraph", children: pairSpoilers(children) };
}

function compileCode({ children }: Nested): Block {
  const fence = children.find((node) => node.type === "codeFencedFence");
  const info = fence?.children.find((node) => node.type === "codeFencedFenceInfo");
  const lines = children.filter((node) => node.type === "codeFlowValue" || node.type === "lineEnding");
  const text = lines.map((node) => node.text).join("");
  // The line ends behind the first fence and before the last are theirs.
  return { kind: "block", language: info?.text ?? "", text: text.replace(/^\n|\n$/g, "") };
}

function compileList(node: Nested): Block {
  const items: Nested[][] = [];
  for (const child of node.children) {
    if (child.type === "listItemPrefix") items.push([]);
    else items.at(-1)?.push(child);
  }
  const compiled = items.map(compileBlocks);
  // Nobody writes a list of nothing: it is a dash, a star or a year.
  if (compiled.every((item) => item.length === 0)) return paragraph([{ kind: "text", text: node.text }]);
  const first = node.children.find((child) => child.type === "listItemPrefix");
  const number = first?.children.find((child) => child.type === "listItemValue");
  return { kind: "list", start: number && Number(number.text), items: compiled };
}

/** What stands before the lines of a quote or a list is in their paragraphs, too. */
const PREFIXES: ReadonlySet<string> = new Set(["blockQuotePrefix", "listItemIndent"]);

function inlinesOf(nodes: readonly Nested[]): Unpaired[] {
  return nodes.filter((node) => !PREFIXES.has(node.type)).map(compileInline);
}

function compileInline(node: Nested): Unpaired {
  switch (node.type) {
    case "emphasis":
      return wrap("emphasis", node, "emphasisText");
    case "strong":
      return wrap("strong", node, "strongText");
    case "strikethrough":
      return wrap("struck", node, "strikethroughText");
    case "codeText":
      return { kind: "code", text: codeOf(node) };
    case "link":
      return compileLink(node);
    case "autolink":
    case "literalAutolink":
      return compileAutolink(node);
    case "spoilerMark":
      return { kind: "mark", opens: node.opens, closes: node.closes };
    case "characterEscape":
      return { kind: "text", text: unescaped([node]) };
    default:
      return { kind: "text", text: node.text };
  }
}

function wrap(kind: "emphasis" | "strong" | "struck", node: Nested, content: Nested["type"]): Inline {
  return { kind, children: childrenOf(node, content) };
}

function childrenOf(node: Nested, content: Nested["type"]): readonly Inline[] {
  return pairSpoilers(inlinesOf(node.children.find((child) => child.type === content)?.children ?? []));
}

/** In a span of code, a line end is a space: section 6.1. */
function codeOf({ children }: Nested): string {
  const words = children.filter((node) => node.type === "codeTextData" || node.type === "lineEnding");
  return words.map((node) => (node.type === "lineEnding" ? " " : node.text)).join("");
}

function compileLink(node: Nested): Inline {
  const label = node.children.find((child) => child.type === "label");
  const href = safeHref(unescaped(find(node, "resourceDestinationString")?.children ?? []));
  if (label === undefined || href === undefined) return { kind: "text", text: node.text };
  return { kind: "link", href, children: childrenOf(label, "labelText") };
}

function compileAutolink(node: Nested): Inline {
  const [address] = node.children.filter((child) => child.type !== "autolinkMarker");
  const text = address?.text ?? "";
  const href = safeHref(prefixOf(address?.type) + text);
  if (href === undefined) return { kind: "text", text: node.text };
  return { kind: "link", href, children: [{ kind: "text", text }] };
}

function prefixOf(type: Nested["type"] | undefined): string {
  if (type === "autolinkEmail" || type === "literalAutolinkEmail") return "mailto:";
  return type === "literalAutolinkWww" ? "http://" : "";
}

function find(node: Nested, type: Nested["type"]): Nested | undefined {
  for (const child of node.children) {
    const found = child.type === type ? child : find(child, type);
    if (found) return found;
  }
  return undefined;
}

/** Return a string with escapes as what they stand for. */
function unescaped(nodes: readonly Nested[]): string {
  return nodes
    .map((node) => {
      if (node.type !== "characterEscape") return node.text;
      return node.children.find((child) => child.type === "characterEscapeValue")?.text ?? "";
    })
    .join("");
}
