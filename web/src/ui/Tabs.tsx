import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from "react";
import styles from "./Tabs.module.css";

interface Props<Key extends string> {
  label: string;
  /** The tabs, and what each is called. */
  tabs: Readonly<Record<Key, string>>;
  shown: Key;
  onShow: (key: Key) => void;
  children: ReactNode;
}

/** Several pages in one place: https://www.w3.org/WAI/ARIA/apg/patterns/tabs/, chosen as soon as they have the focus. */
export function Tabs<Key extends string>({ label, tabs, shown, onShow, children }: Props<Key>) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const keys = Object.keys(tabs) as Key[];

  // The first one is seen without being scrolled to, which would have the page laid out.
  const seen = useRef(0);
  const at = keys.indexOf(shown);

  useEffect(() => {
    if (seen.current === at) return;
    seen.current = at;
    // Where there are more than fit, the one that is shown is.
    const tab = list.current?.querySelectorAll<HTMLElement>("[role=tab]")[at];
    tab?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [at]);

  function onKeyDown(event: KeyboardEvent) {
    const right = getComputedStyle(event.currentTarget).direction === "rtl" ? -1 : 1;
    const step = { ArrowRight: right, ArrowLeft: -right }[event.key];
    if (step === undefined) return;
    const place = (keys.indexOf(shown) + step + keys.length) % keys.length;
    const next = keys[place];
    if (next === undefined) return;
    onShow(next);
    list.current?.querySelectorAll<HTMLElement>("[role=tab]")[place]?.focus();
  }

  return (
    <>
      <div ref={list} role="tablist" aria-label={label} className={styles.tabs} onKeyDown={onKeyDown}>
        {keys.map((key) => (
          <button
            key={key}
            type="button"
            role="tab"
            id={`${id}-${key}`}
            aria-selected={key === shown}
            aria-controls={`${id}-panel`}
            tabIndex={key === shown ? 0 : -1}
            className={styles.tab}
            onClick={() => onShow(key)}
          >
            {tabs[key]}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${shown}`}>
        {children}
      </div>
    </>
  );
}
