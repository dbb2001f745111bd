/** Icons: lucide's, but each is one line of drawing: it brings what it draws, and no more (`src/ui/icon.tsx`). */
import { pathToFileURL } from "node:url";
import type { Plugin } from "vite";

const ICONS = /[\\/]lucide-react[\\/]dist[\\/]esm[\\/]icons[\\/](?!index\.)[\w-]+\.mjs$/;

type Attributes = Readonly<Record<string, string>>;
/** What it is made of, and with what: `["line", { x1: "4", … }]`. */
type Shape = readonly [tag: string, attributes: Attributes];

/** Draw lucide's icons by `src/ui/icon.tsx`; those that it cannot draw stay as they are. */
export function icons(): Plugin {
  return {
    name: "hubbub-icons",
    apply: "build",
    transform: {
      filter: { id: ICONS },
      async handler(_code, id) {
        const { __iconData: data } = (await import(pathToFileURL(id).href)) as {
          __iconData?: { node: readonly Shape[] };
        };
        const paths = data?.node.map(([tag, attributes]) => pathOf(tag, attributes));
        if (paths === undefined || paths.includes(undefined)) return null;
        const code = `import { icon } from "/src/ui/icon";export default icon(${JSON.stringify(paths.join(""))});`;
        return { code, map: null, moduleSideEffects: false };
      },
    },
  };
}

/** Of each kind of shape, what says where it is, and how that is drawn as a path. */
const SHAPES: Readonly<Record<string, { of: readonly string[]; draw: (at: At) => string }>> = {
  line: {
    of: ["x1", "y1", "x2", "y2"],
    draw: (at) => `M${at("x1")} ${at("y1")}L${at("x2")} ${at("y2")}`,
  },
  circle: { of: ["cx", "cy", "r"], draw: (at) => ellipse(at("cx"), at("cy"), at("r"), at("r")) },
  ellipse: { of: ["cx", "cy", "rx", "ry"], draw: (at) => ellipse(at("cx"), at("cy"), at("rx"), at("ry")) },
  rect: {
    of: ["x", "y", "width", "height", "rx", "ry"],
    draw: (at) => rectangle(at("x"), at("y"), at("width"), at("height"), at("rx") || at("ry")),
  },
};
type At = (name: string) => number;

/** Return a shape as a path: https://www.w3.org/TR/SVG2/shapes.html. Nothing where it is more than a line. */
export function pathOf(tag: string, { key: _, d, points, ...rest }: Attributes): string | undefined {
  const { fill, ...lengths } = rest;
  // A dot is filled by its own line, which is as wide.
  if (fill !== undefined && !(tag === "circle" && Number(lengths.r) <= 1)) return undefined;
  const names = Object.keys(lengths);
  const shape = SHAPES[tag];
  if (shape && names.every((name) => shape.of.includes(name)))
    return shape.draw((name) => Number(lengths[name] ?? 0));
  if (names.length > 0) return undefined;
  if (tag === "path" && d) return begunAnew(d);
  if (tag === "polyline" && points) return `M${points}`;
  return tag === "polygon" && points ? `M${points}Z` : undefined;
}

/** A path that may follow another: what begins it is meant from the corner, also where it is written as a step. */
function begunAnew(path: string): string {
  const [all, x, y, rest = ""] = /^m\s*(-?(?:\d*\.\d+|\d+))[\s,]*(-?(?:\d*\.\d+|\d+))(.*)$/s.exec(path) ?? [];
  if (all === undefined) return path;
  return `M${x} ${y}${/^[\s,]*[-.\d]/.test(rest) ? "l" : ""}${rest.trimStart()}`;
}

function ellipse(x: number, y: number, rx: number, ry: number): string {
  return `M${x - rx} ${y}a${rx} ${ry} 0 1 0 ${2 * rx} 0a${rx} ${ry} 0 1 0 ${-2 * rx} 0`;
}

function rectangle(x: number, y: number, width: number, height: number, round: number): string {
  const arc = (right: number, down: number) => (round ? `a${round} ${round} 0 0 1 ${right} ${down}` : "");
  const [across, down] = [width - 2 * round, height - 2 * round];
  const corners = [arc(round, round), arc(-round, round), arc(-round, -round), arc(round, -round)];
  return `M${x + round} ${y}h${across}${corners[0]}v${down}${corners[1]}h${-across}${corners[2]}v${-down}${corners[3]}z`;
}
