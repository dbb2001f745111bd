/**
 * The cache: what the browser keeps of each account in IndexedDB, so that the page opens without a network and nothing
 * that was written is lost. Whatever goes wrong with it (it is full, broken, or a newer page's) is told once, and the
 * page goes on without.
 */
import type { RoomState, You } from "../wire/kinds";
import { answerTo, commit, openDatabase } from "./database";
import type { Draft } from "./desk";
import type { Levelled } from "./levels";
import type { Outgoing } from "./outbox";
import type { Limits } from "./place";
import type { KeptUnread } from "./unread";

/** What it is called; its version grows with its shape. */
const NAME = "hubbub";
const VERSION = 1;

/** How long is waited for what is kept: a browser that is busy with it must not keep anybody waiting at the door. */
const OPEN_MS = 1_500;

/** What became of the cache. */
export type CacheProblem =
  /** There is no more space. */
  | "full"
  /** It cannot be read, or the browser forbids it. */
  | "broken";

export interface KeptPlace {
  readonly you: You;
  readonly serverId: string;
  readonly limits: Limits | undefined;
  /** Missing where an earlier page has kept it. */
  readonly levels?: Levelled;
}

export interface KeptRoom {
  /** The room as a snapshot would tell of it, with its last messages. */
  readonly state: RoomState;
  /** Whether the first of them is the room's first. */
  readonly reachesStart: boolean;
  /** Whether what happened between the messages is there, too. */
  readonly hasEvents: boolean;
  readonly unread: KeptUnread;
  readonly wholeSinceMs: number;
}

export interface KeptAccount {
  readonly place: KeptPlace | undefined;
  readonly rooms: readonly KeptRoom[];
  readonly outgoing: readonly Outgoing[];
  readonly drafts: ReadonlyMap<string, Draft>;
}

export const NOTHING_KEPT: KeptAccount = {
  place: undefined,
  rooms: [],
  outgoing: [],
  drafts: new Map(),
};

/** Places by their accounts; of an account rooms by their ids, what is outgoing by nonces, drafts by rooms' names. */
const STORES = ["places", "rooms", "outgoing", "drafts"] as const;

export class Cache {
  readonly #onProblem: (problem: CacheProblem) => void;
  #database: Promise<IDBDatabase> | undefined;
  #hasTold = false;

  /** `onProblem` is called once, when something cannot be kept. */
  constructor(onProblem: (problem: CacheProblem) => void) {
    this.#onProblem = onProblem;
  }

  /** Return everything that is kept of an account. Never rejects, and never takes long. */
  async load(account: string): Promise<KeptAccount> {
    const kept = this.#try(async (database) => {
      const transaction = database.transaction(STORES);
      const all = allOf(account);
      const drafts = transaction.objectStore("drafts");
      const [place, rooms, outgoing, keys, written] = await Promise.all([
        answerTo<KeptPlace | undefined>(transaction.objectStore("places").get(account)),
        answerTo<KeptRoom[]>(transaction.objectStore("rooms").getAll(all)),
        answerTo<Outgoing[]>(transaction.objectStore("outgoing").getAll(all)),
        answerTo(drafts.getAllKeys(all)) as Promise<[string, string][]>,
        answerTo<Draft[]>(drafts.getAll(all)),
      ]);
      const pairs = keys.flatMap(([, room], at) => {
        const draft = written[at];
        return draft ? [[room, draft] as const] : [];
      });
      return { place, rooms, outgoing, drafts: new Map(pairs) };
    });
    return (await withinTime(kept)) ?? NOTHING_KEPT;
  }

  /** Keep what is known of a place, and these of its rooms; of rooms that are not in `ids` nothing any more. */
  async keepPlace(
    account: string,
    place: KeptPlace,
    rooms: readonly KeptRoom[],
    ids: ReadonlySet<number>,
  ): Promise<void> {
    await this.#try(async (database) => {
      const transaction = database.transaction(["places", "rooms"], "readwrite");
      const store = transaction.objectStore("rooms");
      const known = (await answerTo(store.getAllKeys(allOf(account)))) as [string, number][];
      for (const key of known) if (!ids.has(key[1])) store.delete(key);
      for (const room of rooms) {
        const before = await answerTo<KeptRoom | undefined>(store.get([account, room.state.id]));
        // Another tab may have heard more.
        if (before === undefined || before.state.seq <= room.state.seq || isAnotherPlace(before, room))
          store.put(room, [account, room.state.id]);
      }
      transaction.objectStore("places").put(place, account);
      await commit(transaction);
    });
  }

  async keepOutgoing(account: string, entry: Outgoing): Promise<void> {
    await this.#change("outgoing", (store) => store.put(entry, [account, entry.nonce]));
  }

  async dropOutgoing(account: string, nonce: string): Promise<void> {
    await this.#change("outgoing", (store) => store.delete([account, nonce]));
  }

  /** Keep what was begun to be written in a room; nothing where there is nothing. */
  async keepDraft(account: string, room: string, draft: Draft | undefined): Promise<void> {
    await this.#change("drafts", (store) =>
      draft ? store.put(draft, [account, room]) : store.delete([account, room]),
    );
  }

  /** Keep nothing of an account any more. */
  async forget(account: string): Promise<void> {
    await this.#try(async (database) => {
      const transaction = database.transaction(STORES, "readwrite");
      transaction.objectStore("places").delete(account);
      for (const store of ["rooms", "outgoing", "drafts"])
        transaction.objectStore(store).delete(allOf(account));
      await commit(transaction);
    });
  }

  async #change(name: (typeof STORES)[number], change: (store: IDBObjectStore) => unknown): Promise<void> {
    await this.#try(async (database) => {
      const transaction = database.transaction(name, "readwrite");
      change(transaction.objectStore(name));
      await commit(transaction);
    });
  }

  async #try<Value>(act: (database: IDBDatabase) => Promise<Value>): Promise<Value | undefined> {
    try {
      return await this.#act(act, 2);
    } catch (error) {
      // The browser's answers come in dozens of kinds; whichever it is, the page goes on without.
      this.#tell(isFull(error) ? "full" : "broken");
      return undefined;
    }
  }

  /** Safari ends what keeps its databases, in the background or when memory is short, and a connection with it. */
  async #act<Value>(act: (database: IDBDatabase) => Promise<Value>, tries: number): Promise<Value> {
    this.#database ??= this.#open();
    const used = this.#database;
    try {
      return await act(await used);
    } catch (error) {
      if (!isFull(error)) this.#forget(used);
      if (tries === 1 || isFull(error)) throw error;
      return await this.#act(act, tries - 1);
    }
  }

  #open(): Promise<IDBDatabase> {
    const opened: Promise<IDBDatabase> = openDatabase(NAME, VERSION, STORES, () => this.#forget(opened));
    return opened;
  }

  /** Open another one for what comes next; whatever became of this one, it is not held any longer. */
  #forget(used: Promise<IDBDatabase>): void {
    if (this.#database !== used) return;
    this.#database = undefined;
    used.then(
      (database) => database.close(),
      () => undefined,
    );
  }

  #tell(problem: CacheProblem): void {
    if (this.#hasTold) return;
    this.#hasTold = true;
    this.#onProblem(problem);
  }
}

function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === "QuotaExceededError";
}

/** Every key that begins with an account: an array comes after all texts and numbers. */
function allOf(account: string): IDBKeyRange {
  return IDBKeyRange.bound([account], [account, []]);
}

/** Where the server has begun anew, its rooms are others under the same numbers. */
function isAnotherPlace(before: KeptRoom, after: KeptRoom): boolean {
  return before.wholeSinceMs < after.wholeSinceMs;
}

async function withinTime<Value>(reading: Promise<Value>): Promise<Value | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), OPEN_MS);
  });
  try {
    return await Promise.race([reading, late]);
  } finally {
    clearTimeout(timer);
  }
}
