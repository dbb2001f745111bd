import { type FormEvent, useEffect, useState } from "react";
import { tell } from "../../lib/toasts";
import { type Acting, useAct } from "../../lib/useAct";
import { Button } from "../../ui/Button";
import { Field } from "../../ui/Field";
import { Problem } from "../../ui/Problem";
import { Select } from "../../ui/Select";
import { Switch } from "../../ui/Switch";
import { useLateWords } from "../../words/words";
import styles from "./Setting.module.css";

interface Common<Value> {
  label: string;
  hint?: string | undefined;
  value: Value;
  /** Why it cannot be changed; empty where it can. */
  locked: string;
  onChange: (value: Value) => Promise<unknown>;
}

/** Change something, and say so; what was refused stands below it. */
function useChanging(): Acting {
  const words = useLateWords().governing;
  const acting = useAct();
  return {
    ...acting,
    act: async (doing) => {
      const isDone = await acting.act(doing);
      if (isDone) tell(words.saved);
      return isDone;
    },
  };
}

/** Something that holds or not, from the moment it is touched. */
export function SettingSwitch({ label, hint, value, locked, onChange }: Common<boolean>) {
  const { act, isBusy, problem } = useChanging();
  return (
    <div>
      <Switch
        label={label}
        hint={locked || hint}
        isOn={value}
        isDisabled={locked !== "" || isBusy}
        onChange={(isOn) => void act(() => onChange(isOn))}
      />
      <Problem text={problem} />
    </div>
  );
}

interface SelectProps<Value extends string> extends Common<Value> {
  options: Readonly<Record<Value, string>>;
}

/** One of a few things, from the moment it is chosen. */
export function SettingSelect<Value extends string>(props: SelectProps<Value>) {
  const { label, hint, value, locked, options, onChange } = props;
  const { act, isBusy, problem } = useChanging();
  return (
    <div>
      <Select
        label={label}
        hint={locked || hint}
        value={value}
        options={options}
        isDisabled={locked !== "" || isBusy}
        onChange={(chosen) => void act(() => onChange(chosen))}
      />
      <Problem text={problem} />
    </div>
  );
}

interface TextProps extends Common<string> {
  kind?: "text" | "number";
}

/** Something that is written, and holds once it is saved. */
export function SettingText({ label, hint, value, locked, kind = "text", onChange }: TextProps) {
  const words = useLateWords().governing;
  const { act, isBusy, problem } = useChanging();
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);

  function save(event: FormEvent) {
    event.preventDefault();
    void act(() => onChange(text));
  }

  return (
    <form className={styles.text} onSubmit={save}>
      <Field
        label={label}
        hint={locked || hint}
        error={problem || undefined}
        type={kind}
        min={kind === "number" ? 0 : undefined}
        value={text}
        dir={kind === "text" ? "auto" : undefined}
        disabled={locked !== ""}
        autoComplete="off"
        onChange={(event) => setText(event.target.value)}
      />
      {text !== value && (
        <Button type="submit" look="primary" disabled={isBusy}>
          {words.save}
        </Button>
      )}
    </form>
  );
}
