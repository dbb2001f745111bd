import { useVirtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, type ReactNode, useRef } from "react";
import styles from "./VirtualList.module.css";

interface Props<Item> {
  label: string;
  items: readonly Item[];
  keyOf: (item: Item) => string;
  /** How high one is, about, in pixels: each is measured once it is drawn. */
  height: number;
  children: (item: Item) => ReactNode;
}

/** A list of any length, of which only what is seen is drawn. It scrolls in whatever room it is given. */
export function VirtualList<Item>({ label, items, keyOf, height, children }: Props<Item>) {
  const view = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => view.current,
    estimateSize: () => height,
    getItemKey: (place) => keyOf(items[place] as Item),
    overscan: 8,
  });
  const rows = virtual.getVirtualItems();
  return (
    <div ref={view} className={styles.view}>
      <ul
        aria-label={label}
        className={styles.list}
        style={{ "--list-height": `${virtual.getTotalSize()}px` } as CSSProperties}
      >
        {rows.map((row) => (
          <li
            key={row.key}
            ref={virtual.measureElement}
            data-index={row.index}
            aria-setsize={items.length}
            aria-posinset={row.index + 1}
            className={styles.row}
            style={{ "--row-top": `${row.start}px` } as CSSProperties}
          >
            {children(items[row.index] as Item)}
          </li>
        ))}
      </ul>
    </div>
  );
}
