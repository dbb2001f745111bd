import { type ComponentProps, createContext, Fragment, type ReactNode, use } from "react";
import { hiddenHost } from "../../lib/markdown/links";
import { type Block, type Inline, type Tree, wordsOf } from "../../lib/markdown/tree";
import { AppLink, OutsideLink } from "./links";
import styles from "./MessageText.module.css";
import { marks } from "./parts";
import { isSame } from "./tree";

/** What reads the marks of a text brings what draws them: where there is a tree with them, it is there. */
type Marks = typeof import("./marks");

/** What one is called oneself, whose calls stand out. */
export const OwnName = createContext("");

/** What a message says: elements made of a tree, never of HTML. */
export function MessageText({ tree }: { tree: Tree }) {
  return tree.map((block, place) => <BlockOf key={keyOf(place)} block={block} />);
}

function BlockOf({ block }: { block: Block }): ReactNode {
  switch (block.kind) {
    case "paragraph":
      return (
        <p className={styles.paragraph} dir="auto">
          <Inlines nodes={block.children} />
        </p>
      );
    case "block":
      return <Code language={block.language} text={block.text} />;
    case "quote":
      return (
        <blockquote className={styles.quote} dir="auto">
          <MessageText tree={block.children} />
        </blockquote>
      );
    case "list": {
      const items = block.items.map((item, place) => (
        <li key={keyOf(place)} dir="auto">
          <MessageText tree={item} />
        </li>
      ));
      if (block.start === undefined) return <ul className={styles.list}>{items}</ul>;
      return (
        <ol className={styles.list} start={block.start}>
          {items}
        </ol>
      );
    }
  }
}

function Inlines({ nodes }: { nodes: readonly Inline[] }) {
  return nodes.map((node, place) => <Fragment key={keyOf(place)}>{inline(node)}</Fragment>);
}

function inline(node: Inline): ReactNode {
  switch (node.kind) {
    case "text":
      return node.text;
    case "code":
      return <code className={styles.code}>{node.text}</code>;
    case "emphasis":
      return (
        <em>
          <Inlines nodes={node.children} />
        </em>
      );
    case "strong":
      return (
        <strong>
          <Inlines nodes={node.children} />
        </strong>
      );
    case "struck":
      return (
        <s>
          <Inlines nodes={node.children} />
        </s>
      );
    case "spoiler":
      return (
        <Hidden words={wordsOf(node.children)}>
          <Inlines nodes={node.children} />
        </Hidden>
      );
    case "link":
      return <LinkOf node={node} />;
    case "call":
      return <Call name={node.name} text={node.text} />;
    case "room":
      return <AppLink to={{ kind: "room", name: node.name }}>{node.name}</AppLink>;
  }
}

function Code(props: ComponentProps<Marks["CodeBlock"]>) {
  const known = marks.current();
  return known && <known.CodeBlock {...props} />;
}

function Hidden(props: ComponentProps<Marks["Spoiler"]>) {
  const known = marks.current();
  return known && <known.Spoiler {...props} />;
}

function LinkOf({ node }: { node: Extract<Inline, { kind: "link" }> }) {
  const host = hiddenHost(wordsOf(node.children), node.href);
  return (
    <>
      <OutsideLink href={node.href}>
        <Inlines nodes={node.children} />
      </OutsideLink>
      {host !== "" && <span className={styles.host}> ({host})</span>}
    </>
  );
}

function Call({ name, text }: { name: string; text: string }) {
  const own = use(OwnName);
  const isOwn = name.toLowerCase() === "room" || isSame(name, own);
  return (
    <bdi className={styles.call} data-own={isOwn}>
      {text}
    </bdi>
  );
}

/** Trees never change, so a place in one is as good as a name. */
function keyOf(place: number): string {
  return String(place);
}
