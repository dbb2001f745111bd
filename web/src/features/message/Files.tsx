import { Download, File, FileText, Film, Image, Music } from "lucide-react";
import { type CSSProperties, type ReactNode, useState } from "react";
import { go } from "../../lib/history";
import type { Server } from "../../model/server";
import type { FileView } from "../../wire/kinds";
import { useWords } from "../../words/words";
import styles from "./Files.module.css";
import { addressOf, downloadOf, kindOf, shownSize, thumbnailOf, writeSize } from "./files";

/** What stands with a message; `message` is its id. */
export function Files({
  files,
  server,
  message,
}: {
  files: readonly FileView[];
  server: Server;
  message: string;
}) {
  return (
    <div className={styles.files}>
      {files.map((file) => (
        <FileOf key={file.id} file={file} server={server} message={message} />
      ))}
    </div>
  );
}

function FileOf({ file, server, message }: { file: FileView; server: Server; message: string }): ReactNode {
  const [isBroken, setBroken] = useState(false);
  const kind = isBroken ? "other" : kindOf(file, server);
  const onError = () => setBroken(true);
  switch (kind) {
    case "picture":
      return <Picture file={file} server={server} message={message} onError={onError} />;
    case "sound":
      return (
        <Card file={file} server={server}>
          {/* biome-ignore lint/a11y/useMediaCaption: what people send has no captions */}
          <audio
            className={styles.sound}
            controls
            preload="none"
            src={addressOf(file, server)}
            onError={onError}
          />
        </Card>
      );
    case "film":
      return (
        <Card file={file} server={server}>
          {/* biome-ignore lint/a11y/useMediaCaption: what people send has no captions */}
          <video
            className={styles.film}
            controls
            preload="metadata"
            src={addressOf(file, server)}
            onError={onError}
          />
        </Card>
      );
    case "other":
      return <Card file={file} server={server} />;
  }
}

interface PictureProps {
  file: FileView;
  server: Server;
  message: string;
  onError: () => void;
}

function Picture({ file, server, message, onError }: PictureProps) {
  const words = useWords().message;
  const { width, height } = shownSize(file);
  const style = { "--width": `${width}px`, "--ratio": `${width} / ${height}` } as CSSProperties;
  return (
    <button
      type="button"
      className={styles.picture}
      style={style}
      aria-label={words.showPicture(file.name)}
      onClick={() => go({ dialog: `picture/${message}/${file.id}` })}
    >
      <img
        src={thumbnailOf(file, server)}
        alt={file.name}
        width={width}
        height={height}
        loading="lazy"
        decoding="async"
        onError={onError}
      />
    </button>
  );
}

function Card({ file, server, children }: { file: FileView; server: Server; children?: ReactNode }) {
  const words = useWords().message;
  return (
    <div className={styles.card}>
      <div className={styles.line}>
        <IconOf type={file.media_type} />
        <div className={styles.what}>
          <bdi className={styles.name}>{file.name}</bdi>
          <span className={styles.size}>{writeSize(file.size_bytes)}</span>
        </div>
        <a
          className={styles.save}
          href={downloadOf(file, server)}
          download={file.name}
          aria-label={words.save(file.name)}
          title={words.save(file.name)}
        >
          <Download size={18} aria-hidden="true" />
        </a>
      </div>
      {children}
    </div>
  );
}

const ICONS = { image: Image, audio: Music, video: Film, text: FileText } as const;

function IconOf({ type }: { type: string }) {
  const Icon = ICONS[type.split("/")[0] as keyof typeof ICONS] ?? File;
  return <Icon size={22} aria-hidden="true" className={styles.icon} />;
}
