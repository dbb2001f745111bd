/**
 * Uploads: files on their way to the server, one after the other, whichever room is shown. One that is there lies on
 * its room's desk, until a message takes it along.
 */
import { delayMs } from "./backoff";
import type { Desks, SentFile } from "./desk";
import { Emitter } from "./emitter";
import { DisconnectedError, RefusedError } from "./refusals";

export type UploadState =
  | { readonly kind: "waiting" }
  | { readonly kind: "sending"; readonly sent: number }
  /** It goes on by itself. */
  | { readonly kind: "interrupted"; readonly sent: number }
  | { readonly kind: "failed"; readonly sentence: string };

export interface Upload {
  readonly key: number;
  /** Where it is to be shown. */
  readonly room: string;
  readonly file: File;
  readonly state: UploadState;
}

/** Tries without a single byte after which somebody has to say that it is to go on. */
const MOST_TRIES = 6;

export class Uploads extends Emitter {
  readonly #desks: Desks;
  readonly #authorization: () => string;
  readonly #addresses = new Map<number, string>();
  #all: readonly Upload[] = [];
  #last = 0;
  #current: { readonly key: number; readonly abort: AbortController } | undefined;
  /** The files that lie on desks, as far as this page has sent them: to show what they look like. */
  readonly #arrived = new Map<string, File>();
  /** What was sent before its files were there: said as soon as they are. */
  readonly #awaiting = new Map<string, () => void>();

  /** `authorization` tells what says who asks: `Bearer …`, or nothing where a cookie does. */
  constructor(desks: Desks, authorization: () => string) {
    super();
    this.#desks = desks;
    this.#authorization = authorization;
  }

  /** What is not there yet; a new array with every change. */
  get all(): readonly Upload[] {
    return this.#all;
  }

  in(room: string): readonly Upload[] {
    return this.#all.filter((upload) => upload.room === room);
  }

  /** Return a file that is there already, if this page has sent it. */
  fileOf(id: string): File | undefined {
    return this.#arrived.get(id);
  }

  /** Return what is known of a file that is there, to let it lie on a desk again. */
  describe(id: string): SentFile {
    const { name = id, size = 0, type = "" } = this.#arrived.get(id) ?? {};
    return { id, name, size, type };
  }

  /** Whether something is to be said as soon as its files are there. */
  isAwaited(room: string): boolean {
    return this.#awaiting.has(room);
  }

  add(room: string, files: Iterable<File>): void {
    const added = [...files].map(
      (file): Upload => ({ key: ++this.#last, room, file, state: { kind: "waiting" } }),
    );
    this.#replace([...this.#all, ...added]);
    this.#next();
  }

  /** Send it not, or no longer. */
  remove(key: number): void {
    const address = this.#addresses.get(key);
    const room = this.#all.find((upload) => upload.key === key)?.room;
    if (this.#current?.key === key) this.#current.abort.abort();
    if (address) void bringTus().then((tus) => tus.cancelUpload(address, this.#authorization()));
    this.#addresses.delete(key);
    this.#replace(this.#all.filter((upload) => upload.key !== key));
    if (room !== undefined) this.#settle(room);
  }

  retry(key: number): void {
    this.#become(key, { kind: "waiting" });
    this.#next();
  }

  /** Call `then` once everything of that room is there; nothing else of it waits any more. */
  await(room: string, then: () => void): void {
    this.#awaiting.set(room, then);
    this.changed();
    this.#settle(room);
  }

  /** Do not say it after all. */
  hold(room: string): void {
    if (this.#awaiting.delete(room)) this.changed();
  }

  #next(): void {
    if (this.#current) return;
    const upload = this.#all.find((one) => one.state.kind === "waiting");
    if (upload === undefined) return;
    const abort = new AbortController();
    this.#current = { key: upload.key, abort };
    void this.#send(upload, abort.signal).finally(() => {
      this.#current = undefined;
      this.#next();
    });
  }

  async #send(upload: Upload, signal: AbortSignal): Promise<void> {
    const progress = { sent: 0 };
    let tries = 0;
    while (!signal.aborted) {
      const before = progress.sent;
      try {
        const id = await this.#trySending(upload, signal, progress);
        if (!signal.aborted) this.#arrive(upload, id);
        return;
      } catch (error) {
        tries = progress.sent > before ? 1 : tries + 1;
        if (!(await this.#pauseAfter(error, upload, signal, { tries, sent: progress.sent }))) return;
      }
    }
  }

  /** Wait before it is tried again; return whether it is to be. */
  async #pauseAfter(
    error: unknown,
    upload: Upload,
    signal: AbortSignal,
    { tries, sent }: { tries: number; sent: number },
  ): Promise<boolean> {
    if (signal.aborted) return false;
    const wait = waitAfter(error, tries);
    if (wait === undefined) {
      this.#fail(upload, error);
      return false;
    }
    this.#become(upload.key, { kind: "interrupted", sent });
    await pause(wait, signal);
    return true;
  }

  async #trySending(upload: Upload, signal: AbortSignal, progress: { sent: number }): Promise<string> {
    const { beginUpload, continueUpload } = await bringTus();
    const sending = {
      file: upload.file,
      name: upload.file.name,
      authorization: this.#authorization(),
      signal,
      onProgress: (sent: number) => {
        progress.sent = sent;
        this.#become(upload.key, { kind: "sending", sent });
      },
    };
    const address = this.#addresses.get(upload.key) ?? (await beginUpload(sending));
    this.#addresses.set(upload.key, address);
    return await continueUpload(address, sending);
  }

  #arrive({ key, room, file }: Upload, id: string): void {
    this.#addresses.delete(key);
    this.#arrived.set(id, file);
    this.#desks.at(room).attach({ id, name: file.name, size: file.size, type: file.type });
    this.#replace(this.#all.filter((upload) => upload.key !== key));
    this.#settle(room);
  }

  #fail({ key, room }: Upload, error: unknown): void {
    // What is gone there has to begin anew.
    if (error instanceof RefusedError) this.#addresses.delete(key);
    const sentence = error instanceof Error ? error.message : String(error);
    this.#become(key, { kind: "failed", sentence });
    this.hold(room);
  }

  #settle(room: string): void {
    const then = this.#awaiting.get(room);
    if (then === undefined || this.in(room).length > 0) return;
    this.#awaiting.delete(room);
    this.changed();
    then();
  }

  #become(key: number, state: UploadState): void {
    this.#replace(this.#all.map((upload) => (upload.key === key ? { ...upload, state } : upload)));
  }

  #replace(all: readonly Upload[]): void {
    this.#all = all;
    this.changed();
  }
}

/** Load what speaks with the server about files, which is wanted once there is one. Rejects with `DisconnectedError`. */
async function bringTus(): Promise<typeof import("./tus")> {
  try {
    return await import("./tus");
  } catch {
    throw new DisconnectedError();
  }
}

/** Return how long to wait before it is tried again, in milliseconds; nothing where that would not help. */
function waitAfter(error: unknown, tries: number): number | undefined {
  if (error instanceof RefusedError)
    return error.retrySeconds > 0 && tries < MOST_TRIES ? error.retrySeconds * 1_000 : undefined;
  if (!(error instanceof DisconnectedError)) throw error;
  return tries < MOST_TRIES ? delayMs(tries, Math.random()) : undefined;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
