import { chooseAppearance, useAppearance } from "../../lib/appearance";
import { manners, useManners } from "../../lib/manners";
import { Section } from "../../ui/Section";
import { Select } from "../../ui/Select";
import { Switch } from "../../ui/Switch";
import { LANGUAGES } from "../../words/languages";
import { useLateWords } from "../../words/words";
import styles from "./Account.module.css";

/** How the page looks in this browser. */
export function Looks() {
  const words = useLateWords().account;
  const look = useAppearance();
  const { showsTyping } = useManners();
  return (
    <>
      <Section>
        <div className={styles.pair}>
          <Select
            label={words.theme}
            value={look.theme}
            options={words.themes}
            onChange={(theme) => chooseAppearance({ theme })}
          />
          <Select
            label={words.contrast}
            value={look.contrast}
            options={words.contrasts}
            onChange={(contrast) => chooseAppearance({ contrast })}
          />
          <Select
            label={words.density}
            value={look.density}
            options={words.densities}
            onChange={(density) => chooseAppearance({ density })}
          />
          <Select
            label={words.motion}
            value={look.motion}
            options={words.motions}
            onChange={(motion) => chooseAppearance({ motion })}
          />
          <Select
            label={words.language}
            value={look.language}
            options={{ system: words.asSystem, ...LANGUAGES }}
            onChange={(language) => chooseAppearance({ language })}
          />
        </div>
      </Section>
      <Section>
        <Switch
          label={words.typing}
          isOn={showsTyping}
          onChange={(isOn) => manners.change({ showsTyping: isOn })}
        />
      </Section>
    </>
  );
}
