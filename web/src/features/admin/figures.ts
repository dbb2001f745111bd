/** Figures: what a server tells programs that watch it, as a list that people read. */

export interface Figure {
  readonly name: string;
  readonly value: number;
}

/** Read Prometheus' text format; parts of a distribution are left out, for they mean nothing alone. */
export function parseFigures(text: string): readonly Figure[] {
  return text.split("\n").flatMap((line) => {
    const [, name, value] = /^([a-zA-Z_:][\w:]*(?:\{.*\})?) (\S+)$/.exec(line) ?? [];
    if (name === undefined || /_bucket\{|_created\b/.test(name)) return [];
    return [{ name: name.replace(/^hubbub_/, ""), value: Number(value) }];
  });
}
