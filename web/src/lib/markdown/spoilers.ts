/** Spoilers: which `||` belong to each other. */
import type { Inline } from "./tree";

/** A `||`, which is text unless there is another one. */
interface Mark {
  readonly kind: "mark";
  readonly opens: boolean;
  readonly closes: boolean;
}

export type Unpaired = Inline | Mark;

/** Return the nodes with each pair of marks as a spoiler, and with texts that follow each other as one. */
export function pairSpoilers(nodes: readonly Unpaired[]): readonly Inline[] {
  const paired: Inline[] = [];
  /** Where the text of a mark stands that waits for its other. */
  let open: number | undefined;
  for (const node of nodes) {
    if (node.kind !== "mark") {
      paired.push(node);
    } else if (node.closes && open !== undefined && open < paired.length - 1) {
      const children = joinTexts(paired.splice(open).slice(1));
      paired.push({ kind: "spoiler", children });
      open = undefined;
    } else {
      if (node.opens) open = paired.length;
      paired.push({ kind: "text", text: "||" });
    }
  }
  return joinTexts(paired);
}

function joinTexts(nodes: readonly Inline[]): readonly Inline[] {
  const joined: Inline[] = [];
  for (const node of nodes) {
    const last = joined.at(-1);
    if (node.kind !== "text" || last?.kind !== "text") joined.push(node);
    else joined[joined.length - 1] = { kind: "text", text: last.text + node.text };
  }
  return joined.filter((node) => node.kind !== "text" || node.text !== "");
}
