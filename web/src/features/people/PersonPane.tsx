import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { Avatar } from "../../ui/Avatar";
import { Button } from "../../ui/Button";
import { Pane } from "../../ui/Pane";
import { Spinner } from "../../ui/Spinner";
import { useLateWords } from "../../words/words";
import styles from "./People.module.css";
import { BlockAction, PersonActions } from "./PersonActions";
import { Presence } from "./Presence";
import { SharedRooms } from "./SharedRooms";
import { type Profile, useProfile } from "./useProfile";

interface Props {
  server: Server;
  room: Room;
  /** Who it is. */
  rest: string;
  onClose: () => void;
}

/** Who somebody is, and what one can do about that. */
export default function PersonPane({ server, room, rest, onClose }: Props) {
  const words = useLateWords();
  const { asked, again } = useProfile(server.connection, rest, words.people.disconnected);
  return (
    <Pane title={words.people.profile} onClose={onClose}>
      {asked.kind === "asking" && <Spinner label={words.general.loading} />}
      {asked.kind === "failed" && (
        <div className={styles.body} role="alert">
          <p>{asked.sentence}</p>
          <Button onClick={again}>{words.people.again}</Button>
        </div>
      )}
      {asked.kind === "known" && (
        <div className={styles.body}>
          <Head server={server} profile={asked.profile} />
          <PersonActions server={server} room={room} profile={asked.profile} onChanged={again} />
          <SharedRooms rooms={asked.profile.person.rooms} />
          <BlockAction server={server} profile={asked.profile} onChanged={again} />
        </div>
      )}
    </Pane>
  );
}

function Head({ server, profile: { person, isBlocked } }: { server: Server; profile: Profile }) {
  const words = useLateWords().people;
  const kind = person.is_bot ? words.bot : person.has_account ? words.account : words.guest;
  return (
    <header className={styles.head}>
      <Avatar name={person.name} size="4.5rem" />
      <div>
        <p className={styles.name} dir="auto">
          {person.name}
        </p>
        <p className={styles.kind}>{kind}</p>
        <Presence person={person} nowMs={server.connection.place.nowMs()} />
      </div>
      {person.about && (
        <p className={styles.about} dir="auto">
          {person.about}
        </p>
      )}
      {isBlocked && <p className={styles.blocked}>{words.blocked(person.name)}</p>}
    </header>
  );
}
