/** @file A difference with its interval on a line from -half to +half. */
import { signed } from '../lib/format.ts';

/** Two means on the same samples. */
export interface IntervalProps {
  readonly change: { readonly before: number; readonly after: number; readonly ci95: readonly number[] };
  readonly half: number;
}

export function Interval({ change, half }: IntervalProps) {
  const place = (value: number) => 50 + (Math.max(-half, Math.min(half, value)) / half) * 50;
  const [low = 0, high = 0] = change.ci95;
  const tone = low > 0 ? 'good' : high < 0 ? 'bad' : 'soft';
  return (
    <svg
      class="interval-line"
      viewBox="0 0 100 12"
      preserveAspectRatio="none"
      role="img"
      aria-label={`${signed(change.after - change.before)}, 95 % ${signed(low)} to ${signed(high)}`}
    >
      <path d="M50 0V12" stroke="var(--strong-line)" vector-effect="non-scaling-stroke" />
      <path
        d={`M${place(low)} 6H${place(high)}`}
        stroke={`var(--${tone})`}
        stroke-width="2"
        vector-effect="non-scaling-stroke"
      />
      <path
        d={`M${place(change.after - change.before)} 2V10`}
        stroke={`var(--${tone})`}
        stroke-width="3"
        vector-effect="non-scaling-stroke"
      />
    </svg>
  );
}
