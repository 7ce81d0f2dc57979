/** @file One run: its figures, its health in words, its curves by task, live. */
import { signal } from '@preact/signals';
import type { MetricLine, RunDetail } from '../../src/studio/shared/api.ts';
import { findHealth } from '../../src/studio/shared/health.ts';
import { source } from '../lib/api.ts';
import { count, duration, number, percent, signed } from '../lib/format.ts';
import { useKeys } from '../lib/keys.ts';
import { go, to } from '../lib/route.ts';
import { useAnswer } from '../lib/use-answer.ts';
import { useLive } from '../lib/use-live.ts';
import { type Curve, Plot } from '../parts/plot.tsx';
import { Badge, stateTone, Waiting } from '../parts/small.tsx';

/** Undefined until a person moves it: long runs begin smoothed. */
const chosenSmoothing = signal<number | undefined>(undefined);
const smoothingOf = (steps: number): number => chosenSmoothing.value ?? (steps > 150 ? 0.8 : 0);

const numberIn = (line: MetricLine | undefined, ...path: readonly string[]): number | null => {
  let value: unknown = line;
  for (const name of path)
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  return typeof value === 'number' ? value : null;
};

interface Chart {
  readonly title: string;
  readonly curves: readonly Curve[];
  readonly format?: (value: number) => string;
}

const taskNames = (metrics: readonly MetricLine[]): string[] =>
  [...new Set(metrics.flatMap(({ tasks }) => Object.keys((tasks as object | undefined) ?? {})))].sort();

/** A number by task, with that of all tasks where there is one. */
function byTask(
  title: string,
  field: string,
  metrics: readonly MetricLine[],
  whole: boolean,
  format?: (value: number) => string,
): Chart {
  const curves = taskNames(metrics).map((task) => ({
    name: task,
    colour: task.toLowerCase(),
    values: metrics.map((line) => numberIn(line, 'tasks', task, field)),
  }));
  const all = { name: 'all', colour: 'ink', values: metrics.map((line) => numberIn(line, field)) };
  return { title, curves: whole ? [...curves, all] : curves, ...(format ? { format } : {}) };
}

/** Counts of words as shares of their sum: states of answers, formats. */
function shares(title: string, field: string, metrics: readonly MetricLine[]): Chart {
  const words = [...new Set(metrics.flatMap((line) => Object.keys((line[field] as object | undefined) ?? {})))];
  const sum = (line: MetricLine) => words.reduce((total, word) => total + (numberIn(line, field, word) ?? 0), 0);
  const curves = words.map((word, i) => ({
    name: word,
    colour: `t${((i * 2) % 9) + 1}`,
    values: metrics.map((line) => (sum(line) === 0 ? null : (numberIn(line, field, word) ?? 0) / sum(line))),
  }));
  return { title, curves, format: percent };
}

const single = (
  title: string,
  fields: readonly string[],
  lines: readonly MetricLine[],
  format?: (value: number) => string,
): Chart => ({
  title,
  curves: fields.map((name, i) => ({
    name: name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
    colour: fields.length === 1 ? 'accent' : `t${((i * 2) % 9) + 1}`,
    values: lines.map((line) => numberIn(line, name)),
  })),
  ...(format ? { format } : {}),
});

function chartsOf({ kind, metrics, timings }: RunDetail): Chart[] {
  if (kind === 'sft')
    return [
      single('Loss', ['loss'], metrics),
      single('Gradient norm', ['gradientNorm'], metrics),
      single('Learning rate', ['learningRate'], metrics),
      single('Tokens', ['tokens'], metrics),
    ];
  const stages = ['sampling', 'scoring', 'training', 'optimizer', 'writing'];
  const bySteps = new Map(timings.map((line) => [line.step, line]));
  const aligned = metrics.map(({ step }) => bySteps.get(step) ?? { step });
  return [
    byTask('Reward', 'reward', metrics, true),
    byTask('Pass rate', 'passRate', metrics, true, percent),
    byTask('Share of the advantage', 'advantageShare', metrics, false, percent),
    byTask('Response length, tokens', 'length', metrics, true),
    byTask('Cut at the limit', 'truncated', metrics, true, percent),
    shares('What the reader of answers found', 'states', metrics),
    shares('Form of the answers', 'formats', metrics),
    single('Groups', ['groups', 'trained', 'dropped', 'surplus'], metrics),
    byTask('Entropy, nats a token', 'entropy', metrics, true),
    single('Ratio: clipped and masked tokens', ['clipFraction', 'maskedFraction'], metrics, percent),
    single('KL', ['approximateKl', 'referenceKl'], metrics),
    single('Gradient norm', ['gradientNorm'], metrics),
    single('Loss', ['loss'], metrics),
    single('Learning rate', ['learningRate'], metrics),
    single('Seconds by stage', stages, aligned),
  ].filter(({ curves }) => curves.some(({ values }) => values.some((value) => value !== null)));
}

const points = (by: number): string => `${signed(by * 100, 0)} points`;

/** The mean of the last tenth of the steps less that of the first; undefined for a run of a few steps. */
function changeOf(metrics: readonly MetricLine[], field: string, show: (by: number) => string): string | undefined {
  const size = Math.floor(metrics.length / 10);
  if (size === 0) return undefined;
  const mean = (lines: readonly MetricLine[]): number => {
    const known = lines.map((line) => numberIn(line, field)).filter((value) => value !== null);
    return known.reduce((sum, value) => sum + value, 0) / known.length;
  };
  const by = mean(metrics.slice(-size)) - mean(metrics.slice(0, size));
  return Number.isNaN(by) ? undefined : show(by);
}

function Figures({ run }: { readonly run: RunDetail }) {
  const last = run.metrics.at(-1);
  const shown: [label: string, value: string, change?: string | undefined][] = [
    ['step', run.steps === undefined ? String(run.step) : `${run.step} / ${run.steps}`],
    ['reward', number(numberIn(last, 'reward')), changeOf(run.metrics, 'reward', (by) => signed(by, 2))],
    ['pass rate', percent(numberIn(last, 'passRate') ?? 0), changeOf(run.metrics, 'passRate', points)],
    ['entropy', number(numberIn(last, 'entropy')), changeOf(run.metrics, 'entropy', (by) => signed(by, 2))],
    ['cut', percent(numberIn(last, 'truncated') ?? 0), changeOf(run.metrics, 'truncated', points)],
    ['rollouts', run.indexed.steps < run.indexed.ofSteps ? '…' : count(run.indexed.rollouts)],
  ];
  if (run.heldout !== undefined)
    shown.splice(2, 0, ['held-out change', signed(run.heldout.after - run.heldout.before)]);
  if (run.seconds !== undefined) shown.push(['time', duration(run.seconds)]);
  return (
    <div class="panel figures">
      {shown.map(([label, value, change]) => (
        <div class="figure" key={label}>
          <div class="label">{label}</div>
          <div class="value">{value}</div>
          {change !== undefined && (
            <div class="change" title="Mean of the last tenth of the steps less that of the first">
              {change}
            </div>
          )}
        </div>
      ))}
    </div>
  );
}

function Health({ run }: { readonly run: RunDetail }) {
  const findings = findHealth(run);
  return (
    <section class="panel" aria-label="Health">
      <ul class="findings">
        {findings.map(({ tone, text, query }) => (
          <li key={text}>
            <Badge tone={tone}>{tone === 'good' ? 'well' : tone === 'bad' ? 'look' : 'watch'}</Badge>
            <span class="what">{text}</span>
            {query !== undefined && <a href={to(['run', run.id, 'rollouts'], { q: query })}>rollouts</a>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A run that goes on, with the lines that came since. */
function useLiveRun(id: string) {
  const { value, error } = useAnswer(`run ${id} ${useLive(id)}`, () => source.run(id));
  return { run: value?.id === id ? value : undefined, error };
}

export function Run({ id }: { readonly id: string }) {
  const { run, error } = useLiveRun(id);
  const smoothing = smoothingOf(run?.metrics.length ?? 0);
  useKeys([
    { key: 'r', does: 'rollouts', run: () => go(to(['run', id, 'rollouts'])) },
    {
      key: 's',
      does: 'more smoothing',
      run: () => (chosenSmoothing.value = smoothing >= 0.9 ? 0 : Math.round((smoothing + 0.3) * 10) / 10),
    },
  ]);
  if (run === undefined) return <Waiting error={error} what="Reading the run…" />;
  const steps = run.metrics.map(({ step }) => step);
  return (
    <main>
      <div class="head">
        <div>
          <div class="crumbs">
            {run.kind}
            {run.estimator !== undefined && <span>· {run.estimator}</span>}
            {run.model !== undefined && <span>· {run.model}</span>}
          </div>
          <h1>{run.name}</h1>
        </div>
        <Badge tone={run.status === 'running' ? 'accent' : stateTone(run.status)}>
          {run.status === 'running' && <span class="pulse" />}
          {run.status}
        </Badge>
        <div class="end">
          <label class="row small soft">
            smoothing
            <input
              type="range"
              min="0"
              max="0.95"
              step="0.05"
              value={smoothing}
              onInput={(event) => (chosenSmoothing.value = Number(event.currentTarget.value))}
            />
          </label>
          <a class="button" href={to(['run', id, 'rollouts'])}>
            Rollouts
          </a>
        </div>
      </div>
      <div class="stack">
        <Figures run={run} />
        <Health run={run} />
        {steps.length === 0 ? (
          <p class="panel empty">No step is done yet.</p>
        ) : (
          <div class="grid">
            {chartsOf(run).map((chart) => (
              <Plot
                key={chart.title}
                {...chart}
                steps={steps}
                smoothing={smoothing}
                onStep={(step) => go(to(['run', id, 'rollouts'], { q: `step:${step}` }))}
              />
            ))}
          </div>
        )}
        <details class="panel pad">
          <summary>Configuration, checkpoints, versions</summary>
          <p class="small">
            {run.checkpoints.length === 0
              ? 'No checkpoint is kept.'
              : `Checkpoints are kept of ${run.checkpoints.length === 1 ? 'step' : 'steps'} ${run.checkpoints.join(', ')}.`}{' '}
            {Object.entries(run.versions)
              .map(([name, version]) => `${name} ${version}`)
              .join(', ')}
          </p>
          <pre>{run.config}</pre>
        </details>
      </div>
    </main>
  );
}
