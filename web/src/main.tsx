import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { ErrorBoundary } from "./app/ErrorBoundary";
import { restoreAppearance } from "./lib/appearance";
import { keepPage } from "./lib/updates";
import "./styles/tokens.css";
import "./styles/base.css";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
await restoreAppearance();
createRoot(root).render(
  <StrictMode>
    <ErrorBoundary>
      <App />
    </ErrorBoundary>
  </StrictMode>,
);

// Not before the page is there: it loads all of it once more.
if (import.meta.env.PROD) addEventListener("load", () => void keepPage());
