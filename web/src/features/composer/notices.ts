/** Notices: what stands above the composer because something was not, or not yet, said; one for each desk. */
import type { Desk } from "../../model/desk";
import { Emitter } from "../../model/emitter";

export interface Notice {
  readonly kind: "told" | "problem";
  readonly sentence: string;
  readonly actions: readonly NoticeAction[];
}

export interface NoticeAction {
  readonly label: string;
  readonly onChoose: () => void;
}

export class Board extends Emitter {
  notice: Notice | undefined;
  /** Whether an answer is awaited, so that nothing is sent twice. */
  isBusy = false;

  tell(sentence: string): void {
    this.#show({ kind: "told", sentence, actions: [] });
  }

  warn(sentence: string, actions: readonly NoticeAction[] = []): void {
    this.#show({ kind: "problem", sentence, actions });
  }

  clear(): void {
    if (this.notice) this.#show(undefined);
  }

  /** Wait for an answer; nothing else is sent meanwhile. */
  async wait<Value>(answer: Promise<Value>): Promise<Value> {
    this.isBusy = true;
    this.changed();
    try {
      return await answer;
    } finally {
      this.isBusy = false;
      this.changed();
    }
  }

  #show(notice: Notice | undefined): void {
    this.notice = notice;
    this.changed();
  }
}

const boards = new WeakMap<Desk, Board>();

/** Return the board of a desk; what stands there waits until its room is shown. */
export function boardOf(desk: Desk): Board {
  const known = boards.get(desk);
  if (known) return known;
  const board = new Board();
  boards.set(desk, board);
  return board;
}
