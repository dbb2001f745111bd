/** A desk: what one is about to say in one room, and what it is about. */
import { Emitter } from "./emitter";

export class Desk extends Emitter {
  #text = "";
  #replyingTo = "";
  #editing = "";

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

  write(text: string): void {
    this.#text = text;
    this.changed();
  }

  reply(message: string): void {
    this.#replyingTo = message;
    this.#editing = "";
    this.changed();
  }

  edit(message: string, text: string): void {
    this.#editing = message;
    this.#replyingTo = "";
    this.#text = text;
    this.changed();
  }

  /** Begin anew: nothing is written, answered or edited. */
  clear(): void {
    this.#text = "";
    this.#replyingTo = "";
    this.#editing = "";
    this.changed();
  }
}

/** The desks of one server, by the names of their rooms; made when somebody sits down. */
export class Desks {
  readonly #desks = new Map<string, Desk>();

  at(room: string): Desk {
    const known = this.#desks.get(room);
    if (known) return known;
    const desk = new Desk();
    this.#desks.set(room, desk);
    return desk;
  }
}
