/**
 * @file One experiment: held-out evaluation, training, the same evaluation again, comparison. `golongrl train` and the
 * quickstart run exactly this. Every stage leaves its result in the run directory, so a resumed run skips what is there.
 */
import { z } from 'zod';
import type { Engine } from '../engine/engine.ts';
import type { Tokenizer } from '../engine/tokenizer.ts';
import { InputError } from '../errors.ts';
import { type Comparison, comparePaired } from '../evaluation/compare/statistics.ts';
import { type EvaluationRow, evaluate, pairScores, selectHeldout } from '../evaluation/heldout.ts';
import { promptEncoder, type TokenizedSample } from '../rollouts/group.ts';
import { type OnExperimentEvent, type Stage, type StageContext, stage } from '../runs/events.ts';
import { heldoutScoreSchema, type RunDirectory, stepName } from '../runs/run-directory.ts';
import { versions } from '../runs/versions.ts';
import type { Sample } from '../samples/sample.ts';
import type { TrainingConfig } from '../training/config.ts';
import { train } from '../training/loop.ts';
import { changeByLength } from './change-by-length.ts';
import { noteSitting } from './finish-run.ts';
import { type OpenEngine, openEngine } from './open-engine.ts';

/** `resume`: stages whose result is in the run directory are skipped. */
export interface ExperimentOptions {
  readonly config: TrainingConfig;
  readonly run: RunDirectory;
  readonly resume: boolean;
  /** Folder of the policy, resolved. */
  readonly model: string;
  readonly train: readonly Sample[];
  /** Without held-out samples nothing is evaluated. */
  readonly heldout: readonly Sample[];
  readonly onEvent: OnExperimentEvent;
  readonly signal?: AbortSignal | undefined;
  readonly openEngine?: OpenEngine | undefined;
  /** By stage, of what this process did before: the experiment adds its own. */
  readonly seconds?: Partial<Record<Stage, number>>;
  /** Asked before anything is evaluated: the configuration that the run then has. */
  readonly plan?: ((opened: PolicyAndPrompts, context: StageContext) => Promise<TrainingConfig>) | undefined;
  /** How the policy learns; default: reinforcement. */
  readonly learn?: typeof train;
}

/** What a run is planned by. */
export interface PolicyAndPrompts {
  readonly engine: Engine;
  readonly tokenizer: Tokenizer;
  /** Those that are evaluated. */
  readonly heldout: readonly TokenizedSample[];
}

/** `step` is the last one taken, `seconds` are by stage of this process; comparisons need both evaluations. */
export interface ExperimentResult {
  readonly interrupted: boolean;
  readonly step: number;
  /** At temperature 1. */
  readonly sampled?: Comparison;
  readonly greedy?: Comparison;
  /** Share of the held-out responses at temperature 1 with an answer mark after the thinking. */
  readonly answered?: { readonly before: number; readonly after: number };
  readonly seconds: Partial<Record<Stage, number>>;
}

/** Responses at temperature 1 and greedy ones. */
const modes = ['sampled', 'greedy'] as const;
type Mode = (typeof modes)[number];

/** Rewards and readings change between versions: rows before and after are of two kinds then, and a person should know. */
async function tellOtherVersion({ run, onEvent }: ExperimentOptions): Promise<void> {
  const begun = (await run.readRecord()).versions.golongrl ?? 'unknown';
  const now = versions().golongrl;
  if (begun === now) return;
  const text = `${run.path} was begun by golongrl ${begun}, this is ${now}: rewards may differ from here on. Start anew to compare steps.`;
  onEvent({ type: 'notice', text });
}

const controlNotice = (control: string): string =>
  `CONTROL (${control}): advantages are made of rewards that belong to other responses. This run must gain nothing; the rewards that it logs are the true ones.`;

/** Evaluates, trains, evaluates. Ends early, in order, when the signal aborts. */
export async function runExperiment(options: ExperimentOptions): Promise<ExperimentResult> {
  const { run, signal, onEvent, seconds = {} } = options;
  if (options.resume) await tellOtherVersion(options);
  const { engine, tokenizer } = await (options.openEngine ?? openEngine)(options.model, options.config, (text) =>
    onEvent({ type: 'notice', text }),
  );
  try {
    const { control } = options.config;
    if (control !== undefined) onEvent({ type: 'notice', text: controlNotice(control) });
    await run.update({ status: 'running', facts: { policy: await engine.info(), ...(control && { control }) } });
    const heldout = await heldoutPrompts(options, engine, tokenizer);
    const context = { onEvent, seconds };
    const config = await planned(options, { engine, tokenizer, heldout }, context);
    if (config === undefined) return await interrupted(run, 0, seconds);
    const scored = { config, run, engine, tokenizer, heldout, signal };
    const evaluateStage = (name: 'before' | 'after') =>
      stage(name, context, async (progress) => {
        const value = await evaluateModes(name, scored, progress);
        return {
          value,
          summary:
            value === undefined ? 'interrupted' : `mean reward ${meanOfTasks(value.sampled).toFixed(3)} at T 1.0`,
        };
      });

    const before = heldout.length > 0 ? await evaluateStage('before') : undefined;
    if (signal?.aborted) return await interrupted(run, 0, seconds);
    if (before !== undefined) await recordHeldout(run, 0, before.sampled);
    const { step } = await stage('training', context, async () => {
      const value = await (options.learn ?? train)({
        engine,
        tokenizer,
        config,
        samples: options.train,
        run,
        resume: options.resume,
        signal,
        onEvent,
        ...(heldout.length > 0 ? { evaluate: (at: number) => evaluateCheckpoint(at, scored, onEvent) } : {}),
      });
      return { value, summary: `${value.step} steps` };
    });
    if (signal?.aborted) return await interrupted(run, step, seconds);
    const after = heldout.length > 0 ? await evaluateStage('after') : undefined;
    if (signal?.aborted) return await interrupted(run, step, seconds);

    if (after !== undefined) await recordHeldout(run, step, after.sampled);

    const compare = (mode: Mode) =>
      before?.[mode] && after?.[mode]
        ? comparePaired(pairScores(before[mode], after[mode]), { seed: config.seed })
        : undefined;
    const comparison = { sampled: compare('sampled'), greedy: compare('greedy') };
    const lengths =
      before &&
      after &&
      (await changeByLength(before, after, { config, heldout, train: options.train, engine, tokenizer }));
    const answered =
      before && after ? { before: answeredShare(before.sampled), after: answeredShare(after.sampled) } : undefined;
    await run.update({ facts: { comparison, lengths, answered, seconds } });
    return { interrupted: false, step, ...comparison, ...(answered ? { answered } : {}), seconds };
  } finally {
    await engine.close();
  }
}

/** The configuration of the plan, where there is one; undefined when interrupted. */
async function planned(
  { plan, config, signal }: ExperimentOptions,
  opened: PolicyAndPrompts,
  context: StageContext,
): Promise<TrainingConfig | undefined> {
  if (plan === undefined) return config;
  return await plan(opened, context).catch((error: unknown) => {
    if (signal?.aborted) return undefined;
    throw error;
  });
}

async function interrupted(
  run: RunDirectory,
  step: number,
  seconds: Partial<Record<Stage, number>>,
): Promise<ExperimentResult> {
  await noteSitting(run, seconds);
  await run.update({ status: 'interrupted' });
  return { interrupted: true, step, seconds };
}

const mean = (rows: readonly EvaluationRow[]): number =>
  rows.reduce((sum, { score }) => sum + score, 0) / Math.max(1, rows.length);

const answeredShare = (rows: readonly EvaluationRow[]): number =>
  rows.filter(({ format }) => format !== 'none').length / Math.max(1, rows.length);

/** The unweighted mean over the tasks, as comparisons have it; responses without a verdict are left out. */
function meanOfTasks(rows: readonly EvaluationRow[]): number {
  const judged = rows.filter(({ status }) => status === 'ok');
  const tasks = [...new Set(judged.map(({ task }) => task))];
  const means = tasks.map((task) => mean(judged.filter((row) => row.task === task)));
  return means.reduce((sum, value) => sum + value, 0) / Math.max(1, means.length);
}

/** Evaluates a checkpoint at temperature 1 while training goes on; nothing when interrupted. */
async function evaluateCheckpoint(step: number, scored: Scored, onEvent: OnExperimentEvent): Promise<void> {
  const rows = await evaluateMode(stepName(step), 'sampled', scored, () => undefined);
  if (rows === undefined) return;
  const best = await recordHeldout(scored.run, step, rows);
  onEvent({
    type: 'notice',
    text: `Step ${step}: held-out mean reward ${meanOfTasks(rows).toFixed(3)}${best === step ? ', the best so far' : ''}.`,
  });
}

/** Notes the held-out mean of a step (0: before training) and returns the best one: the earliest of the highest. */
async function recordHeldout(run: RunDirectory, step: number, rows: readonly EvaluationRow[]): Promise<number> {
  const { facts } = await run.readRecord();
  const earlier = z.array(heldoutScoreSchema).safeParse(facts.heldout).data ?? [];
  const heldout = [...earlier.filter((entry) => entry.step !== step), { step, score: meanOfTasks(rows) }];
  heldout.sort((a, b) => a.step - b.step);
  const best = heldout.reduce((top, entry) => (entry.score > top.score ? entry : top));
  await run.update({ facts: { heldout, best } });
  return best.step;
}

/** The held-out samples of the run, tokenised once for both evaluations; those that do not fit are left out with a notice. */
async function heldoutPrompts(
  { config, heldout, onEvent }: ExperimentOptions,
  engine: Engine,
  tokenizer: Tokenizer,
): Promise<TokenizedSample[]> {
  const { maxContext } = await engine.info();
  const limit = maxContext - config.rollout.maxTokens;
  const prompts = await promptEncoder(tokenizer)(selectHeldout(heldout, config.evaluation.samplesPerTask));
  const fitting = prompts.filter(({ prompt }) => prompt.length <= limit);
  if (fitting.length < prompts.length) {
    onEvent({
      type: 'notice',
      text: `${prompts.length - fitting.length} of ${prompts.length} held-out prompts are longer than ${limit} tokens and are left out.`,
    });
  }
  if (prompts.length > 0 && fitting.length === 0) {
    throw new InputError(
      'heldout-too-long',
      `Every held-out prompt is longer than ${limit} tokens.`,
      'Choose data.rendering: short, or a policy with a longer context.',
    );
  }
  return fitting;
}

interface Scored {
  readonly config: TrainingConfig;
  readonly run: RunDirectory;
  readonly engine: Engine;
  readonly tokenizer: Tokenizer;
  readonly heldout: readonly TokenizedSample[];
  readonly signal?: AbortSignal | undefined;
}

/** One evaluation; undefined when interrupted. What the run directory already has is read, not made again. */
async function evaluateMode(
  name: string,
  mode: Mode,
  scored: Scored,
  onProgress: (done: number, total: number, reward?: number) => void,
): Promise<EvaluationRow[] | undefined> {
  const { config, run, heldout, signal } = scored;
  const file = `${name}-${mode}`;
  if (!(await run.hasEvaluation(file))) {
    const rows = await evaluate({
      ...scored,
      prompts: heldout,
      temperature: mode === 'greedy' ? 0 : 1,
      rollouts: mode === 'greedy' ? 1 : config.evaluation.rollouts,
      maxTokens: config.rollout.maxTokens,
      stop: config.rollout.stop,
      seed: config.seed,
      profile: config.profile,
      onProgress,
    }).catch((error: unknown) => {
      if (signal?.aborted) return undefined;
      throw error;
    });
    if (rows === undefined) return undefined;
    await run.writeEvaluation(file, rows);
  }
  return (await run.readEvaluation(file)) as EvaluationRow[];
}

type Evaluations = { readonly sampled: EvaluationRow[]; readonly greedy?: EvaluationRow[] };

/** Both evaluations; undefined when interrupted. */
async function evaluateModes(
  name: string,
  scored: Scored,
  progress: (done: number, total: number, detail?: string) => void,
): Promise<Evaluations | undefined> {
  const wanted = modes.filter((mode) => mode === 'sampled' || scored.config.evaluation.greedy);
  const results = new Map<Mode, EvaluationRow[]>();
  for (const [index, mode] of wanted.entries()) {
    const rows = await evaluateMode(name, mode, scored, (done, total, reward) => {
      const soFar = reward === undefined ? '' : `, reward so far ${reward.toFixed(3)}`;
      progress(index * total + done, wanted.length * total, `${mode}${soFar}`);
    });
    if (rows === undefined) return undefined;
    results.set(mode, rows);
  }
  const greedy = results.get('greedy');
  return { sampled: results.get('sampled') ?? [], ...(greedy ? { greedy } : {}) };
}
