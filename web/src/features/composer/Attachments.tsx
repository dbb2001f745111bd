import { formatPercent } from "../../lib/sizes";
import { useWatched } from "../../lib/useWatched";
import type { Desk, SentFile } from "../../model/desk";
import type { Server } from "../../model/server";
import type { Upload, Uploads } from "../../model/uploads";
import { Late } from "../../ui/Late";
import { useWords } from "../../words/words";
import { fileList } from "./parts";

const filesOf = (desk: Desk) => desk.files;
const isEditingOf = (desk: Desk) => desk.editing !== "";
const allOf = (uploads: Uploads) => uploads.all;

/** What goes with the next message: what is there, and what is on its way. */
export function Attachments({ server, name, desk }: { server: Server; name: string; desk: Desk }) {
  const { uploads } = server;
  const files = useWatched(desk, filesOf);
  // They go with the next message, not with an earlier one.
  const isEditing = useWatched(desk, isEditingOf);
  const coming = useWatched(uploads, allOf).filter((upload) => upload.room === name);
  return (
    <>
      <p className="visually-hidden" role="status">
        {useProgressWords(coming, files)}
      </p>
      {files.length + coming.length > 0 && !isEditing && (
        <Late part={fileList} props={{ uploads, desk, files, coming }} />
      )}
    </>
  );
}

/** What is said aloud of uploads: what has failed, or what is there; how far one is only now and then. */
function useProgressWords(coming: readonly Upload[], files: readonly SentFile[]): string {
  const words = useWords().composer;
  const failed = coming.find((upload) => upload.state.kind === "failed");
  if (failed?.state.kind === "failed") return words.failed(failed.file.name, failed.state.sentence);
  const current = coming.find((upload) => upload.state.kind === "sending");
  if (current?.state.kind === "sending") {
    const quarters = Math.floor((4 * current.state.sent) / Math.max(current.file.size, 1)) / 4;
    return words.uploading(current.file.name, formatPercent(quarters));
  }
  const last = files.at(-1);
  return last ? words.uploaded(last.name) : "";
}
