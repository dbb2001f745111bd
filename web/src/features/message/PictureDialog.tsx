import { ChevronLeft, ChevronRight, Download } from "lucide-react";
import { useLayoutEffect, useState } from "react";
import { go } from "../../lib/history";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { type FileView, messageId } from "../../wire/kinds";
import { useLateWords } from "../../words/words";
import { addressOf, downloadOf, kindOf, writeSize } from "./files";
import styles from "./PictureDialog.module.css";

interface Props {
  server: Server;
  room: Room | undefined;
  /** `4-8/ID`: the message, and which of its files. */
  rest: string;
  onClose: () => void;
}

interface Shown {
  readonly message: string;
  readonly file: FileView;
}

/** One picture, as large as there is room; the arrows lead to the others of the room. */
export default function PictureDialog({ server, room, rest, onClose }: Props) {
  const words = useLateWords();
  // What is looked through stays the same while new pictures come.
  const [pictures] = useState(() => picturesIn(server, room));
  const at = pictures.findIndex(({ message, file }) => `${message}/${file.id}` === rest);
  const shown = pictures[at];

  function show(step: -1 | 1) {
    const next = pictures[at + step];
    if (next) showPicture(next);
  }

  useLayoutEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (step === undefined) return;
      const isRightToLeft = getComputedStyle(document.documentElement).direction === "rtl";
      const next = pictures[at + (isRightToLeft ? -step : step)];
      if (next) showPicture(next);
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [pictures, at]);

  if (shown === undefined)
    return (
      <Dialog title={words.deeds.noPicture} onClose={onClose}>
        {null}
      </Dialog>
    );
  const { file } = shown;
  return (
    <Dialog title={file.name} size="large" onClose={onClose}>
      <div className={styles.picture}>
        <img
          key={file.id}
          className={styles.image}
          src={addressOf(file, server)}
          alt={file.name}
          width={file.width}
          height={file.height}
        />
        <div className={styles.line}>
          {pictures.length > 1 && (
            <Button
              look="icon"
              aria-label={words.deeds.previousPicture}
              disabled={at === 0}
              onClick={() => show(-1)}
              className={styles.arrow}
            >
              <ChevronLeft size={22} />
            </Button>
          )}
          <a className={styles.save} href={downloadOf(file, server)} download={file.name}>
            <Download size={16} aria-hidden="true" /> {words.message.save(file.name)},{" "}
            {writeSize(file.size_bytes)}
          </a>
          {pictures.length > 1 && (
            <Button
              look="icon"
              aria-label={words.deeds.nextPicture}
              disabled={at === pictures.length - 1}
              onClick={() => show(1)}
              className={styles.arrow}
            >
              <ChevronRight size={22} />
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  );
}

function showPicture({ message, file }: Shown): void {
  go({ dialog: `picture/${message}/${file.id}` }, "replace");
}

function picturesIn(server: Server, room: Room | undefined): readonly Shown[] {
  return (room?.shown.records ?? []).flatMap((record) => {
    const files = record.event.type === "said" ? (record.event.files ?? []) : [];
    const message = messageId(record);
    return files.filter((file) => kindOf(file, server) === "picture").map((file) => ({ message, file }));
  });
}
