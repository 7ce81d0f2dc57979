/**
 * @file The health of a run in words: what a person should look at, each with the rollouts that show it. Windows are the last fifth of the
 * steps (three at least) against the fifth before the middle and the first one; a finding needs a change that a glance at a curve would see too.
 */
import type { MetricLine, RunDetail } from './api.ts';

/** One sentence. `query` finds the rollouts that show it. */
export interface Finding {
  readonly tone: 'good' | 'warn' | 'bad';
  readonly text: string;
  readonly query?: string;
}

const share = (value: number): string => `${Math.round(value * 100)} %`;
const short = (value: number): string => value.toFixed(3);

function values(lines: readonly MetricLine[], read: (line: MetricLine) => unknown): number[] {
  return lines.map(read).filter((value) => typeof value === 'number');
}

const mean = (list: readonly number[]): number => list.reduce((sum, value) => sum + value, 0) / list.length;

type TaskLine = Readonly<Record<string, unknown>>;
const taskLine = (line: MetricLine, task: string): TaskLine | undefined =>
  (line.tasks as Readonly<Record<string, TaskLine>> | undefined)?.[task];

interface Windows {
  readonly first: readonly MetricLine[];
  readonly last: readonly MetricLine[];
  readonly from: number;
}

function windowsOf(lines: readonly MetricLine[]): Windows {
  const size = Math.max(3, Math.floor(lines.length / 5));
  const last = lines.slice(-size);
  return { first: lines.slice(0, size), last, from: last[0]?.step ?? 0 };
}

/** A mean this near to what is earned without reading is no reading. */
const nearFloor = 0.03;

function taskFindings(
  task: string,
  { first, last, from }: Windows,
  blind: RunDetail['blind'][string] | undefined,
): Finding[] {
  const of = (lines: readonly MetricLine[], field: string) => values(lines, (line) => taskLine(line, task)?.[field]);
  const [before, now] = [of(first, 'reward'), of(last, 'reward')];
  const query = `task:${task} step:${from}..`;
  const found: Finding[] = [];
  if (before.length > 1 && now.length > 1) {
    if (mean(now) < 0.02)
      found.push({
        tone: 'bad',
        text: `${task} earns nothing: mean reward ${short(mean(now))} over the last ${now.length} steps.`,
        query,
      });
    else if (blind !== undefined && mean(now) <= blind.reward + nearFloor)
      found.push({
        tone: 'bad',
        text: `${task} is at its blind floor: reward ${short(mean(now))}, and ${short(blind.reward)} for "${blind.policy}", who reads nothing.`,
        query,
      });
    else if (mean(now) > mean(before) + 0.05) return found;
    else if (mean(now) < mean(before) - 0.05)
      found.push({
        tone: 'bad',
        text: `${task} falls: reward ${short(mean(before))} at first, ${short(mean(now))} now.`,
        query,
      });
    else
      found.push({
        tone: 'warn',
        text: `${task} does not learn: reward ${short(mean(before))} at first, ${short(mean(now))} now.`,
        query,
      });
  }
  return found;
}

/** Groups whose rewards are all alike carry no gradient. */
function varianceFinding({ last, from }: Windows): Finding[] {
  const flat = values(last, ({ groups, dropped }) =>
    typeof groups === 'number' && typeof dropped === 'number' && groups > 0 ? dropped / groups : undefined,
  );
  if (flat.length === 0 || mean(flat) < 0.4) return [];
  return [
    {
      tone: mean(flat) > 0.7 ? 'bad' : 'warn',
      text: `${share(mean(flat))} of the groups have no variance and are dropped.`,
      query: `is:dropped step:${from}..`,
    },
  ];
}

function truncationFinding({ first, last, from }: Windows): Finding[] {
  const [before, now] = [values(first, (line) => line.truncated), values(last, (line) => line.truncated)];
  if (now.length === 0 || mean(now) < 0.1 || mean(now) < mean(before) + 0.05) return [];
  return [
    {
      tone: mean(now) > 0.3 ? 'bad' : 'warn',
      text: `More and more answers are cut: ${share(mean(before))} at first, ${share(mean(now))} now.`,
      query: `is:truncated step:${from}..`,
    },
  ];
}

/** From whose windows the mean fell below 0.4 of what it was; undefined where it did not. */
function collapse(
  { first, last }: Windows,
  read: (line: MetricLine) => unknown,
): readonly [before: string, now: string] | undefined {
  const [before, now] = [values(first, read), values(last, read)];
  if (before.length === 0 || now.length === 0 || mean(before) === 0 || mean(now) > mean(before) * 0.4) return undefined;
  return [short(mean(before)), short(mean(now))];
}

/** Of all tasks; where that holds up, of those that collapse alone, as the sampler drew them. */
function entropyFinding(windows: Windows, tasks: readonly string[]): Finding[] {
  const whole = collapse(windows, (line) => line.entropy);
  const query = `step:${windows.from}..`;
  if (whole !== undefined)
    return [{ tone: 'bad', text: `The entropy collapses: ${whole[0]} at first, ${whole[1]} now.`, query }];
  const found = tasks.flatMap((task) => {
    const own = collapse(windows, (line) => taskLine(line, task)?.entropy);
    return own === undefined ? [] : [{ task, told: `${task} ${own[0]} at first, ${own[1]} now` }];
  });
  if (found.length === 0) return [];
  return [
    {
      tone: 'bad',
      text: `The entropy collapses by task: ${found.map(({ told }) => told).join('; ')}.`,
      query: `task:${found.map(({ task }) => task).join(',')} ${query}`,
    },
  ];
}

/** @param told Whether another sentence says already that answers are cut */
function stateFinding({ last, from }: Windows, told: boolean): Finding[] {
  const counts = new Map<string, number>();
  for (const line of last)
    for (const [state, number] of Object.entries((line.states as Record<string, number> | undefined) ?? {}))
      counts.set(state, (counts.get(state) ?? 0) + number);
  const total = [...counts.values()].reduce((sum, number) => sum + number, 0);
  return ['unreadable', 'contradictory', 'none', 'cut'].flatMap((state): Finding[] => {
    const part = (counts.get(state) ?? 0) / Math.max(1, total);
    if (part < 0.05 || (told && state === 'cut')) return [];
    return [
      {
        tone: part > 0.2 ? 'bad' : 'warn',
        text: `${share(part)} of the answers are ${state === 'none' ? 'missing' : state}.`,
        query: `state:${state} step:${from}..`,
      },
    ];
  });
}

const heldoutScores = (facts: RunDetail['facts']): number[] =>
  Array.isArray(facts?.heldout)
    ? facts.heldout.flatMap((line: unknown) => {
        const { score } = (line ?? {}) as { readonly score?: unknown };
        return typeof score === 'number' ? [score] : [];
      })
    : [];

/** While a run goes on there are held-out means by step and no interval yet. @param rise Of the reward of training */
function heldoutSoFar({ facts }: RunDetail, rise: number): Finding[] {
  const scores = heldoutScores(facts);
  const [before, now] = [scores[0], scores.at(-1)];
  if (before === undefined || now === undefined || scores.length < 2 || rise <= 0.05 || now > before) return [];
  return [
    {
      tone: 'warn',
      text: `The reward of training rises, the held-out mean does not so far: ${short(before)} to ${short(now)}, without an interval.`,
    },
  ];
}

/** The reward of training rises and the held-out mean does not: what is learned may be the reward. */
function heldoutFinding(run: RunDetail, { first, last }: Windows): Finding[] {
  const [before, now] = [values(first, (line) => line.reward), values(last, (line) => line.reward)];
  if (before.length === 0) return [];
  if (run.heldout === undefined) return heldoutSoFar(run, mean(now) - mean(before));
  const [low = 0, high = 0] = run.heldout.ci95;
  const change = `${short(run.heldout.before)} to ${short(run.heldout.after)}`;
  if (mean(now) > mean(before) + 0.05 && low <= 0)
    return [
      {
        tone: 'bad',
        text: `The reward of training rises, the held-out mean does not: ${change}, 95 % [${short(low)}, ${short(high)}].`,
      },
    ];
  if (low > 0)
    return [{ tone: 'good', text: `The held-out mean rises: ${change}, 95 % [${short(low)}, ${short(high)}].` }];
  return [];
}

const order = { bad: 0, warn: 1, good: 2 } as const;

/** What is to be said of a run, the worst first; one good sentence where there is nothing. */
export function findHealth(run: RunDetail): Finding[] {
  const lines = run.metrics;
  if (lines.length < 6) return [{ tone: 'good', text: `${lines.length} steps are done: too few to say how it goes.` }];
  const windows = windowsOf(lines);
  const tasks = [
    ...new Set(lines.flatMap(({ tasks: byTask }) => Object.keys((byTask as object | undefined) ?? {}))),
  ].sort();
  const truncation = truncationFinding(windows);
  const found = [
    ...heldoutFinding(run, windows),
    ...entropyFinding(windows, tasks),
    ...varianceFinding(windows),
    ...truncation,
    ...stateFinding(windows, truncation.length > 0),
    ...tasks.flatMap((task) =>
      taskFindings(task, windows, Object.hasOwn(run.blind ?? {}, task) ? run.blind[task] : undefined),
    ),
  ];
  if (!found.some(({ tone }) => tone !== 'good')) found.push({ tone: 'good', text: 'Nothing stands out.' });
  return found.sort((a, b) => order[a.tone] - order[b.tone]);
}
