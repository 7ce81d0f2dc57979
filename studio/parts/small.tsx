/** @file Small things that many screens show: badges, sparklines, bars. */
import type { ComponentChildren } from 'preact';
import type { AnswerError } from '../lib/api.ts';

export const Task = ({ task }: { readonly task: string }) => (
  <span class={`task ${/^T\d$/.test(task) ? task : ''}`}>{task}</span>
);

type Tone = 'good' | 'bad' | 'warn' | 'accent' | '';

export const Badge = ({
  tone = '',
  title,
  children,
}: {
  readonly tone?: Tone;
  readonly title?: string;
  readonly children: ComponentChildren;
}) => (
  <span class={`badge ${tone}`} title={title}>
    {children}
  </span>
);

/** Green for what is well, red for what is not. */
export function stateTone(state: string): Tone {
  if (state === 'answered' || state === 'exact' || state === 'ok' || state === 'done' || state === 'trained')
    return 'good';
  if (state === 'unreadable' || state === 'contradictory' || state === 'error' || state === 'damaged') return 'bad';
  if (state === 'cut' || state === 'none' || state === 'length' || state === 'interrupted' || state === 'stalled')
    return 'warn';
  return '';
}

/** Of a scored response: every state but these two is an answer that is wrong or missing. */
export const scoredTone = (state: string): Tone => (state === 'ok' ? 'good' : state === 'error' ? 'bad' : 'warn');

/** A curve without axes; its label says where it begins and ends. */
export function Sparkline({
  values,
  label,
  width = 130,
  height = 28,
}: {
  readonly values: readonly (number | null)[];
  readonly label: string;
  readonly width?: number;
  readonly height?: number;
}) {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return <span class="soft small">–</span>;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const spread = high - low || 1;
  const points = values.flatMap((value, i) =>
    value === null
      ? []
      : [
          `${((i / (values.length - 1)) * width).toFixed(1)},${(height - 3 - ((value - low) / spread) * (height - 6)).toFixed(1)}`,
        ],
  );
  return (
    <svg class="sparkline" width={width} height={height} role="img" aria-label={label}>
      <path d={`M${points.join('L')}`} />
    </svg>
  );
}

/** A reward in [0, 1] as a bar with its number. */
export const RewardBar = ({ value, text }: { readonly value: number; readonly text: string }) => (
  <span class="reward-bar">
    <i style={{ width: `${Math.max(0, Math.min(1, value)) * 100}%` }} />
    <b>{text}</b>
  </span>
);

/** Why something is not shown. */
export const Failure = ({ error }: { readonly error: AnswerError }) => (
  <p class="notice bad" role="alert">
    {error.message} {error.hint !== undefined && <span class="soft">{error.hint}</span>}
  </p>
);

/** A screen whose data have not come yet, or why they do not. */
export const Waiting = ({
  error,
  what = 'Reading…',
}: {
  readonly error: AnswerError | undefined;
  readonly what?: string;
}) => <main>{error === undefined ? <p class="empty">{what}</p> : <Failure error={error} />}</main>;

/** The head of a table: what stands in each column. @param numbers Columns of figures, from 0: they are set to the right, as their figures are. */
export const Heads = ({
  names,
  numbers = [],
}: {
  readonly names: readonly ComponentChildren[];
  readonly numbers?: readonly number[];
}) => (
  <thead>
    <tr>
      {names.map((name, i) => (
        <th key={i} scope="col" class={numbers.includes(i) ? 'number' : undefined}>
          {name}
        </th>
      ))}
    </tr>
  </thead>
);

/** The lines of a gold answer. */
export const Gold = ({ lines }: { readonly lines: readonly string[] }) => (
  <div class="gold">
    {lines.map((line, i) => (
      <code key={i}>{line}</code>
    ))}
  </div>
);

/** What is wider than a phone: it scrolls by itself, by keys too. */
export const Wide = ({
  label,
  panel = true,
  children,
}: {
  readonly label: string;
  readonly panel?: boolean;
  readonly children: ComponentChildren;
}) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys
  <section class={panel ? 'panel scroll-x' : 'scroll-x'} tabIndex={0} aria-label={label}>
    {children}
  </section>
);
