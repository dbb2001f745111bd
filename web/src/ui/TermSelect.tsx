import { useLateWords } from "../words/words";
import { Select } from "./Select";

/** How long something lasts, in seconds; empty for as long as nobody ends it. */
export type TermChoice = "" | "600" | "3600" | "86400" | "604800" | "2592000";

interface Props {
  label: string;
  value: TermChoice;
  onChange: (value: TermChoice) => void;
}

/** For how long something is to hold. */
export function TermSelect({ label, value, onChange }: Props) {
  const words = useLateWords().terms;
  const options = {
    "600": words.tenMinutes,
    "3600": words.hour,
    "86400": words.day,
    "604800": words.week,
    "2592000": words.month,
    "": words.forEver,
  };
  // Numbers come first in an object, the smallest before the others: so it is read, whatever it is written as.
  return <Select<TermChoice> label={label} value={value} options={options} onChange={onChange} />;
}

/** Return what the server is asked for. */
export function secondsOf(choice: TermChoice): number | null {
  return choice === "" ? null : Number(choice);
}
