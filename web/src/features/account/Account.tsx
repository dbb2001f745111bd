import type { ComponentType } from "react";
import { go } from "../../lib/history";
import { useWatched } from "../../lib/useWatched";
import type { Place } from "../../model/place";
import type { Server } from "../../model/server";
import { Dialog } from "../../ui/Dialog";
import { Tabs } from "../../ui/Tabs";
import { type LateWords, useLateWords } from "../../words/words";
import { Alerts } from "./Alerts";
import { Devices } from "./Devices";
import { Invitations } from "./Invitations";
import { LogIn } from "./LogIn";
import { Looks } from "./Looks";
import { Privacy } from "./Privacy";
import { Profile } from "./Profile";

type Tab = keyof LateWords["account"]["tabs"];

const PAGES: Readonly<Record<Tab, ComponentType<{ server: Server }>>> = {
  profile: Profile,
  security: LogIn,
  sessions: Devices,
  invitations: Invitations,
  privacy: Privacy,
  alerts: Alerts,
  appearance: Looks,
};

/** What guests have as well. */
const FOR_GUESTS: readonly Tab[] = ["profile", "security", "privacy", "appearance"];

const hasAccountOf = (place: Place) => place.you.has_account === true;

interface Props {
  server: Server;
  /** Which tab. */
  rest: string;
  onClose: () => void;
}

/** Everything about oneself on one server, and how the page looks. */
export default function Account({ server, rest, onClose }: Props) {
  const words = useLateWords().account;
  const hasAccount = useWatched(server.connection.place, hasAccountOf);
  const keys = (Object.keys(PAGES) as Tab[]).filter((key) => hasAccount || FOR_GUESTS.includes(key));
  const shown = keys.find((key) => key === rest) ?? "profile";
  const Page = PAGES[shown];
  return (
    <Dialog title={words.title} size="large" onClose={onClose}>
      <Tabs
        label={words.title}
        tabs={Object.fromEntries(keys.map((key) => [key, words.tabs[key]])) as Record<Tab, string>}
        shown={shown}
        onShow={(key) => go({ dialog: `account/${key}` }, "replace")}
      >
        <Page server={server} />
      </Tabs>
    </Dialog>
  );
}
