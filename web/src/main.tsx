import "./app/first";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { ErrorBoundary } from "./app/ErrorBoundary";
import { loadSoon } from "./app/loadSoon";
import { restoreAppearance } from "./lib/appearance";
import { keepPage } from "./lib/updates";
import "./styles/tokens.css";
import "./styles/base.css";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
await restoreAppearance();
createRoot(root).render(
  <ErrorBoundary>
    <App />
  </ErrorBoundary>,
);
loadSoon();

// Not before the page is there: it loads all of it once more. Where words had to be loaded, it is there already.
if (import.meta.env.PROD) {
  if (document.readyState === "complete") void keepPage();
  else addEventListener("load", () => void keepPage());
}
