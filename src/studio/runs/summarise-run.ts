/** @file A run as the list shows it, and as its page does. What a run has not written yet is absent; what is damaged is said. */
import { readdir, stat } from 'node:fs/promises';
import { z } from 'zod';
import { messageOf } from '../../errors.ts';
import { RunDirectory, type RunRecord } from '../../runs/run-directory.ts';
import { parseConfig } from '../../training/parse-config.ts';
import type { IndexState, MetricLine, RunDetail, RunSummary } from '../shared/api.ts';
import type { RatioBounds } from '../shared/token-looks.ts';
import { blindRewards } from './blind-rewards.ts';
import type { FoundRun } from './find-runs.ts';

/** A run that says it runs and has written nothing for this long, in milliseconds. */
const stalledAfter = 15 * 60_000;

const factsSchema = z.looseObject({
  policy: z.looseObject({ model: z.string() }).optional(),
  comparison: z
    .looseObject({
      sampled: z
        .looseObject({ mean: z.looseObject({ before: z.number(), after: z.number(), ci95: z.array(z.number()) }) })
        .optional(),
    })
    .optional(),
  seconds: z.record(z.string(), z.number()).optional(),
  peakRssMb: z.number().optional(),
});

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** At most `count` of the values, evenly, the last one among them. */
export function thinned<T>(values: readonly T[], count: number): T[] {
  if (values.length <= count) return [...values];
  if (count === 1) return values.slice(-1);
  return Array.from({ length: count }, (_, i) => values[Math.round((i * (values.length - 1)) / (count - 1))] as T);
}

/** The newest change of what a run appends to, in milliseconds since 1970. */
export async function changedAt(run: RunDirectory): Promise<number> {
  const times = await Promise.all(
    ['run.json', 'metrics.jsonl', 'config.yaml'].map((name) =>
      stat(run.file(name)).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  );
  return Math.max(...times);
}

/** Nothing is clipped or masked. */
const noClip: RatioBounds = { low: 1, high: Number.MAX_VALUE, least: 0, most: Number.MAX_VALUE };

/** What the pages need of a configuration. */
export interface ConfigWords {
  readonly text: string;
  readonly steps: number | undefined;
  readonly estimator: string | undefined;
  readonly model: string | undefined;
  readonly alpha: number;
  readonly gamma: number;
  readonly clip: RatioBounds;
  /** File of the training samples, as the configuration names it. */
  readonly train: string | undefined;
}

/** The configuration, or nothing of it where this version cannot read it. */
export async function configWords(run: RunDirectory): Promise<ConfigWords> {
  const nothing = {
    text: '',
    steps: undefined,
    estimator: undefined,
    model: undefined,
    alpha: 0.8,
    gamma: 1,
    clip: noClip,
    train: undefined,
  };
  if (!(await run.hasConfig())) return nothing;
  const text = await run.readConfig();
  try {
    const { steps, advantage, model, loss, data } = parseConfig(text, { file: run.file('config.yaml') });
    return {
      text,
      steps,
      estimator: advantage.type,
      model,
      alpha: advantage.alpha,
      gamma: advantage.gamma,
      clip: { low: loss.clipLow, high: loss.clipHigh, least: loss.ratioLow, most: loss.ratioHigh },
      train: data.train,
    };
  } catch {
    // A run of another version: its text is shown, and nothing is read from it.
    return { ...nothing, text };
  }
}

function statusOf(record: RunRecord, changed: number, now: number): RunSummary['status'] {
  return record.status === 'running' && now - changed > stalledAfter ? 'stalled' : record.status;
}

const empty = {
  step: 0,
  steps: undefined,
  sparkline: [],
  reward: undefined,
  heldout: undefined,
  checkpoint: undefined,
  model: undefined,
  estimator: undefined,
  machine: undefined,
  seconds: undefined,
  peakRssMb: undefined,
} as const;

/** Of all stages that ended, or of the steps so far where those are more: a stage is told when it ends. */
function secondsOf(
  stages: Readonly<Record<string, number>> | undefined,
  timings: readonly MetricLine[],
): number | undefined {
  const ended = Object.values(stages ?? {}).reduce((sum, each) => sum + each, 0);
  const steps = timings.reduce((sum, { total }) => sum + (numberOf(total) ?? 0), 0);
  return Math.max(ended, steps) || undefined;
}

async function read(found: FoundRun, now: number) {
  const run = new RunDirectory(found.path);
  const record = await run.readRecord();
  const [metrics, timings, config, changed] = await Promise.all([
    run.readMetrics(),
    run.readTimings(),
    configWords(run),
    changedAt(run),
  ]);
  const facts = factsSchema.safeParse(record.facts).data ?? {};
  const lines = metrics as unknown as readonly MetricLine[];
  const rewards = lines.map(
    ({ reward, loss }) => numberOf(reward) ?? (record.kind === 'sft' ? numberOf(loss) : null) ?? null,
  );
  const mean = facts.comparison?.sampled?.mean;
  const summary: RunSummary = {
    ...found,
    kind: record.kind,
    status: statusOf(record, changed, now),
    step: lines.at(-1)?.step ?? 0,
    steps: config.steps,
    sparkline: thinned(rewards, 60),
    reward: rewards.at(-1) ?? undefined,
    heldout: mean && { before: mean.before, after: mean.after, ci95: mean.ci95 },
    checkpoint: (await run.checkpoints()).at(-1)?.step,
    model: facts.policy?.model ?? config.model,
    estimator: config.estimator,
    machine: record.versions.platform,
    seconds: secondsOf(facts.seconds, timings as unknown as readonly MetricLine[]),
    peakRssMb: facts.peakRssMb,
    changed,
  };
  return { run, record, lines, timings: timings as unknown as readonly MetricLine[], config, summary };
}

/** The line of a run in the list. @param now milliseconds since 1970 */
export async function summariseRun(found: FoundRun, now: number): Promise<RunSummary> {
  try {
    return (await read(found, now)).summary;
  } catch (error) {
    const changed = await changedAt(new RunDirectory(found.path));
    return { ...found, ...empty, kind: 'run', status: 'damaged', problem: messageOf(error), changed };
  }
}

/** Names of the evaluations of a run. */
async function evaluationNames(run: RunDirectory): Promise<string[]> {
  const names = await readdir(run.file('eval')).catch(() => []);
  return names.filter((name) => name.endsWith('.jsonl')).map((name) => name.slice(0, -'.jsonl'.length));
}

/** All of a run but its rollouts. @throws InputError when it is damaged */
export async function describeRun(found: FoundRun, indexed: IndexState, now: number): Promise<RunDetail> {
  const { run, record, lines, timings, config, summary } = await read(found, now);
  return {
    ...summary,
    config: config.text,
    facts: record.facts,
    versions: record.versions,
    metrics: lines,
    timings,
    blind: await blindRewards(found.path, config.train),
    checkpoints: (await run.checkpoints()).map(({ step }) => step),
    evaluations: await evaluationNames(run),
    indexed,
  };
}
