/**
 * @file From units to packed micro-batches: units of like lengths together, token rows without padding, the index tensors
 * that attention.ts gathers with, and the head's rows: those whose token has an advantage, or all where every token counts.
 */
import { EngineError } from '../../../errors.ts';
import type { TrajectoryGroup } from '../../engine.ts';
import type { BatchShape } from '../graph/attention.ts';
import type { Sizes, TensorData } from '../graph/graph.ts';
import { machineMemory } from '../machine-memory.ts';
import type { ModelConfig } from '../weights/model-config.ts';
import { layeredBytes } from './layered/memory.ts';
import { unitBytes, unitWork } from './packing-cost.ts';
import { promptMasks, segmentIndex } from './segment-index.ts';
import { plainRows, promptShape, tokenRows } from './token-rows.ts';
import { cost, type PackingLimits, splitLarge, type Tail, tailLength, toUnits, type Unit } from './units.ts';

/** What is predicted, in the order of the graph's `logp`: K targets of each row that predicts. */
export interface HeadRows {
  /** K */
  readonly fan: number;
  readonly targets: Int32Array;
  /** Log-probability under the policy that sampled. */
  readonly rollout: Float32Array;
  readonly advantages: Float32Array;
  /** Group index in the batch of each target, and its rollout's number. */
  readonly groups: Int32Array;
  readonly rolloutIds: Int32Array;
  /** Which of its rollout's targets this is. */
  readonly slots: Int32Array;
}

/** What one run of the whole-model graph takes. */
export interface MicroBatch {
  readonly shape: BatchShape;
  readonly sizes: Sizes;
  readonly tokens: Int32Array;
  readonly feeds: Readonly<Record<string, TensorData>>;
  readonly rows: HeadRows;
}

/** What a batch is computed as. */
export interface BatchWork {
  /** Each in one graph of the whole model. */
  readonly packed: readonly MicroBatch[];
  /** Units that are too large for that, each by the layered pass. */
  readonly layered: readonly Unit[];
}

/**
 * Packs a batch into micro-batches of like lengths; see `toUnits` for `every`. Deterministic.
 *
 * @throws EngineError naming the group when a sequence does not fit into the machine's memory, before anything is computed.
 */
export function packBatch(
  batch: readonly TrajectoryGroup[],
  config: ModelConfig,
  limits: PackingLimits,
  every = false,
): BatchWork {
  const all = toUnits(batch, every);
  const layered = all.filter((unit) => isLayered(unit, config, limits));
  for (const unit of layered) checkMemory(unit, config, limits.memory ?? 0.8 * machineMemory());
  return {
    packed: packUnits(
      all.filter((unit) => !layered.includes(unit)),
      config,
      limits,
    ),
    layered,
  };
}

function packUnits(all: readonly Unit[], config: ModelConfig, limits: PackingLimits): MicroBatch[] {
  const shared = all
    .filter((unit) => unit.prefix.length > 0)
    .flatMap((unit) => (limits.byCost ? [unit] : splitLarge(unit, config.heads, limits)))
    .sort((a, b) => a.prefix.length - b.prefix.length || tailLength(a) - tailLength(b));
  const dense = all.filter((unit) => unit.prefix.length === 0).sort((a, b) => tailLength(a) - tailLength(b));
  const bins = (units: readonly Unit[]): Unit[][] => {
    const out: Unit[][] = [];
    for (const unit of units) {
      const bin = out.at(-1);
      if (bin) {
        const { tokens, scores } = cost([...bin, unit], config.heads);
        if (tokens <= limits.tokens && scores <= limits.scores) {
          bin.push(unit);
          continue;
        }
      }
      out.push([unit]);
    }
    return out;
  };
  return [
    ...bins(shared).map((units) => packShared(units, config)),
    ...bins(dense).map((units) => packDense(units, config)),
  ];
}

/** Whether a unit goes through the layered pass: it must, or it costs less there. */
export function isLayered(unit: Unit, config: ModelConfig, limits: PackingLimits): boolean {
  if (unitBytes(unit, config) > limits.wholeBytes) return true;
  if (logitBytes(unit, config) > (limits.tensorBytes ?? Number.POSITIVE_INFINITY)) return true;
  if (!limits.byCost) return false;
  const { whole, layered } = unitWork(unit, config);
  return layered < whole;
}

const logitBytes = ({ tails }: Unit, { vocabSize }: ModelConfig): number =>
  4 * vocabSize * tails.reduce((sum, { slots }) => sum + slots.filter((slot) => slot >= 0).length, 0);

/** Refuses a unit whose layered pass cannot fit into the machine, before the system kills the process for it. */
function checkMemory(unit: Unit, config: ModelConfig, limit: number): void {
  const rows = unit.tails.reduce((sum, tail) => sum + tail.inputs.length, unit.prefix.length);
  const bytes = layeredBytes(rows, config);
  if (bytes <= limit) return;
  const gigabytes = (value: number) => `${(value / 1e9).toFixed(1)} GB`;
  throw new EngineError(
    'batch-too-large',
    `forwardBackward: group ${unit.tails[0]?.group}: ${rows} tokens (${unit.prefix.length} of a prompt, ${unit.tails.length} rollouts) need about ${gigabytes(bytes)} beside the model, the machine allows ${gigabytes(limit)}.`,
    'Use shorter contexts, fewer rollouts or a smaller model; memory grows in proportion to the tokens.',
  );
}

function packShared(units: readonly Unit[], config: ModelConfig): MicroBatch {
  const rollouts = Math.max(...units.map((unit) => unit.tails.length));
  const tailMax = Math.max(...units.map(tailLength));
  const { chunks, query } = promptShape(units.map((unit) => unit.prefix.length));
  const tails = units.flatMap((unit) => unit.tails);
  const tailRows = tails.reduce((sum, tail) => sum + tail.inputs.length, 0);
  const promptRows = units.reduce((sum, unit) => sum + unit.prefix.length, 0);
  // Every group has as many tails; what it lacks is empty.
  const padded = units.flatMap((unit) => Array.from({ length: rollouts }, (_, g) => ({ unit, tail: unit.tails[g] })));
  const { tokens, positions, spans } = tokenRows(
    [...padded.map(({ tail }) => tail?.inputs ?? new Int32Array(0)), ...units.map(({ prefix }) => prefix)],
    (n) => padded[n]?.unit.prefix.length ?? 0,
  );
  const { rows, feeds } = headRows(tails, tailRows);
  return {
    shape: { kind: 'shared', chunks },
    sizes: {
      N: tokens.length,
      Nt: tailRows,
      Np: promptRows,
      ...headSizes(rows),
      NG: units.length,
      G: rollouts,
      B: units.length * rollouts,
      S: tailMax,
      Q: query,
    },
    tokens,
    feeds: {
      tokens,
      positions,
      ...segmentIndex('tail', spans.slice(0, padded.length), config, { query: tailMax, chunks: 1, firstRow: 0 }),
      ...segmentIndex('prompt', spans.slice(padded.length), config, { query, chunks, firstRow: tailRows }),
      ...promptMasks(
        units.map((unit) => unit.prefix.length),
        { length: chunks * query, rows: tailMax, window: config.window },
      ),
      ...feeds,
    },
    rows,
  };
}

function packDense(units: readonly Unit[], config: ModelConfig): MicroBatch {
  const tails = units.flatMap((unit) => unit.tails);
  const { chunks, sizes, feeds } = plainRows(
    tails.map((tail) => tail.inputs),
    config,
  );
  const { tokens } = feeds;
  const head = headRows(tails, tokens.length);
  return {
    shape: { kind: 'dense', chunks },
    sizes: { ...sizes, ...headSizes(head.rows) },
    tokens,
    feeds: { ...feeds, ...head.feeds },
    rows: head.rows,
  };
}

/** Sizes of the head. */
const headSizes = ({ targets, fan }: HeadRows): Sizes => ({ Nh: targets.length / fan, K: fan });

/** The rows of which something is wanted; tails stand one after the other from row 0. */
export function headRows(
  tails: readonly Tail[],
  outputRows: number,
): { rows: HeadRows; feeds: Record<string, Int32Array> } {
  const headRowOf = new Int32Array(outputRows).fill(-1);
  const index: number[] = [];
  const targets: number[] = [];
  const rollout: number[] = [];
  const advantages: number[] = [];
  const groups: number[] = [];
  const rolloutIds: number[] = [];
  const slots: number[] = [];
  const fan = tails[0]?.fan ?? 1;
  let row = 0;
  for (const tail of tails) {
    for (let i = 0; i < tail.inputs.length; i++, row++) {
      const slot = tail.slots[i] as number;
      if (slot < 0) continue;
      headRowOf[row] = index.length;
      index.push(row);
      for (let k = 0; k < fan; k++) {
        slots.push(slot * fan + k);
        targets.push(tail.targets[i * fan + k] as number);
        rollout.push(tail.rollout[i * fan + k] as number);
        advantages.push(tail.advantages[i * fan + k] as number);
        groups.push(tail.group);
        rolloutIds.push(tail.rolloutId);
      }
    }
  }
  return {
    rows: {
      fan,
      targets: Int32Array.from(targets),
      rollout: Float32Array.from(rollout),
      advantages: Float32Array.from(advantages),
      groups: Int32Array.from(groups),
      rolloutIds: Int32Array.from(rolloutIds),
      slots: Int32Array.from(slots),
    },
    feeds: { headRows: Int32Array.from(index), headRowOf, target: Int32Array.from(targets) },
  };
}
