/**
 * Sentences of the server, which speaks English, in another language. A catalogue has each of them as it is written
 * there, with names in braces for what is filled in; a test in Python holds it against the server's sources. Pure.
 */

/** From templates to templates with the same names. */
type Templates = Readonly<Record<string, string>>;

export interface Catalogue {
  readonly sentences: Templates;
  /** How what is filled in is said, where that is more than a name or a number: by what it is called in braces. */
  readonly terms: Readonly<Record<string, Templates>>;
}

/** Return a sentence in the other language; `undefined` where nobody knows how it is said there. */
export type Translate = (sentence: string) => string | undefined;

interface Rule {
  readonly pattern: RegExp;
  readonly said: string;
}

const FILLED = /\{([a-z_]+[0-9]*)\}/;

/** Read a catalogue, once somebody asks. */
export function translator({ sentences, terms }: Catalogue): Translate {
  let rules: readonly Rule[] | undefined;
  const termRules = new Map<string, readonly Rule[]>();

  function translateTerm(name: string, value: string): string {
    // `time2` is a time as well.
    const kind = name.replace(/[0-9]+$/, "").replace(/^own_/, "");
    const templates = terms[kind];
    if (templates === undefined) return value;
    const known = termRules.get(kind) ?? rulesOf(templates);
    termRules.set(kind, known);
    return say(known, value) ?? value;
  }

  function say(known: readonly Rule[], text: string): string | undefined {
    for (const { pattern, said } of known) {
      const match = pattern.exec(text);
      if (match) return fill(said, match.groups ?? {});
    }
    return undefined;
  }

  function fill(said: string, values: Readonly<Record<string, string>>): string {
    return said.replace(new RegExp(FILLED, "g"), (_, name: string) =>
      translateTerm(name, values[name] ?? ""),
    );
  }

  return (sentence) => {
    rules ??= rulesOf(sentences);
    return say(rules, sentence);
  };
}

/** The most exact ones first: what is filled in may look like a part of another sentence. */
function rulesOf(templates: Templates): readonly Rule[] {
  return Object.entries(templates)
    .map(([template, said]) => ({ parts: template.split(FILLED), said }))
    .sort((one, other) => exactness(other.parts) - exactness(one.parts))
    .map(({ parts, said }) => ({ pattern: patternOf(parts), said }));
}

/** Parts are text and names in turn. */
const exactness = (parts: readonly string[]) =>
  parts.reduce((sum, part, at) => sum + (at % 2 === 0 ? part.length : 0), 0);

function patternOf(parts: readonly string[]): RegExp {
  const seen = new Set<string>();
  const source = parts.map((part, at) => {
    if (at % 2 === 0) return part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    if (seen.has(part)) return `\\k<${part}>`;
    seen.add(part);
    return `(?<${part}>.+?)`;
  });
  return new RegExp(`^${source.join("")}$`, "su");
}
