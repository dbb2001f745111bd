import "./app/first";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { ErrorBoundary } from "./app/ErrorBoundary";
import { waitAtDoor } from "./app/early";
import { loadSoon } from "./app/loadSoon";
import { goOn } from "./features/entrance/standing";
import { restoreAppearance } from "./lib/appearance";
import { watchParts } from "./lib/updates";
import { watchLeaving } from "./lib/useWatched";
import "./styles/tokens.css";
import "./styles/base.css";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
void begin(root);

/** Draw the page. Not awaited by this module: what is loaded meanwhile imports it. */
async function begin(place: Element): Promise<void> {
  // Before anybody is told anything, it is known in which language.
  await restoreAppearance();
  await waitAtDoor(place);
  place.replaceChildren();
  watchLeaving();
  createRoot(place).render(
    <ErrorBoundary>
      <App />
    </ErrorBoundary>,
  );
  goOn(place);
  watchParts();
  loadSoon();
}
