/** A text in which some parts are marked, each by its begin and end. */
export function Marked({ text, spans }: { text: string; spans: readonly (readonly [number, number])[] }) {
  const parts = spans.map(([begin, end], place) => ({
    before: text.slice(place === 0 ? 0 : spans[place - 1]?.[1], begin),
    marked: text.slice(begin, end),
    begin,
  }));
  return (
    <>
      {parts.map(({ before, marked, begin }) => (
        <span key={begin}>
          {before}
          <mark>{marked}</mark>
        </span>
      ))}
      {text.slice(spans.at(-1)?.[1] ?? 0)}
    </>
  );
}
