import { Button } from "../../ui/Button";
import { Spinner } from "../../ui/Spinner";
import { useWords } from "../../words/words";
import styles from "./Overlays.module.css";
import type { Page } from "./usePages";

interface EdgeProps {
  page: Page;
  side: "older" | "newer";
}

/** Says that a page is on its way, or why it is not. */
export function PageEdge({ page, side }: EdgeProps) {
  const words = useWords().timeline;
  const { state } = page;
  if (state.kind === "idle") return null;
  if (state.kind === "loading") {
    return (
      <div className={styles.edge} data-side={side}>
        <Spinner label={side === "older" ? words.loadingOlder : words.loadingNewer} />
      </div>
    );
  }
  return (
    <div className={styles.failed} data-side={side} role="alert">
      <span>{side === "older" ? words.olderFailed(state.reason) : words.newerFailed(state.reason)}</span>
      <Button onClick={page.load}>{words.tryAgain}</Button>
    </div>
  );
}
