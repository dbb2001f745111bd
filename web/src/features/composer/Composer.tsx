import { Plus } from "lucide-react";
import { type FormEvent, useRef } from "react";
import { useWatched } from "../../lib/useWatched";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { MenuButton } from "../../ui/MenuButton";
import { useWords } from "../../words/words";
import { Attachments } from "./Attachments";
import styles from "./Composer.module.css";
import { DropZone } from "./DropZone";
import { EmojiButton, type EmojiPickerPart } from "./EmojiButton";
import { NoticeLine } from "./NoticeLine";
import { moreMenu } from "./parts";
import { SendButton } from "./SendButton";
import { Subject } from "./Subject";
import { focusField, labelOf, send, writingIn } from "./sending";
import { TextField } from "./TextField";
import { useHindrance } from "./useHindrance";
import { useSignals } from "./useSignals";

interface Props {
  server: Server;
  room: Room;
  /** The first message of the thread that is answered: then it has a desk of its own. */
  thread?: string;
  /** What shows all emoji: another feature's. */
  emojiPicker?: EmojiPickerPart | undefined;
}

/** Where one writes. */
export function Composer({ server, room, thread = "", emojiPicker }: Props) {
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
        <Subject room={room} desk={desk} />
        <Attachments server={server} name={writing.name} desk={desk} />
        <div className={styles.row}>
          <MenuButton
            label={words.more}
            menu={moreMenu}
            own={{ onAttach: () => picker.current?.click() }}
            className={styles.tool ?? ""}
          >
            <Plus size={20} />
          </MenuButton>
          <TextField writing={writing} attach={attach} />
          {emojiPicker && <EmojiButton emojiPicker={emojiPicker} />}
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
