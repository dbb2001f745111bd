import { Fragment, useState } from "react";
import {
  hasSingleKeys,
  isSingle,
  keysOf,
  LOCAL_SHORTCUTS,
  SHORTCUTS,
  setSingleKeys,
} from "../../lib/shortcuts";
import { Dialog } from "../../ui/Dialog";
import { Switch } from "../../ui/Switch";
import { useLateWords } from "../../words/words";
import styles from "./Shortcuts.module.css";

type Combinations = readonly (readonly [
  id: keyof typeof SHORTCUTS | keyof typeof LOCAL_SHORTCUTS,
  keys: readonly string[],
])[];

const EVERYWHERE = Object.entries(SHORTCUTS) as unknown as Combinations;
const LOCAL = Object.entries(LOCAL_SHORTCUTS) as unknown as Combinations;
const READING = ["walk", "act"];

/** Which keys do what. */
export default function Shortcuts({ onClose }: { onClose: () => void }) {
  const words = useLateWords().shortcuts;
  const [areOn, setOn] = useState(hasSingleKeys);
  const shown = EVERYWHERE.map(
    ([id, keys]) => [id, areOn ? keys : keys.filter((one) => !isSingle(one))] as const,
  );

  function toggle(isOn: boolean) {
    setSingleKeys(isOn);
    setOn(isOn);
  }

  return (
    <Dialog title={words.title} onClose={onClose}>
      <Keys title={words.everywhere} shortcuts={shown.filter(([, keys]) => keys.length > 0)} />
      <Keys title={words.writing} shortcuts={LOCAL.filter(([id]) => !READING.includes(id))} />
      <Keys title={words.reading} shortcuts={LOCAL.filter(([id]) => READING.includes(id))} />
      <Switch label={words.single} hint={words.singleHint} isOn={areOn} onChange={toggle} />
    </Dialog>
  );
}

function Keys({ title, shortcuts }: { title: string; shortcuts: Combinations }) {
  const words = useLateWords().shortcuts;
  return (
    <section className={styles.section}>
      <h3 className={styles.title}>{title}</h3>
      <dl className={styles.keys}>
        {shortcuts.map(([id, combinations]) => (
          <div key={id} className={styles.row}>
            <dt>{words[id]}</dt>
            <dd className={styles.combinations}>
              {combinations.map((combination, place) => (
                <Fragment key={combination}>
                  {place > 0 && <span className={styles.or}>{words.or}</span>}
                  <span className={styles.combination}>
                    {keysOf(combination).map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </span>
                </Fragment>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
