import { type FormEvent, useRef } from "react";
import { useWatched } from "../../lib/useWatched";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { useWords } from "../../words/words";
import { Attachments } from "./Attachments";
import { SubjectBar } from "./Bars";
import styles from "./Composer.module.css";
import { DropZone } from "./DropZone";
import { EmojiButton, type EmojiPickerType } from "./EmojiButton";
import { NoticeLine } from "./NoticeLine";
import { focusField, labelOf, send, writingIn } from "./sending";
import { TextField } from "./TextField";
import { MoreMenu, SendButton } from "./Tools";
import { useHindrance } from "./useHindrance";
import { useSignals } from "./useSignals";

interface Props {
  server: Server;
  room: Room;
  /** The first message of the thread that is answered: then it has a desk of its own. */
  thread?: string;
  /** What shows all emoji: another feature's. */
  EmojiPicker?: EmojiPickerType | undefined;
}

/** Where one writes. */
export function Composer({ server, room, thread = "", EmojiPicker }: Props) {
  const allWords = useWords();
  const words = allWords.composer;
  const writing = writingIn(server, room, thread);
  const { desk, board } = writing;
  const picker = useRef<HTMLInputElement>(null);
  const hindrance = useHindrance(server, room);
  useSignals(server);

  function attach(files: Iterable<File>) {
    const all = [...files];
    // Folders look like empty files.
    const empty = all.find((file) => file.size === 0);
    if (server.host !== "") board.warn(words.noFilesElsewhere);
    else if (empty) board.warn(words.emptyFile(empty.name));
    else server.uploads.add(writing.name, all);
    focusField();
  }

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    send(writing);
    focusField();
  }

  if (hindrance && !hindrance.isPassing) {
    return (
      <p id={thread === "" ? "composer" : undefined} tabIndex={-1} className={styles.hindrance}>
        {hindrance.sentence}
      </p>
    );
  }
  return (
    <form className={styles.composer} onSubmit={onSubmit} aria-label={labelOf(writing, allWords)}>
      <DropZone label={words.drop(room.name)} onFiles={attach} />
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-label={words.attach}
        onChange={(event) => {
          attach(event.target.files ?? []);
          // The same file may be chosen once more.
          event.target.value = "";
        }}
      />
      <div className={styles.box}>
        <NoticeLine board={board} />
        <SubjectBar room={room} desk={desk} />
        <Attachments server={server} name={writing.name} desk={desk} />
        <div className={styles.row}>
          <MoreMenu onAttach={() => picker.current?.click()} />
          <TextField writing={writing} attach={attach} />
          {EmojiPicker && <EmojiButton EmojiPicker={EmojiPicker} />}
          <SendButton writing={writing} />
        </div>
      </div>
      <Awaiting writing={writing} hint={hindrance?.sentence ?? ""} />
    </form>
  );
}

function Awaiting({ writing, hint }: { writing: ReturnType<typeof writingIn>; hint: string }) {
  const words = useWords().composer;
  const { server, name } = writing;
  const version = useWatched(server.uploads, (uploads) => uploads.version);
  const isAwaited = version >= 0 && server.uploads.isAwaited(name);
  return (
    <p role="status" className={styles.hint}>
      {isAwaited ? words.awaiting : hint}
    </p>
  );
}
