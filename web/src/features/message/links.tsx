import type { MouseEvent, ReactNode } from "react";
import { currentRoute, go } from "../../lib/history";
import { parseRoute, type View, writeRoute } from "../../lib/routes";

/** A link to somewhere in this page; with a modifier it opens as any link does. */
export function AppLink({
  to,
  className,
  children,
}: {
  to: View;
  className?: string | undefined;
  children: ReactNode;
}) {
  const href = writeRoute({ ...currentRoute(), view: to, side: "", dialog: "" });
  return (
    <a href={href} className={className} onClick={(event) => follow(event, () => go({ view: to }))}>
      {children}
    </a>
  );
}

/** A link that somebody wrote; one that leads to this very page does not open another. */
export function OutsideLink({ href, children }: { href: string; children: ReactNode }) {
  const inside = insideView(href);
  if (inside) return <AppLink to={inside}>{children}</AppLink>;
  return (
    <a href={href} title={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}

function insideView(href: string): View | undefined {
  const url = new URL(href);
  if (url.origin !== location.origin) return undefined;
  const { view, server } = parseRoute(url);
  const isHere = server === currentRoute().server;
  return isHere && (view.kind === "room" || view.kind === "message") ? view : undefined;
}

function follow(event: MouseEvent, act: () => void): void {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  act();
}
