import type { ComponentProps } from "react";

interface Props extends ComponentProps<"svg"> {
  size?: number;
}

/**
 * Return an icon that draws this path on a sheet of 24 × 24. When the page is built, lucide's are made by this
 * (`scripts/icons.ts`) and take what lucide's take, as far as it is used here.
 */
export function icon(path: string) {
  return (props: Props) => drawn(path, props);
}

function drawn(path: string, { size = 24, ...rest }: Props) {
  const isTold = "role" in rest || "aria-label" in rest;
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: whoever shows it says what it tells, if it tells something
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden={isTold ? undefined : true}
      {...rest}
    >
      <path d={path} />
    </svg>
  );
}
