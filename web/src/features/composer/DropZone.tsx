import { FileUp } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import styles from "./DropZone.module.css";

interface Props {
  label: string;
  onFiles: (files: Iterable<File>) => void;
}

/** Files may be dropped anywhere on the page; whoever has no mouse has the button. */
export function DropZone({ label, onFiles }: Props) {
  const [isOver, setIsOver] = useState(false);
  const drop = useRef(onFiles);
  drop.current = onFiles;

  useEffect(() => {
    // Each element that is entered is entered before the last one is left.
    let depth = 0;
    const show = (event: DragEvent, step: number) => {
      if (!bringsFiles(event)) return;
      depth = Math.max(0, depth + step);
      setIsOver(depth > 0);
    };
    const onEnter = (event: DragEvent) => show(event, 1);
    const onLeave = (event: DragEvent) => show(event, -1);
    const onOver = (event: DragEvent) => {
      if (bringsFiles(event)) event.preventDefault();
    };
    const onDrop = (event: DragEvent) => {
      if (!bringsFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setIsOver(false);
      // What lies over the room, a dialog, is about something else.
      if (document.querySelector("dialog[open]") === null) drop.current(event.dataTransfer?.files ?? []);
    };
    const abort = new AbortController();
    const { signal } = abort;
    addEventListener("dragenter", onEnter, { signal });
    addEventListener("dragleave", onLeave, { signal });
    addEventListener("dragover", onOver, { signal });
    addEventListener("drop", onDrop, { signal });
    return () => abort.abort();
  }, []);

  if (!isOver) return null;
  return (
    <div className={styles.zone}>
      <p className={styles.label}>
        <FileUp size={28} aria-hidden="true" />
        {label}
      </p>
    </div>
  );
}

function bringsFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes("Files") ?? false;
}
