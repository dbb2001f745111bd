import { CircleCheck, CircleHelp, CircleX, Clock } from "lucide-react";
import { Button } from "../../ui/Button";
import type { Outcome } from "../../wire/kinds";
import { useLateWords } from "../../words/words";
import { outcomeWords } from "./answering";
import styles from "./TellDialog.module.css";
import { failedIn } from "./telling";

const ICONS: Readonly<Record<Outcome["status"], typeof Clock>> = {
  delivered: CircleCheck,
  waiting: Clock,
  refused: CircleX,
  unknown: CircleHelp,
};

interface Props {
  outcomes: readonly Outcome[];
  problem: string;
  isBusy: boolean;
  onRetry: (() => void) | undefined;
  onAnother: () => void;
}

const focus = (button: HTMLButtonElement | null) => button?.focus();

/** What became of a message for each whom it was sent to. */
export function Outcomes({ outcomes, problem, isBusy, onRetry, onAnother }: Props) {
  const words = useLateWords();
  const { commands } = words;
  return (
    <div className={styles.form}>
      <table className={styles.outcomes}>
        <caption className="visually-hidden">{commands.outcomes}</caption>
        <thead>
          <tr>
            <th scope="col">{commands.person}</th>
            <th scope="col">{commands.outcome}</th>
          </tr>
        </thead>
        <tbody>
          {outcomes.map((outcome) => {
            const Icon = ICONS[outcome.status];
            return (
              <tr key={outcome.name} data-status={outcome.status}>
                <th scope="row">
                  <bdi>{outcome.name}</bdi>
                </th>
                <td>
                  <span className={styles.outcome}>
                    <Icon size={16} aria-hidden="true" />
                    {outcomeWords(outcome, words)}
                  </span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p role="alert" className={styles.problem}>
        {problem}
      </p>
      <div className={styles.buttons}>
        {onRetry && (
          <Button disabled={isBusy} onClick={onRetry}>
            {commands.retryFailed(failedIn(outcomes).length)}
          </Button>
        )}
        <Button ref={focus} look="primary" onClick={onAnother}>
          {commands.another}
        </Button>
      </div>
    </div>
  );
}
