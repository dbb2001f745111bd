import type { ReactNode } from "react";
import type { Loaded } from "../../lib/useLoaded";
import { Button } from "../../ui/Button";
import { Problem } from "../../ui/Problem";
import { Spinner } from "../../ui/Spinner";
import { useLateWords } from "../../words/words";

interface Props<Value> {
  loaded: Loaded<Value>;
  reload: () => void;
  children: (value: Value) => ReactNode;
}

/** What was loaded, or why it is not there yet. */
export function WhenThere<Value>({ loaded, reload, children }: Props<Value>) {
  const words = useLateWords().account;
  if (loaded.kind === "loading") return <Spinner label={words.loading} />;
  if (loaded.kind === "there") return children(loaded.value);
  return (
    <>
      <Problem text={loaded.sentence} />
      <Button onClick={reload}>{words.again}</Button>
    </>
  );
}
