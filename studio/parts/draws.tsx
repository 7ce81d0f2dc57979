/** @file Every time that a prompt was drawn, in this run and in others: a column a draw, as high as its mean reward. */
import { number } from '../lib/format.ts';
import { to } from '../lib/route.ts';

/** One draw. */
export interface Draw {
  readonly step: number;
  readonly group: number;
  readonly rewards: readonly number[];
}

/** Mean; 0 of none. */
export const meanOf = (rewards: readonly number[]): number =>
  rewards.reduce((sum, reward) => sum + reward, 0) / Math.max(1, rewards.length);

/** Columns that fit beside each other; of more, the last ones. */
const mostShown = 48;

interface DrawsProps {
  readonly run: string;
  readonly name: string;
  readonly draws: readonly Draw[];
  /** The step on the screen, where it is of this run. */
  readonly here?: number;
}

export function Draws({ run, name, draws, here }: DrawsProps) {
  const shown = draws.slice(-mostShown);
  const at = draws.findIndex(({ step }) => step === here);
  const link = (draw: Draw | undefined, words: string) =>
    draw !== undefined && (
      <a class="small" href={to(['run', run, 'group', draw.step, draw.group])}>
        {words} {draw.step}
      </a>
    );
  return (
    <div class="draws">
      <span class="soft small name">{name}</span>
      <span class="columns">
        {shown.map((draw) => {
          const mean = meanOf(draw.rewards);
          const said = `step ${draw.step}, mean reward ${number(mean, 2)} of ${draw.rewards.length}`;
          return (
            <a
              key={`${draw.step} ${draw.group}`}
              href={to(['run', run, 'group', draw.step, draw.group])}
              aria-current={draw.step === here ? 'page' : undefined}
              aria-label={said}
              title={said}
            >
              <i style={{ height: `${Math.max(3, mean * 100)}%` }} />
            </a>
          );
        })}
      </span>
      <span class="soft small">
        drawn {draws.length} {draws.length === 1 ? 'time' : 'times'}, mean reward{' '}
        {number(meanOf(draws[0]?.rewards ?? []), 2)} at first, {number(meanOf(draws.at(-1)?.rewards ?? []), 2)} last
      </span>
      {here !== undefined && at > 0 && link(draws[at - 1], '← step')}
      {here !== undefined && link(draws[at + 1], '→ step')}
      {here === undefined && link(draws.at(-1), 'last: step')}
    </div>
  );
}
