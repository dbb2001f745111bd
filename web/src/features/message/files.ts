/** Files: where they are, and which of them a page may show. */
import type { Server } from "../../model/server";
import type { FileView } from "../../wire/kinds";

/** What the server sends as what it is, and nothing that could run: `service/media.py`. */
const PICTURES: ReadonlySet<string> = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);
const SOUNDS: ReadonlySet<string> = new Set([
  ...["audio/mpeg", "audio/mp4", "audio/ogg", "audio/wav", "audio/flac", "audio/webm"],
]);
const FILMS: ReadonlySet<string> = new Set(["video/mp4", "video/ogg", "video/webm", "video/quicktime"]);

export type FileKind = "picture" | "sound" | "film" | "other";

/** Return as what a file is shown. Of other servers, nothing is loaded by itself: their files are links. */
export function kindOf(file: FileView, server: Server): FileKind {
  if (server.host !== "") return "other";
  if (PICTURES.has(file.media_type) && file.width && file.height) return "picture";
  if (SOUNDS.has(file.media_type)) return "sound";
  return FILMS.has(file.media_type) ? "film" : "other";
}

export function addressOf(file: FileView, server: Server): string {
  const origin = server.connection.url.replace(/^ws/, "http").replace(/\/ws$/, "");
  const path = `/f/${encodeURIComponent(file.id)}`;
  return server.host === "" ? path : `${origin}${path}`;
}

/** The address under which it is saved with its name. */
export function downloadOf(file: FileView, server: Server): string {
  return `${addressOf(file, server)}/${encodeURIComponent(file.name)}`;
}

export function thumbnailOf(file: FileView, server: Server): string {
  return file.has_thumbnail ? `${addressOf(file, server)}/thumb` : addressOf(file, server);
}

/** Largest that a picture is shown in a list, in CSS pixels. */
const MOST = { width: 360, height: 280 };

/** Return how large a picture is shown, which is known before it is loaded. */
export function shownSize(file: FileView): { width: number; height: number } {
  const { width = 1, height = 1 } = file;
  const scale = Math.min(1, MOST.width / width, MOST.height / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** Write a size as people do: `4 kB`. */
export function writeSize(bytes: number): string {
  const step = bytes < 1_000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const number = bytes / 1_000 ** step;
  return new Intl.NumberFormat(undefined, {
    style: "unit",
    unit: UNITS[step] ?? "byte",
    unitDisplay: step === 0 ? "long" : "short",
    maximumFractionDigits: number < 10 && step > 0 ? 1 : 0,
  }).format(number);
}
