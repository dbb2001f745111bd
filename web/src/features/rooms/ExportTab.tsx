import { useEffect, useRef, useState } from "react";
import { saveFile } from "../../lib/saveFile";
import { tell } from "../../lib/toasts";
import { useAct } from "../../lib/useAct";
import type { Room } from "../../model/room";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { Problem } from "../../ui/Problem";
import { Select } from "../../ui/Select";
import { useLateWords } from "../../words/words";
import { ENDINGS, exportRoom, type Format, TYPES } from "./exporting";
import styles from "./Setting.module.css";

/** All of what was said in a room, and one may read, as a file. */
export function ExportTab({ server, room }: { server: Server; room: Room }) {
  const words = useLateWords();
  const { act, isBusy, problem } = useAct();
  const [format, setFormat] = useState<Format>("html");
  const [count, setCount] = useState(0);
  const aborting = useRef<AbortController>(undefined);
  useEffect(() => () => aborting.current?.abort(new Error(words.governing.exportStopped)), [words]);

  async function save() {
    const controller = new AbortController();
    aborting.current = controller;
    setCount(0);
    await act(async () => {
      const text = await exportRoom(server.connection, room.name, format, setCount, controller.signal);
      const day = new Date().toISOString().slice(0, 10);
      saveFile(`${room.name.slice(1)} ${day}.${ENDINGS[format]}`, TYPES[format], text);
      tell(words.governing.exported);
    });
  }

  return (
    <div className={styles.group}>
      <p className={styles.soft}>{words.governing.exportMeaning}</p>
      <Select<Format>
        label={words.governing.format}
        value={format}
        options={words.governing.formats}
        isDisabled={isBusy}
        onChange={setFormat}
      />
      <p role="status">{(isBusy || count > 0) && words.governing.exportCount(count)}</p>
      <Problem text={problem} />
      <div className={styles.buttons}>
        <Button look="primary" disabled={isBusy} onClick={() => void save()}>
          {words.governing.exportSave}
        </Button>
        {isBusy && (
          <Button onClick={() => aborting.current?.abort(new Error(words.governing.exportStopped))}>
            {words.general.cancel}
          </Button>
        )}
      </div>
    </div>
  );
}
