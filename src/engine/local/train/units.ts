/**
 * @file From groups of rollouts to the units that are packed: a shared prompt with its tails, or a plain sequence. A tail
 * starts with the prompt's last token, whose logits predict the first completion token.
 *
 * Work that cannot carry a gradient is left out: tokens after a rollout's last one with an advantage, and rollouts and
 * groups without any. Where every token counts (a KL term, log-probabilities), nothing is.
 */
import type { TrajectoryGroup } from '../../engine.ts';
import { machineMemory } from '../machine-memory.ts';
import type { ModelConfig } from '../weights/model-config.ts';

/** Bounds on the memory of one graph run. */
export interface PackingLimits {
  /** Most token rows in a micro-batch (a single sequence may exceed it). */
  readonly tokens: number;
  /** Most attention scores of a layer, padding included. */
  readonly scores: number;
  /** A unit that takes more in one graph of the whole model goes through the layered pass. */
  readonly wholeBytes: number;
  /** Also one that costs more there (packing-cost.ts); and what fits is not split. Absent: memory alone decides. */
  readonly byCost?: boolean;
  /** Most bytes of the layered pass of a unit; absent: what the machine has. */
  readonly memory?: number;
  /** Most bytes of one tensor, of which a graph's logits are the largest; absent: no limit. */
  readonly tensorBytes?: number;
}

/** Memory that the activations of a micro-batch of several units may take, in bytes; sizes are rough. */
export const activationBudget = 640e6;

/** Memory that those of one unit may take: an eighth of the machine's, so that the same machine packs the same way each time. */
export const unitBudget = (): number => Math.max(activationBudget, machineMemory() / 8);

/** Bytes that the backward pass needs for a token and for an attention score, roughly. */
export function activationBytes(
  config: Pick<ModelConfig, 'layers' | 'hiddenSize' | 'intermediateSize' | 'heads' | 'headDim'>,
): { bytesPerToken: number; bytesPerScore: number } {
  const { layers, hiddenSize, intermediateSize, heads, headDim } = config;
  return {
    bytesPerToken: 4 * layers * (10 * hiddenSize + 5 * intermediateSize + 8 * heads * headDim),
    bytesPerScore: 4 * layers * 5,
  };
}

/**
 * Limits for a model. On a small one, measured on two cores: micro-batches of 1K to 4K tokens differ by less than a tenth, smaller
 * ones cost less memory. A large one is limited by what it must keep for the backward pass.
 */
export function packingLimits(config: ModelConfig): PackingLimits {
  const { bytesPerToken, bytesPerScore } = activationBytes(config);
  return {
    tokens: Math.min(2048, Math.max(64, Math.floor(activationBudget / 2 / bytesPerToken))),
    scores: Math.min(4e6, Math.floor(activationBudget / 2 / bytesPerScore)),
    wholeBytes: unitBudget(),
    byCost: true,
  };
}

/** A rollout's tokens after its shared part. Row i of `inputs` predicts `targets[K i]` to `targets[K i + K - 1]`. */
export interface Tail {
  /** K, the same in the whole batch. */
  readonly fan: number;
  readonly inputs: Int32Array;
  readonly targets: Int32Array;
  readonly rollout: Float32Array;
  readonly advantages: Float32Array;
  /** Which of the rollout's tokens row i predicts; -1 where nothing is wanted of the row. */
  readonly slots: Int32Array;
  /** Index of the group in the batch, and number of the rollout in the whole batch. */
  readonly group: number;
  readonly rolloutId: number;
}

/** Tails after one prefix; an empty prefix has a single tail. */
export interface Unit {
  readonly prefix: Int32Array;
  readonly tails: readonly Tail[];
}

/** A shorter shared part is repeated in every rollout: a batch of plain sequences is faster then. */
const shortestPrefix = 8;

/** Rows of `fan` values up to the last with a value that is not 0. */
function rowsUsed(values: Float32Array, fan: number): number {
  let last = values.length - 1;
  while (last >= 0 && values[last] === 0) last--;
  return Math.floor(last / fan) + 1;
}

/** K of a batch: targets of each token. */
const fanOf = (batch: readonly TrajectoryGroup[]): number => {
  const [first] = batch.flatMap(({ rollouts }) => rollouts.filter(({ tokens }) => tokens.length > 0));
  return first?.targets === undefined ? 1 : first.targets.length / first.tokens.length;
};

/**
 * The units of a batch: shared groups, and single sequences (empty prefix).
 *
 * @param every whether tokens without an advantage count.
 */
export function toUnits(batch: readonly TrajectoryGroup[], every = false): Unit[] {
  const units: Unit[] = [];
  const fan = fanOf(batch);
  const used = (advantages: Float32Array) => (every ? advantages.length / fan : rowsUsed(advantages, fan));
  const slotsOf = (advantages: Float32Array, first: number) =>
    Int32Array.from({ length: advantages.length / fan }, (_, i) =>
      every || advantages.subarray(i * fan, (i + 1) * fan).some((value) => value !== 0) ? first + i : -1,
    );
  let rolloutId = 0;
  for (const [group, { prompt, rollouts }] of batch.entries()) {
    const tails: Tail[] = [];
    for (const { tokens, targets = tokens, logprobs, advantages } of rollouts) {
      const id = rolloutId++;
      if (prompt.length > 0) {
        const end = used(advantages);
        if (end === 0) continue;
        const inputs = new Int32Array(end);
        inputs[0] = prompt[prompt.length - 1] as number;
        inputs.set(tokens.subarray(0, end - 1), 1);
        tails.push({
          fan,
          inputs,
          targets: targets.subarray(0, end * fan),
          rollout: logprobs.subarray(0, end * fan),
          advantages: advantages.subarray(0, end * fan),
          slots: slotsOf(advantages.subarray(0, end * fan), 0),
          group,
          rolloutId: id,
        });
      } else {
        const predicted = advantages.subarray(fan);
        const end = used(predicted);
        if (end === 0) continue;
        const tail: Tail = {
          fan,
          inputs: tokens.subarray(0, end),
          targets: targets.subarray(fan, (end + 1) * fan),
          rollout: logprobs.subarray(fan, (end + 1) * fan),
          advantages: predicted.subarray(0, end * fan),
          slots: slotsOf(predicted.subarray(0, end * fan), 1),
          group,
          rolloutId: id,
        };
        units.push(splitLead(tail));
      }
    }
    if (tails.length > 0) units.push(...asUnits(prompt.subarray(0, prompt.length - 1), tails));
  }
  return units;
}

/** The leading rows of a sequence that predict nothing become its prefix: their last layer is then mostly skipped. */
function splitLead(tail: Tail): Unit {
  const lead = tail.slots.findIndex((slot) => slot >= 0);
  if (lead < 32 || lead < tail.inputs.length / 2) return { prefix: new Int32Array(0), tails: [tail] };
  const rest = {
    ...tail,
    inputs: tail.inputs.subarray(lead),
    targets: tail.targets.subarray(lead * tail.fan),
    rollout: tail.rollout.subarray(lead * tail.fan),
    advantages: tail.advantages.subarray(lead * tail.fan),
    slots: tail.slots.subarray(lead),
  };
  return { prefix: tail.inputs.subarray(0, lead), tails: [rest] };
}

function asUnits(prefix: Int32Array, tails: readonly Tail[]): Unit[] {
  if (prefix.length >= shortestPrefix) return [{ prefix, tails }];
  return tails.map((tail) => ({ prefix: new Int32Array(0), tails: [prepend(prefix, tail)] }));
}

function prepend(prefix: Int32Array, tail: Tail): Tail {
  if (prefix.length === 0) return tail;
  const shift = (values: Float32Array) => {
    const lead = prefix.length * tail.fan;
    const out = new Float32Array(lead + values.length);
    out.set(values, lead);
    return out;
  };
  const shiftTokens = (values: Int32Array, lead: Int32Array) => {
    const out = new Int32Array(lead.length + values.length);
    out.set(lead);
    out.set(values, lead.length);
    return out;
  };
  return {
    ...tail,
    inputs: shiftTokens(tail.inputs, prefix),
    targets: shiftTokens(tail.targets, new Int32Array(prefix.length * tail.fan)),
    rollout: shift(tail.rollout),
    advantages: shift(tail.advantages),
    slots: shiftTokens(tail.slots, new Int32Array(prefix.length).fill(-1)),
  };
}

/** S of a unit: rows of its longest tail. */
export const tailLength = (unit: Unit): number => Math.max(...unit.tails.map((tail) => tail.inputs.length));

/** Attention scores of a layer for units packed together, and their token rows. */
export function cost(units: readonly Unit[], heads: number): { tokens: number; scores: number } {
  const prefix = Math.max(...units.map((unit) => unit.prefix.length));
  const tail = Math.max(...units.map(tailLength));
  const rollouts = Math.max(...units.map((unit) => unit.tails.length));
  const own = units.length * rollouts * tail * (prefix + tail);
  const rows = units.map((unit) => unit.tails.reduce((sum, { inputs }) => sum + inputs.length, unit.prefix.length));
  return { tokens: rows.reduce((a, b) => a + b, 0), scores: heads * (own + units.length * prefix * prefix) };
}

/** A group whose tails alone exceed the limits is split; its prompt is then processed once for each part. */
export function splitLarge(unit: Unit, heads: number, limits: PackingLimits): Unit[] {
  const { tokens, scores } = cost([unit], heads);
  if (unit.tails.length === 1 || (tokens <= limits.tokens * 2 && scores <= limits.scores * 2)) return [unit];
  const half = unit.tails.length >> 1;
  return [unit.tails.slice(0, half), unit.tails.slice(half)].flatMap((tails) =>
    splitLarge({ prefix: unit.prefix, tails }, heads, limits),
  );
}
