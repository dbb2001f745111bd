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
import { LogIn } from "./LogIn";
import { Looks } from "./Looks";
import { Privacy } from "./Privacy";
import { Profile } from "./Profile";

type Tab = keyof LateWords["account"]["tabs"];

type Page = ComponentType<{ server: Server }>;

const PAGES: Readonly<Record<Tab, Page | undefined>> = {
  profile: Profile,
  security: LogIn,
  sessions: Devices,
  invitations: undefined,
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
  /** Draws the tab that is not of this feature: administrators see everybody's elsewhere. */
  Invitations: Page;
  onClose: () => void;
}

/** Everything about oneself on one server, and how the page looks. */
export default function Account({ server, rest, Invitations, onClose }: Props) {
  const words = useLateWords().account;
  const hasAccount = useWatched(server.connection.place, hasAccountOf);
  const keys = (Object.keys(PAGES) as Tab[]).filter((key) => hasAccount || FOR_GUESTS.includes(key));
  const shown = keys.find((key) => key === rest) ?? "profile";
  const Content = PAGES[shown] ?? Invitations;
  return (
    <Dialog title={words.title} size="large" onClose={onClose}>
      <Tabs
        label={words.title}
        tabs={Object.fromEntries(keys.map((key) => [key, words.tabs[key]])) as Record<Tab, string>}
        shown={shown}
        onShow={(key) => go({ dialog: `account/${key}` }, "replace")}
      >
        <Content server={server} />
      </Tabs>
    </Dialog>
  );
}
