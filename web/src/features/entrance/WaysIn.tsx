import type { ReactNode } from "react";
import { Tabs } from "../../ui/Tabs";
import { useDoorWords } from "../../words/words";
import type { Way } from "./ways";

interface Props {
  ways: readonly Way[];
  shown: Way;
  onShow: (way: Way) => void;
  children: ReactNode;
}

/** The ways in, one of them open. */
export function WaysIn({ ways, shown, onShow, children }: Props) {
  const words = useDoorWords().entrance;
  const tabs = Object.fromEntries(ways.map((one) => [one, words[one]])) as Record<Way, string>;
  return (
    <div>
      <Tabs label={words.ways} tabs={tabs} shown={shown} onShow={onShow}>
        {children}
      </Tabs>
    </div>
  );
}
