/** Attendance: who of those that one shares a room with is away, or not here. */
import type { AnswerOf } from "../wire/kinds";

export class Attendance {
  /** Why those are away who are, by name. A new map with every change. */
  away: ReadonlyMap<string, string> = new Map();
  /** Who has an account, shares a room, and is not here. A new set with every change. */
  absent: ReadonlySet<string> = new Set();

  /** Nothing is known. */
  forget(): void {
    this.away = new Map();
    this.absent = new Set();
  }

  goAway(name: string, why: string): void {
    this.away = new Map(this.away).set(name, why);
  }

  return(name: string): void {
    this.away = new Map([...this.away].filter(([one]) => one !== name));
  }

  /** Some have come, and some have gone. */
  appear(arrived: readonly string[], gone: readonly string[]): void {
    this.absent = new Set([...this.absent, ...gone].filter((name) => !arrived.includes(name)));
  }

  rename(before: string, after: string): void {
    const why = this.away.get(before);
    if (why !== undefined) {
      this.return(before);
      this.goAway(after, why);
    }
    if (this.absent.has(before))
      this.absent = new Set([...this.absent].map((name) => (name === before ? after : name)));
  }

  /** Take what a room's members are told as. */
  meet(members: AnswerOf<"members">["members"]): void {
    const names = new Set(members.map((member) => member.name));
    const others = [...this.away].filter(([name]) => !names.has(name));
    const away = members.flatMap(({ name, away: why }) => (why == null ? [] : [[name, why] as const]));
    this.away = new Map([...others, ...away]);
    const gone = members.filter((member) => member.is_present === false).map((member) => member.name);
    this.appear([...names], []);
    this.appear([], gone);
  }
}
