import { FileText, RotateCcw, X } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { formatPercent, formatSize } from "../../lib/sizes";
import type { Desk, SentFile } from "../../model/desk";
import type { Upload, Uploads } from "../../model/uploads";
import { Button } from "../../ui/Button";
import { useWords } from "../../words/words";
import styles from "./Attachments.module.css";

interface Props {
  uploads: Uploads;
  desk: Desk;
  /** What is there already. */
  files: readonly SentFile[];
  coming: readonly Upload[];
}

/** The files that go with the next message: each may be taken back, and tells how far it is. */
export function FileList({ uploads, desk, files, coming }: Props) {
  const words = useWords().composer;
  return (
    <ul className={styles.files} aria-label={words.files}>
      {files.map((file) => (
        <Sent
          key={file.id}
          file={file}
          content={uploads.fileOf(file.id)}
          onRemove={() => desk.detach(file.id)}
        />
      ))}
      {coming.map((upload) => (
        <Coming key={upload.key} upload={upload} uploads={uploads} />
      ))}
    </ul>
  );
}

function Sent({
  file,
  content,
  onRemove,
}: {
  file: SentFile;
  content: File | undefined;
  onRemove: () => void;
}) {
  const words = useWords().composer;
  return (
    <Row content={content} name={file.name} told={formatSize(file.size)}>
      <Button look="icon" aria-label={words.remove(file.name)} onClick={onRemove}>
        <X size={16} />
      </Button>
    </Row>
  );
}

function Coming({ upload, uploads }: { upload: Upload; uploads: Uploads }) {
  const words = useWords().composer;
  const { key, file, state } = upload;
  const isFailed = state.kind === "failed";
  return (
    <Row content={file} name={file.name} told={stateWords(upload, words)} isFailed={isFailed}>
      {!isFailed && (
        <progress
          className={styles.progress}
          aria-label={file.name}
          max={Math.max(file.size, 1)}
          value={"sent" in state ? state.sent : 0}
        />
      )}
      {isFailed && (
        <Button look="icon" aria-label={words.retryUpload(file.name)} onClick={() => uploads.retry(key)}>
          <RotateCcw size={16} />
        </Button>
      )}
      <Button
        look="icon"
        aria-label={isFailed ? words.remove(file.name) : words.cancelUpload(file.name)}
        onClick={() => uploads.remove(key)}
      >
        <X size={16} />
      </Button>
    </Row>
  );
}

interface RowProps {
  content: File | undefined;
  name: string;
  told: string;
  isFailed?: boolean;
  children: ReactNode;
}

function Row({ content, name, told, isFailed = false, children }: RowProps) {
  const picture = usePicture(content);
  return (
    <li className={styles.file} data-failed={isFailed}>
      {picture ? (
        <img className={styles.picture} src={picture} alt="" />
      ) : (
        <span className={styles.picture}>
          <FileText size={20} aria-hidden="true" />
        </span>
      )}
      <span className={styles.about}>
        <bdi className={styles.name}>{name}</bdi>
        <span className={styles.told}>{told}</span>
      </span>
      {children}
    </li>
  );
}

/** Return an address for what a file shows; nothing where it is no picture that every browser knows. */
function usePicture(file: File | undefined): string {
  const [address, setAddress] = useState("");
  useEffect(() => {
    if (file === undefined || !/^image\/(?:png|jpeg|gif|webp|avif)$/.test(file.type)) return undefined;
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return address;
}

type ComposerWords = ReturnType<typeof useWords>["composer"];

function stateWords({ file, state }: Upload, words: ComposerWords): string {
  switch (state.kind) {
    case "waiting":
      return `${formatSize(file.size)}, ${words.uploadWaiting}`;
    case "sending":
      return `${formatSize(file.size)}, ${formatPercent(state.sent / Math.max(file.size, 1))}`;
    case "interrupted":
      return words.uploadInterrupted;
    case "failed":
      return state.sentence;
  }
}
