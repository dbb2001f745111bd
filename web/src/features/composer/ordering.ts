/** Ordering: who is likely to be meant. Pure. */

/** Put people into the order in which they are likely to be meant: who spoke last first, then by name. */
export function orderPeople(
  names: Iterable<string>,
  spokeLast: readonly string[],
  you: string,
): readonly string[] {
  const places = new Map(spokeLast.map((name, at) => [name, at]));
  const place = (name: string) =>
    name === you ? Number.MAX_SAFE_INTEGER : (places.get(name) ?? spokeLast.length);
  return [...new Set([...spokeLast, ...names])].sort(
    (one, other) => place(one) - place(other) || one.localeCompare(other),
  );
}
