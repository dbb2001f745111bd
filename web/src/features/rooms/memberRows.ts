/** Rows: in which order the members of a room are shown, and under which titles. */
import type { Presence } from "../../model/lookout";
import { ROLES } from "../../model/ranks";
import type { Member } from "../../model/roster";
import type { RoomRole } from "../../wire/kinds";

export interface ShownMember {
  readonly member: Member;
  readonly role: RoomRole;
  readonly presence: Presence;
}

export type Title = "keepers" | "here" | "gone" | "invited";

export type Row =
  | { readonly kind: "title"; readonly title: Title; readonly count: number }
  | ({ readonly kind: "member" } & ShownMember)
  | { readonly kind: "invited"; readonly name: string };

/** Those who look after the room first, the highest first; then who is here; then who is not, and who may come. */
export function rowsOf(
  members: readonly ShownMember[],
  invited: readonly string[],
  filter: string,
): readonly Row[] {
  const wanted = filter.trim().toLocaleLowerCase();
  const fits = (name: string) => name.toLocaleLowerCase().includes(wanted);
  const { compare } = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
  const shown = members
    .filter(({ member }) => fits(member.name))
    .toSorted((one, other) => rank(other) - rank(one) || compare(one.member.name, other.member.name));
  const keepers = shown.filter((one) => rank(one) > 0);
  const others = shown.filter((one) => rank(one) === 0);
  const asRow = (one: ShownMember): Row => ({ kind: "member", ...one });
  const waiting = invited.filter(fits).map((name): Row => ({ kind: "invited", name }));
  return [
    ...under("keepers", keepers.map(asRow)),
    ...under("here", others.filter((one) => one.presence.kind !== "gone").map(asRow)),
    ...under("gone", others.filter((one) => one.presence.kind === "gone").map(asRow)),
    ...under("invited", waiting),
  ];
}

export function keyOf(row: Row): string {
  switch (row.kind) {
    case "title":
      return `title ${row.title}`;
    case "member":
      return `member ${row.member.name}`;
    case "invited":
      return `invited ${row.name}`;
  }
}

function rank({ role }: ShownMember): number {
  return ROLES.indexOf(role);
}

function under(title: Title, rows: readonly Row[]): readonly Row[] {
  return rows.length === 0 ? [] : [{ kind: "title", title, count: rows.length }, ...rows];
}
