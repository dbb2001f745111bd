/** Trees: what a text says, once its marks are read (docs/topics/markdown.md). */

export type Inline =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "emphasis" | "strong" | "struck" | "spoiler"; readonly children: readonly Inline[] }
  | { readonly kind: "link"; readonly href: string; readonly children: readonly Inline[] }
  /** Somebody called; `name` is how he was called, without the `@`. */
  | { readonly kind: "call"; readonly name: string; readonly text: string }
  | { readonly kind: "room"; readonly name: string };

export type Block =
  | { readonly kind: "paragraph"; readonly children: readonly Inline[] }
  | { readonly kind: "block"; readonly language: string; readonly text: string }
  | { readonly kind: "quote"; readonly children: readonly Block[] }
  /** `start` is the first number; `undefined` where it has none. */
  | {
      readonly kind: "list";
      readonly start: number | undefined;
      readonly items: readonly (readonly Block[])[];
    };

export type Tree = readonly Block[];

/** Return the words of some nodes, without their marks. */
export function wordsOf(nodes: readonly Inline[]): string {
  return nodes
    .map((node) => {
      switch (node.kind) {
        case "text":
        case "code":
        case "call":
          return node.text;
        case "room":
          return node.name;
        default:
          return wordsOf(node.children);
      }
    })
    .join("");
}
