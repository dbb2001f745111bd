/** The early door: stands in the page itself, so that it is there before any of the rest has come. Drawn at each build. */
import { renderToStaticMarkup } from "react-dom/server";
import type { Language } from "../../words/languages";
import { loadDoorWords, speak, useDoorWords } from "../../words/words";
import { Frame } from "./Frame";
import { GuestForm } from "./GuestForm";
import { useComingIn } from "./useComingIn";
import { WaysIn } from "./WaysIn";
import { waysOf } from "./ways";

/** Draw it in a language. Which server it is, `earlyScript.ts` writes there. */
export async function draw(language: Language): Promise<string> {
  await speak(language);
  await loadDoorWords();
  return renderToStaticMarkup(<EarlyDoor />);
}

/** What whoever comes for the first time sees of `Entrance`. */
function EarlyDoor() {
  const words = useDoorWords().entrance;
  const comingIn = useComingIn();
  return (
    <Frame heading={words.heading} host="">
      <p role="status" className="visually-hidden" data-entering={words.entering} />
      <WaysIn ways={waysOf(undefined, undefined, false)} shown="guest" onShow={nothing}>
        <GuestForm comingIn={comingIn} name="" onName={nothing} onVisit={never} onLogIn={nothing} />
      </WaysIn>
    </Frame>
  );
}

const nothing = () => undefined;
const never = () => new Promise<void>(nothing);
