import { Bell, BellOff } from "lucide-react";
import { tellError } from "../../lib/toasts";
import { useWatched } from "../../lib/useWatched";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { useWords } from "../../words/words";
import styles from "./ThreadPane.module.css";

const threadsOf = (room: Room) => room.threads;

/** Whether one is told of new answers; only who has an account can be. */
export function FollowButton({ server, room, thread }: { server: Server; room: Room; thread: number }) {
  const words = useWords().threads;
  const isFollowing = useWatched(room, threadsOf).has(thread);
  const { connection } = server;
  if (!connection.place.you.has_account) return null;

  function toggle() {
    const message = `${room.id}-${thread}`;
    connection
      .ask({ type: "follow_thread", message, is_following: !isFollowing })
      .then(() => room.follow(thread, !isFollowing), tellError);
  }

  return (
    <button type="button" className={styles.follow} aria-pressed={isFollowing} onClick={toggle}>
      {isFollowing ? <Bell size={15} aria-hidden="true" /> : <BellOff size={15} aria-hidden="true" />}
      {isFollowing ? words.following : words.follow}
    </button>
  );
}
