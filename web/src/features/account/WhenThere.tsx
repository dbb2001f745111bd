import type { ReactNode } from "react";
import type { Asked } from "../../lib/useAsked";
import { Button } from "../../ui/Button";
import { Problem } from "../../ui/Problem";
import { Spinner } from "../../ui/Spinner";
import { useLateWords } from "../../words/words";

interface Props<Value> {
  asked: Asked<Value>;
  children: (value: Value) => ReactNode;
}

/** What was answered, or why it is not there yet. */
export function WhenThere<Value>({ asked: { value, problem, again }, children }: Props<Value>) {
  const words = useLateWords().account;
  return (
    <>
      {value === undefined && !problem && <Spinner label={words.loading} />}
      {value !== undefined && children(value)}
      <Problem text={problem} />
      {problem && <Button onClick={again}>{words.again}</Button>}
    </>
  );
}
