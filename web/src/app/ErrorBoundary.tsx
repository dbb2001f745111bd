import { Component, type ReactNode } from "react";
import { copyAndTell } from "../lib/copy";
import { Button } from "../ui/Button";
import { Toasts } from "../ui/Toasts";
import { words } from "../words/words";
import styles from "./ErrorBoundary.module.css";

interface State {
  readonly error: Error | undefined;
}

/** Stands in the place of a page that has failed, and says what to do. What was written is kept by the model. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error === undefined ? this.props.children : <Failure error={error} />;
  }
}

function Failure({ error }: { error: Error }) {
  const told = words().general;
  const details = `${location.pathname}\n${navigator.userAgent}\n${error.stack ?? error.message}`;

  return (
    <main className={styles.page}>
      <section className={styles.card} role="alert">
        <h1>{told.broken}</h1>
        <p className={styles.hint}>{told.brokenHint}</p>
        <div className={styles.acts}>
          <Button look="primary" onClick={() => location.reload()}>
            {told.reload}
          </Button>
          {/* Browsers give no clipboard to pages that came without TLS from elsewhere. */}
          <Button onClick={() => void copyAndTell(details, told.copied)}>{told.copyDetails}</Button>
        </div>
        <details>
          <summary>{told.details}</summary>
          <pre className={styles.details}>{details}</pre>
        </details>
      </section>
      <Toasts />
    </main>
  );
}
