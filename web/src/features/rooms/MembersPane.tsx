import { Search, UserPlus } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { go } from "../../lib/history";
import { useAsked } from "../../lib/useAsked";
import { useWatched } from "../../lib/useWatched";
import { type Charter, charterOf } from "../../model/charter";
import { lookoutOf } from "../../model/lookout";
import type { Place } from "../../model/place";
import { may } from "../../model/ranks";
import type { Room } from "../../model/room";
import { Roster } from "../../model/roster";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { Pane } from "../../ui/Pane";
import { Spinner } from "../../ui/Spinner";
import { VirtualList } from "../../ui/VirtualList";
import { useLateWords } from "../../words/words";
import { InvitedRow, MemberRow } from "./MemberRow";
import styles from "./MembersPane.module.css";
import { keyOf, rowsOf } from "./memberRows";
import { useWatchLists } from "./useWatchLists";

const everyone = (roster: Roster) => roster.members;
const isWhole = (roster: Roster) => roster.isWhole;
const itself = (charter: Charter) => charter.version;
const attendance = (place: Place) => place.away.size * 1e6 + place.absent.size + place.version;

interface Props {
  server: Server;
  room: Room;
  onClose: () => void;
}

/** Who is in a room: what each is there, whether he is here, and what one may do with him. */
export default function MembersPane({ server, room, onClose }: Props) {
  const words = useLateWords();
  const { connection } = server;
  const roster = useMemo(() => new Roster(connection, room), [connection, room]);
  const { problem, again } = useAsked(useMemo(() => () => roster.load(), [roster]));
  useEffect(() => roster.follow(), [roster]);
  const members = useWatched(roster, everyone);
  const whole = useWatched(roster, isWhole);
  const charter = charterOf(connection, room);
  const charterVersion = useWatched(charter, itself);
  const lookout = lookoutOf(connection);
  const version = useWatched(connection.place, attendance);
  const maySee = may(charter.own, "see_bans");
  const lists = useWatchLists(server, room, maySee);
  const [filter, setFilter] = useState("");
  // biome-ignore lint/correctness/useExhaustiveDependencies: roles and presence are read when they have changed
  const rows = useMemo(() => {
    const shown = members.map((member) => ({
      member,
      role: charter.roleOf(member.name),
      presence: lookout.presenceOf(member.name),
    }));
    return rowsOf(shown, lists.invited, filter);
  }, [members, lists.invited, filter, charterVersion, version]);
  return (
    <Pane title={words.members.title(room.memberCount)} onClose={onClose}>
      <div className={styles.pane}>
        <div className={styles.tools}>
          <label className={styles.search}>
            <Search size={16} aria-hidden="true" />
            <span className="visually-hidden">{words.members.filter}</span>
            <input
              type="search"
              value={filter}
              placeholder={words.members.filter}
              onChange={(event) => setFilter(event.target.value)}
            />
          </label>
          <Button look="icon" aria-label={words.members.invite} onClick={() => go({ dialog: "invite" })}>
            <UserPlus size={18} />
          </Button>
        </div>
        {problem && (
          <p role="alert" className={styles.problem}>
            {problem} <Button onClick={again}>{words.general.retry}</Button>
          </p>
        )}
        {!whole && !problem && <Spinner label={words.general.loading} />}
        {whole && rows.length === 0 && <p className={styles.none}>{words.members.nobodyFits}</p>}
        <VirtualList label={words.members.list} items={rows} keyOf={keyOf} height={44}>
          {(row) =>
            row.kind === "title" ? (
              <h3 className={styles.title}>{words.members.titles[row.title](row.count)}</h3>
            ) : row.kind === "invited" ? (
              <InvitedRow server={server} room={room} name={row.name} onDone={lists.again} />
            ) : (
              <MemberRow server={server} room={room} shown={row} isMuted={lists.isMuted(row.member.name)} />
            )
          }
        </VirtualList>
      </div>
    </Pane>
  );
}
