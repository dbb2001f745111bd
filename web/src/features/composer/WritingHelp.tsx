import { Fragment } from "react";
import { manners, useManners } from "../../lib/manners";
import { COMMANDS } from "../../model/commands";
import { Dialog } from "../../ui/Dialog";
import { Switch } from "../../ui/Switch";
import { useLateWords } from "../../words/words";
import styles from "./WritingHelp.module.css";

const isMac = navigator.userAgent.includes("Mac");
const CONTROL = isMac ? "⌘" : "Ctrl";

/** Which words each key stands for; `+` divides keys that are pressed together, a space those of which one is. */
const KEYS = {
  send: "Enter",
  break: "Shift+Enter",
  edit: "↑",
  cancel: "Esc",
  strong: `${CONTROL}+B`,
  emphasis: `${CONTROL}+I`,
  code: `${CONTROL}+E`,
  struck: `${CONTROL}+Shift+X`,
  hidden: `${CONTROL}+Shift+H`,
  link: `${CONTROL}+V`,
  complete: "@ # : /",
} as const;

/** What can be written, and by which keys. */
export default function WritingHelp({ onClose }: { onClose: () => void }) {
  const words = useLateWords().commands;
  const { showsTyping } = useManners();
  const keys = Object.entries(KEYS) as [keyof typeof KEYS, string][];
  return (
    <Dialog title={words.helpTitle} size="large" onClose={onClose}>
      <div className={styles.help}>
        <section>
          <h3 className={styles.head}>{words.keysHead}</h3>
          <dl className={styles.list}>
            {keys.map(([meaning, written]) => (
              <Fragment key={meaning}>
                <dt>
                  <Keys written={written} />
                </dt>
                <dd>{words.keys[meaning]}</dd>
              </Fragment>
            ))}
          </dl>
          <h3 className={styles.head}>{words.habitsHead}</h3>
          <Switch
            label={words.showsTyping}
            isOn={showsTyping}
            onChange={(isOn) => manners.change({ showsTyping: isOn })}
          />
        </section>
        <section>
          <h3 className={styles.head}>{words.commandsHead}</h3>
          <p className={styles.lead}>{words.helpLead}</p>
          <dl className={styles.list}>
            {COMMANDS.map((command) => (
              <Fragment key={command.help}>
                <dt>
                  <code>{`/${command.words[0]} ${command.usage}`.trim()}</code>
                </dt>
                <dd>{words.helps[command.help]}</dd>
              </Fragment>
            ))}
          </dl>
        </section>
      </div>
    </Dialog>
  );
}

function Keys({ written }: { written: string }) {
  return written.split(" ").map((chord) => (
    <span key={chord} className={styles.chord}>
      {chord.split("+").map((key) => (
        <kbd key={key} className={styles.key}>
          {key}
        </kbd>
      ))}
    </span>
  ));
}
