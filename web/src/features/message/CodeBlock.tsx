import type { Root, RootContent } from "hast";
import { Check, Copy } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { copyText } from "../../lib/copy";
import { tellError } from "../../lib/toasts";
import { useWords } from "../../words/words";
import styles from "./CodeBlock.module.css";

/** How long the button says that it has copied, in milliseconds. */
const TOLD_MS = 2_000;

/** A block of code; coloured once it is seen, if its language is known. */
export function CodeBlock({ language, text }: { language: string; text: string }) {
  const words = useWords().message;
  const block = useRef<HTMLElement>(null);
  const colours = useColours(block, language, text);
  return (
    <figure ref={block} className={styles.block} dir="ltr" aria-label={words.code(language)}>
      <figcaption className={styles.head}>
        <span className={styles.language}>{language}</span>
        <CopyButton text={text} />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (axe: scrollable-region-focusable) */}
      <pre className={styles.code} tabIndex={0}>
        <code>{colours ?? text}</code>
      </pre>
    </figure>
  );
}

function CopyButton({ text }: { text: string }) {
  const words = useWords().message;
  const [isCopied, setCopied] = useState(false);

  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), TOLD_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);

  return (
    <>
      <span role="status" className="visually-hidden">
        {isCopied && words.copied}
      </span>
      <button
        type="button"
        className={styles.copy}
        onClick={() => void copyText(text).then(() => setCopied(true), tellError)}
      >
        {isCopied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
        {isCopied ? words.copied : words.copyCode}
      </button>
    </>
  );
}

/** Return the code with its colours, once it is in view and what knows the language is loaded. */
function useColours(
  block: { readonly current: HTMLElement | null },
  language: string,
  text: string,
): ReactNode {
  const [colours, setColours] = useState<ReactNode>();

  useEffect(() => {
    if (language === "" || block.current === null) return undefined;
    let isWanted = true;
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      void import("./highlight").then(({ highlight }) => {
        const root = highlight(language, text);
        if (isWanted && root) setColours(elements(root));
      }, tellError);
    });
    observer.observe(block.current);
    return () => {
      isWanted = false;
      observer.disconnect();
    };
  }, [block, language, text]);

  return colours;
}

function elements(node: Root | Extract<RootContent, { type: "element" }>): ReactNode[] {
  return node.children.map((child, place) => {
    if (child.type === "text") return child.value;
    if (child.type !== "element") return null;
    const { className } = child.properties;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: made anew whenever the code is another
      <span key={place} className={Array.isArray(className) ? className.join(" ") : ""}>
        {elements(child)}
      </span>
    );
  });
}
