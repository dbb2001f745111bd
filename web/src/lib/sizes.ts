/** Sizes: how many bytes something has, for people; in powers of ten, as the server says it. */

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

export function formatSize(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  return new Intl.NumberFormat(document.documentElement.lang || undefined, {
    style: "unit",
    unit: UNITS[power],
    unitDisplay: power === 0 ? "long" : "short",
    maximumFractionDigits: power === 0 ? 0 : 1,
  }).format(bytes / 1_000 ** power);
}

export function formatPercent(part: number): string {
  return new Intl.NumberFormat(document.documentElement.lang || undefined, {
    style: "percent",
    maximumFractionDigits: 0,
  }).format(part);
}
