import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";

export interface SparklineProps {
  /** Oldest first; `null` is a gap: not measured. */
  values: readonly (number | null)[];
  /** The top of the scale, so that sparklines in one column compare; otherwise the largest value. */
  highest?: number;
  /** What it says, for who cannot see it: "from 12 to 31 in eight quarters". */
  label: string;
}

const width = 100;
const height = 24;
const inset = 3;

/** A small line beside a number, from zero, with its last value marked. */
export function Sparkline({ values, highest, label }: SparklineProps) {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  const x = scaleLinear([0, Math.max(1, values.length - 1)], [inset, width - inset]);
  const y = scaleLinear([0, highest ?? Math.max(1, ...known)], [height - inset, inset]);
  const path = line<number | null>()
    .defined((value) => value !== null)
    .x((_, index) => x(index))
    .y((value) => y(value ?? 0));
  const last = values.findLastIndex((value) => value !== null);
  return (
    <svg className="sparkline" width={width} height={height} role="img" aria-label={label}>
      <path d={path(values) ?? ""} />
      <circle cx={x(last)} cy={y(values[last] ?? 0)} r={2.5} />
    </svg>
  );
}
