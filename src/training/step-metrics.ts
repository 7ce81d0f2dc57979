/**
 * @file The numbers of one step, overall and for each task: one line of metrics.jsonl. No clock in here: the same seed
 * gives the same bytes. Rewards are over all rollouts drawn, also of groups that dynamic sampling dropped, so that the
 * curve shows the policy and not the filter.
 */
import type { OptimMetrics, StepMetrics } from '../engine/engine.ts';
import { type Tally, tallyOf } from '../rewards/tally.ts';
import { type Group, hasUnjudgeableGold, type ScoredRollout } from '../rollouts/group.ts';

/** Of the rollouts drawn for one task in a step. Shares lie in [0, 1]; rollouts without a verdict are left out. */
export interface TaskMetrics {
  /** Groups drawn. */
  readonly groups: number;
  /** Groups dropped: their rewards did not differ, there was no verdict, or nobody can judge their gold. */
  readonly dropped: number;
  /** Mean reward; null where no rollout has a verdict. */
  readonly reward: number | null;
  /** Standard deviation of the reward over rollouts (n - 1). */
  readonly std: number;
  /** Share of rollouts with full reward. */
  readonly passRate: number;
  /** Share of the step's sum of |advantage| over rollouts. */
  readonly advantageShare: number;
  /** Mean response length, tokens. */
  readonly length: number;
  /** Share of responses cut at the length limit. */
  readonly truncated: number;
  /** Mean entropy of the sampler over the tokens of all rollouts drawn, nats; absent where the engine does not tell. Only by task. */
  readonly entropy?: number;
  /** Rollouts by what the reader found, by how the form was kept, and by verdict. Runs of before December 2026 have none of the three. */
  readonly states?: Tally['states'];
  readonly formats?: Tally['formats'];
  readonly statuses?: Tally['statuses'];
}

/** A line of metrics.jsonl: the numbers over all tasks, what the engine said of the update, and each task's own. */
export interface TrainingMetrics extends Omit<TaskMetrics, 'advantageShare' | 'entropy'> {
  readonly step: number;
  /** Prompts drawn since the start of the run. */
  readonly position: number;
  /** Sampling calls of this step. */
  readonly draws: number;
  /** Updates between the policy that began sampling the batch and the one trained. */
  readonly staleness: number;
  /** Groups with differing rewards that came on top of the batch and were not used. */
  readonly surplus: number;
  /** Groups trained on. */
  readonly trained: number;
  /** Prompts passed over because they exceed the context. */
  readonly overlong: number;
  /** Rollouts without a verdict: the verifier timed out or failed, or nobody can judge the gold. No mean counts them. */
  readonly unjudged: number;
  /** Groups that left the batch because nobody can judge their gold. */
  readonly unjudgeable?: number;
  readonly learningRate: number;
  /** Mean smoothed pass rate p_x (tmn-reweight), else null. */
  readonly meanPassRate: number | null;
  readonly loss: number;
  /** Mean entropy of the policy that is trained over the tokens of the batch, nats. */
  readonly entropy: number;
  readonly clipFraction: number;
  readonly approximateKl: number;
  readonly maskedFraction: number;
  /** Mean estimate of KL(now || policy of the start) over completion tokens; null without `loss.kl.coefficient`. */
  readonly referenceKl: number | null;
  readonly gradientNorm: number;
  readonly tasks: Readonly<Record<string, TaskMetrics>>;
}

/** One line of metrics.jsonl in a supervised run. */
export interface SupervisedMetrics {
  readonly step: number;
  /** Samples drawn since the start of the run. */
  readonly position: number;
  /** Mean cross-entropy of a response token, nats. */
  readonly loss: number;
  /** Samples in the batch, and tokens of their responses. */
  readonly samples: number;
  readonly tokens: number;
  /** Samples passed over: the prompt exceeds the context, or the response `rollout.maxTokens`. */
  readonly overlong: number;
  /** Samples passed over: the gold, written out, earns less than half of the reward. Absent in runs of before December 2026. */
  readonly unpaid?: number;
  readonly learningRate: number;
  readonly gradientNorm: number;
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

function standardDeviation(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const center = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length - 1));
}

function describe(
  groups: readonly Group[],
  dropped: ReadonlySet<Group>,
): Omit<TaskMetrics, 'advantageShare' | 'entropy'> {
  const rollouts = groups.flatMap((group) => group.rollouts.filter(({ result }) => result.status === 'ok'));
  const rewards = rollouts.map(({ result }) => result.score);
  const tally = tallyOf(groups.flatMap((group) => group.rollouts.map(({ result }) => result)));
  return {
    groups: groups.length,
    dropped: groups.filter((group) => dropped.has(group)).length,
    reward: rewards.length === 0 ? null : mean(rewards),
    std: standardDeviation(rewards),
    passRate: mean(rewards.map((reward) => (reward >= 1 - 1e-9 ? 1 : 0))),
    length: mean(rollouts.map(({ completion }) => completion.tokens.length)),
    truncated: mean(rollouts.map(({ completion }) => (completion.stopReason === 'length' ? 1 : 0))),
    ...tally,
  };
}

/** Over all tokens; nothing where a rollout's are not told. */
function samplerEntropy(groups: readonly Group[]): { entropy?: number } {
  let [sum, tokens] = [0, 0];
  for (const { completion } of groups.flatMap((group) => group.rollouts)) {
    if (completion.entropies === undefined) return {};
    for (const entropy of completion.entropies) sum += entropy;
    tokens += completion.entropies.length;
  }
  return tokens === 0 ? {} : { entropy: sum / tokens };
}

/** What a step did, before it is counted. */
export interface StepFacts {
  readonly step: number;
  readonly position: number;
  readonly draws: number;
  readonly staleness: number;
  readonly surplus: number;
  readonly overlong: number;
  readonly drawn: readonly Group[];
  readonly dropped: readonly Group[];
  readonly trained: readonly Group[];
  /** Of the judged rollouts of the trained groups. */
  readonly advantageOf: ReadonlyMap<ScoredRollout, number>;
  readonly meanPassRate: number;
  readonly learningRate: number;
  /** Absent when no group was left to train on. */
  readonly engine?: StepMetrics & OptimMetrics;
}

/** The engine's numbers are 0 where no group was left to train on. */
export function stepMetrics(facts: StepFacts): TrainingMetrics {
  const dropped = new Set(facts.dropped);
  const mass = new Map<string, number>();
  for (const { sample, rollouts } of facts.trained) {
    const own = rollouts.reduce((sum, rollout) => sum + Math.abs(facts.advantageOf.get(rollout) ?? 0), 0);
    mass.set(sample.task, (mass.get(sample.task) ?? 0) + own);
  }
  const totalMass = [...mass.values()].reduce((sum, value) => sum + value, 0);
  const tasks = [...new Set(facts.drawn.map(({ sample }) => sample.task))].sort();
  const byTask = tasks.map((task): [string, TaskMetrics] => {
    const own = facts.drawn.filter(({ sample }) => sample.task === task);
    const advantageShare = totalMass === 0 ? 0 : (mass.get(task) ?? 0) / totalMass;
    return [task, { ...describe(own, dropped), ...samplerEntropy(own), advantageShare }];
  });
  return {
    step: facts.step,
    position: facts.position,
    ...describe(facts.drawn, dropped),
    draws: facts.draws,
    staleness: facts.staleness,
    surplus: facts.surplus,
    trained: facts.trained.length,
    overlong: facts.overlong,
    unjudged: facts.drawn.flatMap((group) => group.rollouts).filter(({ result }) => result.status !== 'ok').length,
    unjudgeable: facts.drawn.filter(hasUnjudgeableGold).length,
    learningRate: facts.learningRate,
    meanPassRate: Number.isNaN(facts.meanPassRate) ? null : facts.meanPassRate,
    loss: facts.engine?.loss ?? 0,
    entropy: facts.engine?.entropy ?? 0,
    clipFraction: facts.engine?.clipFraction ?? 0,
    approximateKl: facts.engine?.approximateKl ?? 0,
    maskedFraction: facts.engine?.maskedFraction ?? 0,
    referenceKl: facts.engine?.referenceKl ?? null,
    gradientNorm: facts.engine?.gradientNorm ?? 0,
    tasks: Object.fromEntries(byTask),
  };
}
