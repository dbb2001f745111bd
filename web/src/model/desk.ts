/** A desk: what one is about to say in one room, what it is about, and what is to go with it. */
import { Emitter } from "./emitter";

/** A file that is there, and that no message shows yet. */
export interface SentFile {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly type: string;
}

/** What of a desk is kept over visits, and shared by tabs. */
export interface Draft {
  readonly text: string;
  readonly replyingTo: string;
  readonly editing: string;
  /** What was being written before one began to edit. */
  readonly aside?: string;
  /** Whether the server does not know yet what was written. */
  readonly isUnsaved?: boolean;
  readonly files?: readonly SentFile[];
}

export class Desk extends Emitter {
  #text = "";
  #aside = "";
  #replyingTo = "";
  #editing = "";
  #isUnsaved = false;
  #files: readonly SentFile[] = [];
  /** When something was written here last, in milliseconds since 1970: whoever writes is not to be disturbed. */
  writtenMs = 0;

  get text(): string {
    return this.#text;
  }

  /** The message that is being answered, `ROOM-SEQ`; empty for none. */
  get replyingTo(): string {
    return this.#replyingTo;
  }

  /** One's own message that is being edited; empty for none. */
  get editing(): string {
    return this.#editing;
  }

  /** Files that go with what is said next. */
  get files(): readonly SentFile[] {
    return this.#files;
  }

  /** What was begun and is not said, without what is being edited: that is no draft. */
  get unsaid(): string {
    return this.#editing ? this.#aside : this.#text;
  }

  /** Whether the server does not know yet what is unsaid. */
  get isUnsaved(): boolean {
    return this.#isUnsaved;
  }

  get draft(): Draft {
    return {
      text: this.#text,
      replyingTo: this.#replyingTo,
      editing: this.#editing,
      ...(this.#aside && { aside: this.#aside }),
      ...(this.#isUnsaved && { isUnsaved: true }),
      ...(this.#files.length > 0 && { files: this.#files }),
    };
  }

  write(text: string): void {
    if (text === this.#text) return;
    this.#text = text;
    this.writtenMs = Date.now();
    this.#isUnsaved ||= !this.#editing;
    this.changed();
  }

  reply(message: string): void {
    this.#leaveEditing();
    this.#replyingTo = message;
    this.changed();
  }

  /** Edit a message. What was being written waits until that is done. */
  edit(message: string, text: string): void {
    if (!this.#editing) this.#aside = this.#text;
    this.#editing = message;
    this.#replyingTo = "";
    this.#text = text;
    this.changed();
  }

  /** Edit or answer nothing any more; what was written before is there again. */
  cancel(): void {
    this.#leaveEditing();
    this.#replyingTo = "";
    this.changed();
  }

  attach(file: SentFile): void {
    this.#files = [...this.#files, file];
    this.changed();
  }

  detach(id: string): void {
    this.#files = this.#files.filter((file) => file.id !== id);
    this.changed();
  }

  /** Go on with what was written on an earlier visit, or in another tab. */
  take(draft: Draft): void {
    this.#text = draft.text;
    this.#aside = draft.aside ?? "";
    this.#replyingTo = draft.replyingTo;
    this.#editing = draft.editing;
    this.#isUnsaved = draft.isUnsaved ?? false;
    this.#files = draft.files ?? [];
    this.changed();
  }

  /** The server knows this text by now. */
  saved(text: string): void {
    if (!this.#isUnsaved || text !== this.unsaid) return;
    this.#isUnsaved = false;
    this.changed();
  }

  /** Somebody has written on elsewhere, and nobody here. */
  adopt(text: string): void {
    if (text === this.unsaid) return;
    if (this.#editing) this.#aside = text;
    else this.#text = text;
    this.changed();
  }

  /** Begin anew: nothing is written, answered or edited. */
  clear(): void {
    this.#isUnsaved = this.unsaid !== "" || this.#isUnsaved;
    this.#text = "";
    this.#aside = "";
    this.#replyingTo = "";
    this.#editing = "";
    this.#files = [];
    this.changed();
  }

  #leaveEditing(): void {
    if (!this.#editing) return;
    this.#text = this.#aside;
    this.#aside = "";
    this.#editing = "";
  }
}

/** Return the name of the desk at which a thread is answered; no room's name has a space. */
export function threadDesk(room: string, thread: string): string {
  return `${room} ${thread}`;
}

/** Return the room in which a desk stands, and whether it is a thread's. */
export function parseDesk(name: string): { room: string; isThread: boolean } {
  const [room = "", thread] = name.split(" ");
  return { room, isThread: thread !== undefined };
}

/** The desks of one server, by the names of their rooms; made when somebody sits down. */
export class Desks {
  readonly #desks = new Map<string, Desk>();
  readonly #onChange = new Set<(room: string, desk: Desk) => void>();

  /** Hear of every room whose desk has changed. */
  watch(listener: (room: string, desk: Desk) => void): void {
    this.#onChange.add(listener);
  }

  at(room: string): Desk {
    const known = this.#desks.get(room);
    if (known) return known;
    const desk = new Desk();
    this.#desks.set(room, desk);
    desk.subscribe(() => {
      for (const listener of this.#onChange) listener(room, desk);
    });
    return desk;
  }

  /** All of them, with the names of their rooms. */
  get all(): ReadonlyMap<string, Desk> {
    return this.#desks;
  }

  /** One has gone for good: nothing of what was written is anybody else's. */
  clear(): void {
    for (const desk of this.#desks.values()) desk.take({ text: "", replyingTo: "", editing: "" });
  }
}
