import { useState } from "react";
import { useAct } from "../../lib/useAct";
import { Button } from "../../ui/Button";
import { Problem } from "../../ui/Problem";
import { Section } from "../../ui/Section";
import { useLateWords } from "../../words/words";
import styles from "./admin.module.css";
import { type Figure, parseFigures } from "./figures";

/** How much goes on, where the server tells this address; it says so itself where it does not. */
export function Figures() {
  const words = useLateWords().admin;
  const { act, isBusy, problem } = useAct();
  const [figures, setFigures] = useState<readonly Figure[]>();

  async function load() {
    await act(async () => {
      const answer = await fetch("/metrics", { cache: "no-store" });
      if (!answer.ok) {
        const { detail = answer.statusText } = (await answer.json()) as { detail?: string };
        throw new Error(detail);
      }
      setFigures(parseFigures(await answer.text()));
    });
  }

  return (
    <Section title={words.figures} lead={words.figuresMeaning}>
      {figures && (
        <dl className={styles.figures}>
          {figures.map(({ name, value }) => (
            <div key={name} className={styles.item}>
              <dt className={styles.what}>{name}</dt>
              <dd>{value.toLocaleString(document.documentElement.lang)}</dd>
            </div>
          ))}
        </dl>
      )}
      <Problem text={problem} />
      <Button disabled={isBusy} onClick={() => void load()}>
        {words.showFigures}
      </Button>
    </Section>
  );
}
