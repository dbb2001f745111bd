/** Who came and went, folded into as few words as possible. Pure. */

import { isolate } from "../../lib/bidi";
import { formats } from "../../lib/dates";
import type { HubRecord } from "../../wire/kinds";
import type { LateWords } from "../../words/words";
import { isMoving } from "./moving";
import { sentenceOf } from "./sentences";

/** More names than these are a number. */
const NAMED = 4;

interface Person {
  name: string;
  before: string;
  wasIn: boolean;
  isIn: boolean;
  moves: number;
}

/** Tell in one sentence what became of everybody. */
export function summarise(records: readonly HubRecord[], words: LateWords["events"]): string {
  const [only, ...others] = records;
  if (only === undefined) return "";
  if (others.length === 0) return sentenceOf(only, words);
  const people = [...follow(records).values()];
  const group = (isWanted: (person: Person) => boolean) => people.filter(isWanted);
  const moved = (person: Person) => person.moves > 0;
  const told = [
    tell(
      group((one) => moved(one) && !one.wasIn && one.isIn),
      words.came,
      words,
    ),
    tell(
      group((one) => moved(one) && one.wasIn && !one.isIn),
      words.went,
      words,
    ),
    tell(
      group((one) => moved(one) && !one.wasIn && !one.isIn),
      words.passed,
      words,
    ),
    tell(
      group((one) => moved(one) && one.wasIn && one.isIn),
      words.returned,
      words,
    ),
    ...group((one) => one.before !== one.name).map((one) =>
      words.renamed(isolate(one.before), isolate(one.name)),
    ),
  ];
  return told.filter(Boolean).join("; ");
}

function follow(records: readonly HubRecord[]): Map<string, Person> {
  const people = new Map<string, Person>();
  for (const { event } of records) {
    if (!isMoving(event)) continue;
    const isIn = event.type !== "left";
    const known = people.get(event.author);
    const person = known ?? {
      name: event.name,
      before: event.name,
      wasIn: event.type !== "joined",
      isIn,
      moves: 0,
    };
    person.isIn = isIn;
    if (event.type === "renamed") person.name = event.new_name;
    else person.moves += 1;
    people.set(event.author, person);
  }
  return people;
}

function tell(
  people: readonly Person[],
  sentence: (names: string, isMany: boolean) => string,
  words: LateWords["events"],
): string {
  if (people.length === 0) return "";
  const names = people.map(({ name }) => isolate(name));
  const left = names.length - NAMED;
  const listed = left > 1 ? [...names.slice(0, NAMED), words.andOthers(left)] : names;
  return sentence(formats().list.format(listed), people.length > 1);
}
