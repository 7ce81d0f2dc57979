/**
 * @file Loss and gradients of a batch: packs it, runs one whole-model graph for each micro-batch, and accumulates. Units too
 * large for one graph go through the layered pass (layered/).
 */
import { EngineError } from '../../../errors.ts';
import type { LossSpec, StepMetrics, TrajectoryGroup } from '../../engine.ts';
import { aggregationWeights, checkLossSpec, evaluateLoss, hasKl, type LossResult } from '../../losses.ts';
import type { BatchShape } from '../graph/attention.ts';
import { Program } from '../graph/graph.ts';
import { buildTraining, projectionKey } from '../graph/model-graph.ts';
import { type RopeTables, ropeTables } from '../graph/rope-tables.ts';
import type { ModelConfig } from '../weights/model-config.ts';
import type { Parameters } from '../weights/parameters.ts';
import { addInto, addRows, notFinite, sum } from './accumulate.ts';
import { ExpertLoad } from './expert-load.ts';
import { type ByRollout, gateFeeds, lossTokens } from './gate-feeds.ts';
import type { BlockSizes } from './layered/attention-plan.ts';
import { SequenceTrainer } from './layered/sequence-trainer.ts';
import { type HeadRows, type MicroBatch, packBatch } from './packing.ts';
import type { PackingLimits } from './units.ts';

interface UnitLoss {
  readonly result: LossResult;
  /** Sum over the rows. */
  readonly entropy: number;
}

/** Adds to gradients that the caller owns; a batch that fails leaves them as they were. */
export class Trainer {
  private readonly config: ModelConfig;
  private readonly parameters: Parameters;
  private readonly gradients: Parameters;
  private readonly limits: PackingLimits;
  private readonly threads: number;
  private readonly tables: RopeTables;
  private readonly programs = new Map<string, Program>();
  private readonly layered: SequenceTrainer;
  /** True while `gradients` holds something that an optimizer step has not consumed. */
  private pending = false;

  constructor(options: {
    config: ModelConfig;
    parameters: Parameters;
    gradients: Parameters;
    limits: PackingLimits;
    threads: number;
    /** Blocks of the layered pass; for tests. */
    sizes?: BlockSizes;
  }) {
    this.config = options.config;
    this.parameters = options.parameters;
    this.gradients = options.gradients;
    this.limits = options.limits;
    this.threads = options.threads;
    this.tables = ropeTables(options.config);
    this.layered = new SequenceTrainer(options);
  }

  /**
   * Adds the gradient of the batch's loss to the accumulated gradients.
   *
   * @throws EngineError naming the group when the loss or a gradient is not finite, or when the signal aborts; gradients are
   * then as before the call.
   */
  async forwardBackward(batch: readonly TrajectoryGroup[], spec: LossSpec, signal?: AbortSignal): Promise<StepMetrics> {
    checkLossSpec(spec);
    checkBatch(batch, this.config, hasKl(spec));
    const before = this.pending ? this.gradients.flat.slice() : undefined;
    this.pending = true;
    try {
      return await this.accumulate(batch, spec, signal);
    } catch (error) {
      if (before) this.gradients.flat.set(before);
      else this.clear();
      throw error;
    }
  }

  /** Forgets the accumulated gradients. */
  clear(): void {
    this.gradients.flat.fill(0);
    this.pending = false;
  }

  async release(): Promise<void> {
    for (const program of this.programs.values()) await program.release();
    this.programs.clear();
    await this.layered.release();
  }

  private async accumulate(
    batch: readonly TrajectoryGroup[],
    spec: LossSpec,
    signal: AbortSignal | undefined,
  ): Promise<StepMetrics> {
    const lengths = batch.flatMap(({ prompt, rollouts }) =>
      rollouts.map(({ tokens }) => (prompt.length > 0 ? tokens.length : Math.max(0, tokens.length - 1))),
    );
    const weights = aggregationWeights(spec, lengths);
    const references = batch.flatMap(({ rollouts }) => rollouts.map(({ referenceLogprobs }) => referenceLogprobs));
    const total = { loss: 0, entropy: 0, clipped: 0, masked: 0, kl: 0, referenceKl: 0, rows: 0 };
    const load = new ExpertLoad(this.config);
    const count = ({ result, entropy }: UnitLoss, rows: HeadRows) => {
      total.loss += result.loss;
      total.clipped += result.clipped;
      total.masked += result.masked;
      total.kl += result.klSum;
      total.referenceKl += result.referenceKlSum;
      total.entropy += entropy;
      total.rows += rows.targets.length / rows.fan;
    };
    const { packed, layered } = packBatch(batch, this.config, this.limits, hasKl(spec));
    for (const micro of packed) {
      await throwIfAborted(signal, 'forwardBackward');
      count(await this.runMicroBatch(micro, spec, { weights, references }, load), micro.rows);
    }
    for (const unit of layered) {
      const { rows, ...loss } = await this.layered.step(unit, spec, { weights, references }, { signal, load });
      count(loss, rows);
    }
    const share = (value: number) => (total.rows === 0 ? 0 : value / total.rows);
    const { imbalance } = load;
    return {
      loss: total.loss,
      entropy: share(total.entropy),
      clipFraction: share(total.clipped),
      approximateKl: share(total.kl),
      maskedFraction: share(total.masked),
      tokens: lengths.reduce((a, b) => a + b, 0),
      ...(hasKl(spec) ? { referenceKl: share(total.referenceKl) } : {}),
      ...(imbalance === undefined ? {} : { expertImbalance: imbalance }),
    };
  }

  private async runMicroBatch(
    micro: MicroBatch,
    spec: LossSpec,
    byRollout: ByRollout,
    load: ExpertLoad,
  ): Promise<UnitLoss> {
    const program = await this.program(micro.shape);
    const { rows } = micro;
    const tokens = lossTokens(spec, rows, byRollout);
    const feeds = { ...this.parameters.views, ...this.tables, ...micro.feeds, ...gateFeeds(spec, tokens) };
    let outputs = await program.run(micro.sizes, feeds);
    const result = evaluateLoss(spec, { ...tokens, now: outputs.logp as Float32Array });
    if (result.vetoed.size > 0) {
      // The graph cannot know of a veto, which looks at a whole rollout: run again without those rollouts.
      for (const [row, id] of rows.rolloutIds.entries()) if (result.vetoed.has(id)) feeds.scale[row] = 0;
      outputs = await program.run(micro.sizes, feeds);
    }
    checkFinite(outputs, micro);
    this.addGradients(outputs, micro);
    load.add(outputs.expertLoad);
    return { result, entropy: (outputs.entropy as Float32Array).reduce((a, b) => a + b, 0) };
  }

  private addGradients(outputs: Record<string, Float32Array>, micro: MicroBatch): void {
    for (const [key, gradient] of Object.entries(this.gradients.views)) {
      const addend = outputs[`gradient.${key}`];
      if (addend) addInto(gradient, addend);
    }
    // The sparse parts of the embedding's gradient; an adapter leaves embeddings as they are.
    if (this.config.lora) return;
    const { hiddenSize } = this.config;
    const projection = this.gradients.views[projectionKey(this.config)] as Float32Array;
    addRows(projection, outputs.targetRows as Float32Array, micro.rows.targets, hiddenSize);
    addRows(this.gradients.views.embedding as Float32Array, outputs.dx as Float32Array, micro.tokens, hiddenSize);
  }

  private async program(shape: BatchShape): Promise<Program> {
    const key = `${shape.kind} ${shape.chunks}`;
    const known = this.programs.get(key);
    if (known) return known;
    const program = await Program.compile(buildTraining(this.config, shape), this.threads);
    this.programs.set(key, program);
    return program;
  }
}

function checkFinite(outputs: Record<string, Float32Array>, micro: MicroBatch): void {
  const logp = outputs.logp as Float32Array;
  const { groups } = micro.rows;
  if (!Number.isFinite(sum(logp))) {
    const row = logp.findIndex((value) => !Number.isFinite(value));
    throw notFinite('log-probability', `group ${groups[row]}`);
  }
  for (const [name, values] of Object.entries(outputs)) {
    if (Number.isFinite(sum(values))) continue;
    const row =
      name === 'targetRows'
        ? values.findIndex((value) => !Number.isFinite(value)) / (values.length / groups.length)
        : -1;
    const members = [...new Set(groups)].sort((a, b) => a - b);
    throw notFinite(
      name.startsWith('gradient.') ? `gradient of ${name.slice('gradient.'.length)}` : 'gradient',
      row >= 0 ? `group ${groups[Math.floor(row)]}` : `group ${members.join(' or ')}`,
    );
  }
}

/** Lets a message with an abort arrive, then throws if one did: runs of the graph leave the event loop no turn. */
export async function throwIfAborted(signal: AbortSignal | undefined, what: string): Promise<void> {
  if (!signal) return;
  await new Promise((resolve) => setImmediate(resolve));
  if (signal.aborted) throw new EngineError('aborted', `${what}: aborted; parameters and gradients are unchanged.`);
}

/** Refuses what would read or write out of bounds, naming the group. */
export function checkBatch(batch: readonly TrajectoryGroup[], config: ModelConfig, reference = false): void {
  const fail = (group: number, text: string): never => {
    throw new EngineError('batch-invalid', `forwardBackward: group ${group}: ${text}`);
  };
  const checkTokens = (group: number, tokens: Int32Array) => {
    for (const token of tokens) {
      if (token < 0 || token >= config.vocabSize)
        fail(group, `token ${token} is outside the vocabulary of ${config.vocabSize}.`);
    }
  };
  let fan: number | undefined;
  for (const [group, { prompt, rollouts }] of batch.entries()) {
    checkTokens(group, prompt);
    for (const { tokens, targets = tokens, logprobs, advantages, referenceLogprobs } of rollouts) {
      checkTokens(group, tokens);
      if (targets !== tokens) checkTokens(group, targets);
      if (tokens.length > 0) {
        fan ??= Math.max(1, Math.floor(targets.length / tokens.length));
        if (targets.length !== fan * tokens.length)
          fail(
            group,
            `got ${targets.length} targets of ${tokens.length} tokens, expected ${fan} of each in the batch.`,
          );
      }
      if (reference && referenceLogprobs?.length !== targets.length)
        fail(
          group,
          `got ${tokens.length} tokens and ${referenceLogprobs?.length ?? 'no'} reference logprobs; a KL term needs one of each token.`,
        );
      if (reference && !referenceLogprobs?.every(Number.isFinite)) fail(group, 'a reference logprob is not finite.');
      if (logprobs.length !== targets.length || advantages.length !== targets.length) {
        fail(
          group,
          `got ${targets.length} tokens, ${logprobs.length} logprobs and ${advantages.length} advantages, expected as many of each.`,
        );
      }
      if (prompt.length + tokens.length > config.maxContext)
        fail(group, `${prompt.length + tokens.length} tokens exceed the context of ${config.maxContext}.`);
      if (!advantages.every(Number.isFinite)) fail(group, 'an advantage is not finite.');
      if (!logprobs.every(Number.isFinite)) fail(group, 'a logprob is not finite.');
    }
  }
}
