import { Archive, Hash, Lock, LogOut, Megaphone } from "lucide-react";
import { go } from "../../lib/history";
import type { Listed } from "../../model/directory";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { useLateWords } from "../../words/words";
import styles from "./BrowseDialog.module.css";
import { Entry } from "./Entry";
import { useEntering } from "./useEntering";

interface Props {
  server: Server;
  room: Listed;
  /** Whether it is in the list, or only a name that somebody has typed. */
  isListed: boolean;
  onChanged: () => void;
}

const ICONS = { public: Hash, private: Lock, announcement: Megaphone };

/** One room that one may come into, or ask to be let into. */
export function ListedRoom({ server, room, isListed, onChanged }: Props) {
  const words = useLateWords().making;
  const entering = useEntering(server, room.name, onChanged);
  const Icon = room.is_archived ? Archive : ICONS[room.access ?? "public"];
  return (
    <div className={styles.room}>
      <div className={styles.line}>
        <div className={styles.about}>
          <p className={styles.name} dir="auto">
            <Icon size={16} aria-hidden="true" />
            {room.name.slice(1)}
            {isListed && (
              <span className={styles.soft}>
                {[words.members(room.member_count), room.joined && words.joined].filter(Boolean).join(" · ")}
              </span>
            )}
          </p>
          {room.topic && (
            <p className={styles.topic} dir="auto" title={room.topic}>
              {room.topic}
            </p>
          )}
        </div>
        {room.joined ? (
          <>
            <Button
              look="icon"
              aria-label={`${words.leave} ${room.name}`}
              title={words.leave}
              onClick={() => go({ dialog: `leave/${room.name}` })}
            >
              <LogOut size={18} />
            </Button>
            <Button
              aria-label={`${words.open} ${room.name}`}
              onClick={() => go({ view: { kind: "room", name: room.name } })}
            >
              {words.open}
            </Button>
          </>
        ) : (
          <Button
            look="primary"
            aria-label={`${words.join} ${room.name}`}
            disabled={entering.isBusy}
            onClick={() => entering.enter("")}
          >
            {words.join}
          </Button>
        )}
      </div>
      <Entry entering={entering} />
    </div>
  );
}
