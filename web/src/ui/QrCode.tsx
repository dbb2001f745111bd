import { correction, generate } from "lean-qr";
import { useMemo } from "react";
import styles from "./QrCode.module.css";

/** Light modules around the code: ISO/IEC 18004 asks for four. */
const QUIET = 4;

/** A picture of a text that cameras read, dark on light in any theme. Loaded lazily: few people need one. */
export default function QrCode({ text, label }: { text: string; label: string }) {
  const { path, size } = useMemo(() => draw(text), [text]);
  const whole = size + 2 * QUIET;
  return (
    <svg
      className={styles.code}
      role="img"
      aria-label={label}
      viewBox={`${-QUIET} ${-QUIET} ${whole} ${whole}`}
    >
      <title>{label}</title>
      <path d={path} shapeRendering="crispEdges" />
    </svg>
  );
}

function draw(text: string): { path: string; size: number } {
  const code = generate(text, { minCorrectionLevel: correction.M });
  const modules: string[] = [];
  for (let y = 0; y < code.size; y += 1)
    for (let x = 0; x < code.size; x += 1) if (code.get(x, y)) modules.push(`M${x} ${y}h1v1h-1z`);
  return { path: modules.join(""), size: code.size };
}
