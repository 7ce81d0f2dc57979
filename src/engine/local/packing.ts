/**
 * @file From groups of rollouts to packed micro-batches: token rows without padding and the index tensors that attention.ts
 * gathers with. Sharing is decided here: a group with a prompt becomes one prompt and its tails, where a tail starts with
 * the prompt's last token (its logits predict the first completion token).
 *
 * Work that cannot carry a gradient is left out: tokens after a rollout's last token with an advantage, rollouts and groups
 * without any, and the head on rows whose advantage is zero.
 */
import type { TrajectoryGroup } from '../engine.ts';
import type { BatchKind } from './attention.ts';
import type { Sizes, TensorData } from './graph.ts';
import type { ModelConfig } from './model-config.ts';

/** A rollout's tokens after its shared part. Row i of `inputs` predicts `targets[i]`. */
interface Tail {
  readonly inputs: Int32Array;
  readonly targets: Int32Array;
  readonly rollout: Float32Array;
  readonly advantages: Float32Array;
  /** Index of the group in the batch, and number of the rollout in the whole batch. */
  readonly group: number;
  readonly rolloutId: number;
}

interface Unit {
  readonly prefix: Int32Array;
  readonly tails: readonly Tail[];
}

/** Rows that predict a token, in the order of the graph's `logp`. */
export interface HeadRows {
  readonly targets: Int32Array;
  /** Log-probability under the policy that sampled. */
  readonly rollout: Float32Array;
  readonly advantages: Float32Array;
  /** Group index in the batch of each row, and its rollout's number. */
  readonly groups: Int32Array;
  readonly rolloutIds: Int32Array;
}

export interface MicroBatch {
  readonly kind: BatchKind;
  readonly sizes: Sizes;
  readonly tokens: Int32Array;
  readonly feeds: Readonly<Record<string, TensorData>>;
  readonly rows: HeadRows;
}

export interface PackingLimits {
  /** Most token rows in a micro-batch (a single unit may exceed it). */
  readonly tokens: number;
  /** Most attention scores of a layer, padding included. */
  readonly scores: number;
}

/** Measured on two cores: smaller micro-batches keep the scores in the cache, larger ones feed the matrix products. */
export const defaultPackingLimits: PackingLimits = { tokens: 2048, scores: 4_000_000 };

/** A shorter shared part is repeated in every rollout: a batch of plain sequences is faster then. */
const shortestPrefix = 8;

/** Masked scores. Finite, so that a row of padding still has a softmax. */
const masked = -1e9;

function lastNonZero(values: Float32Array): number {
  let last = values.length - 1;
  while (last >= 0 && values[last] === 0) last--;
  return last;
}

/** The units of a batch: shared groups, and single sequences (empty prefix). */
function toUnits(batch: readonly TrajectoryGroup[]): Unit[] {
  const units: Unit[] = [];
  let rolloutId = 0;
  for (const [group, { prompt, rollouts }] of batch.entries()) {
    const tails: Tail[] = [];
    for (const { tokens, logprobs, advantages } of rollouts) {
      const id = rolloutId++;
      if (prompt.length > 0) {
        const end = lastNonZero(advantages) + 1;
        if (end === 0) continue;
        const inputs = new Int32Array(end);
        inputs[0] = prompt[prompt.length - 1] as number;
        inputs.set(tokens.subarray(0, end - 1), 1);
        tails.push({
          inputs,
          targets: tokens.subarray(0, end),
          rollout: logprobs.subarray(0, end),
          advantages: advantages.subarray(0, end),
          group,
          rolloutId: id,
        });
      } else {
        const predicted = advantages.subarray(1);
        const end = lastNonZero(predicted) + 1;
        if (end === 0) continue;
        const tail: Tail = {
          inputs: tokens.subarray(0, end),
          targets: tokens.subarray(1, end + 1),
          rollout: logprobs.subarray(1, end + 1),
          advantages: predicted.subarray(0, end),
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
  const lead = tail.advantages.findIndex((value) => value !== 0);
  if (lead < 32 || lead < tail.inputs.length / 2) return { prefix: new Int32Array(0), tails: [tail] };
  const rest = {
    ...tail,
    inputs: tail.inputs.subarray(lead),
    targets: tail.targets.subarray(lead),
    rollout: tail.rollout.subarray(lead),
    advantages: tail.advantages.subarray(lead),
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
    const out = new Float32Array(prefix.length + values.length);
    out.set(values, prefix.length);
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
    targets: shiftTokens(tail.targets, new Int32Array(prefix.length)),
    rollout: shift(tail.rollout),
    advantages: shift(tail.advantages),
  };
}

const tailLength = (unit: Unit): number => Math.max(...unit.tails.map((tail) => tail.inputs.length));

/** Attention scores of a layer for units packed together, and their token rows. */
function cost(units: readonly Unit[], heads: number): { tokens: number; scores: number } {
  const prefix = Math.max(...units.map((unit) => unit.prefix.length));
  const tail = Math.max(...units.map(tailLength));
  const rollouts = Math.max(...units.map((unit) => unit.tails.length));
  const own = units.length * rollouts * tail * (prefix + tail);
  const rows = units.map((unit) => unit.tails.reduce((sum, { inputs }) => sum + inputs.length, unit.prefix.length));
  return { tokens: rows.reduce((a, b) => a + b, 0), scores: heads * (own + units.length * prefix * prefix) };
}

/** A group whose tails alone exceed the limits is split; its prompt is then processed once for each part. */
function splitLarge(unit: Unit, heads: number, limits: PackingLimits): Unit[] {
  const { tokens, scores } = cost([unit], heads);
  if (unit.tails.length === 1 || (tokens <= limits.tokens * 2 && scores <= limits.scores * 2)) return [unit];
  const half = unit.tails.length >> 1;
  return [unit.tails.slice(0, half), unit.tails.slice(half)].flatMap((tails) =>
    splitLarge({ prefix: unit.prefix, tails }, heads, limits),
  );
}

/** Packs a batch into micro-batches of like lengths. Deterministic. */
export function packBatch(batch: readonly TrajectoryGroup[], config: ModelConfig, limits: PackingLimits): MicroBatch[] {
  const all = toUnits(batch);
  const shared = all
    .filter((unit) => unit.prefix.length > 0)
    .flatMap((unit) => splitLarge(unit, config.heads, limits))
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

/** A slot of a padded segment: where its rows start, and how many there are. */
interface Span {
  readonly start: number;
  readonly length: number;
}

/**
 * Index tensors of a segment (see attention.ts). Padding reads row 0 in the forward pass (finite, and masked or dropped)
 * and the row of zeros, -1, in the backward pass.
 */
export function segmentIndex(
  name: string,
  spans: readonly Span[],
  config: ModelConfig,
  options: { length: number; firstRow: number },
): Record<string, TensorData> {
  const { heads, kvHeads } = config;
  const { length, firstRow } = options;
  const sequences = spans.length;
  const group = heads / kvHeads;
  const rows = spans.reduce((sum, span) => sum + span.length, 0);
  const queries = new Int32Array(heads * sequences * length);
  const queryGradients = new Int32Array(heads * sequences * length).fill(-1);
  const keys = new Int32Array(kvHeads * sequences * length);
  const queryRows = new Int32Array(rows * heads);
  const keyRows = new Int32Array(rows * kvHeads);
  for (let kv = 0; kv < kvHeads; kv++) {
    for (const [b, span] of spans.entries()) {
      const slot = (kv * sequences + b) * length;
      for (let i = 0; i < span.length; i++) {
        const row = span.start + i;
        keys[slot + i] = row * kvHeads + kv;
        keyRows[(row - firstRow) * kvHeads + kv] = slot + i;
        for (let g = 0; g < group; g++) {
          const at = slot * group + g * length + i;
          const headRow = row * heads + kv * group + g;
          queries[at] = headRow;
          queryGradients[at] = headRow;
          queryRows[headRow - firstRow * heads] = at;
        }
      }
    }
  }
  return {
    [`${name}.queries`]: queries,
    [`${name}.queryGradients`]: queryGradients,
    [`${name}.keys`]: keys,
    [`${name}.queryRows`]: queryRows,
    [`${name}.keyRows`]: keyRows,
    [`${name}.causal`]: causalMask(length),
  };
}

const causalMasks = new Map<number, Float32Array>();

/** [S, S]: 0 where a query may look, a large negative number where it may not. The last few sizes are kept. */
function causalMask(length: number): Float32Array {
  const known = causalMasks.get(length);
  if (known) return known;
  const mask = new Float32Array(length * length);
  for (let i = 0; i < length; i++) mask.fill(masked, i * length + i + 1, (i + 1) * length);
  if (causalMasks.size >= 32) causalMasks.delete(causalMasks.keys().next().value as number);
  causalMasks.set(length, mask);
  return mask;
}

/** [NG, P]: masks the padding of prompts. */
export function paddingMask(lengths: readonly number[], length: number): Float32Array {
  const mask = new Float32Array(lengths.length * length);
  for (const [g, valid] of lengths.entries()) mask.fill(masked, g * length + valid, (g + 1) * length);
  return mask;
}

function packShared(units: readonly Unit[], config: ModelConfig): MicroBatch {
  const rollouts = Math.max(...units.map((unit) => unit.tails.length));
  const tailMax = Math.max(...units.map(tailLength));
  const prefixMax = Math.max(...units.map((unit) => unit.prefix.length));
  const tails = units.flatMap((unit) => unit.tails);
  const tailRows = tails.reduce((sum, tail) => sum + tail.inputs.length, 0);
  const promptRows = units.reduce((sum, unit) => sum + unit.prefix.length, 0);
  const tokens = new Int32Array(tailRows + promptRows);
  const positions = new BigInt64Array(tokens.length);
  const put = (values: Int32Array, row: number, firstPosition: number) => {
    tokens.set(values, row);
    for (let i = 0; i < values.length; i++) positions[row + i] = BigInt(firstPosition + i);
  };
  let row = 0;
  const tailSpans = units.flatMap((unit) =>
    Array.from({ length: rollouts }, (_, g): Span => {
      const tail = unit.tails[g];
      if (!tail) return { start: 0, length: 0 };
      put(tail.inputs, row, unit.prefix.length);
      const span = { start: row, length: tail.inputs.length };
      row += span.length;
      return span;
    }),
  );
  const promptSpans = units.map(({ prefix }) => {
    put(prefix, row, 0);
    const span = { start: row, length: prefix.length };
    row += prefix.length;
    return span;
  });
  const { rows, feeds } = headRows(tails, tailRows);
  return {
    kind: 'shared',
    sizes: {
      N: tokens.length,
      Nt: tailRows,
      Np: promptRows,
      Nh: rows.targets.length,
      NG: units.length,
      G: rollouts,
      B: units.length * rollouts,
      S: tailMax,
      P: prefixMax,
    },
    tokens,
    feeds: {
      tokens,
      positions,
      ...segmentIndex('tail', tailSpans, config, { length: tailMax, firstRow: 0 }),
      ...segmentIndex('prompt', promptSpans, config, { length: prefixMax, firstRow: tailRows }),
      'prompt.padding': paddingMask(
        units.map((unit) => unit.prefix.length),
        prefixMax,
      ),
      ...feeds,
    },
    rows,
  };
}

function packDense(units: readonly Unit[], config: ModelConfig): MicroBatch {
  const tails = units.flatMap((unit) => unit.tails);
  const length = Math.max(...tails.map((tail) => tail.inputs.length));
  const count = tails.reduce((sum, tail) => sum + tail.inputs.length, 0);
  const tokens = new Int32Array(count);
  const positions = new BigInt64Array(count);
  let row = 0;
  const spans = tails.map((tail) => {
    tokens.set(tail.inputs, row);
    for (let i = 0; i < tail.inputs.length; i++) positions[row + i] = BigInt(i);
    const span = { start: row, length: tail.inputs.length };
    row += span.length;
    return span;
  });
  const { rows, feeds } = headRows(tails, count);
  return {
    kind: 'dense',
    sizes: { N: count, Np: count, Nh: rows.targets.length, NG: tails.length, P: length },
    tokens,
    feeds: { tokens, positions, ...segmentIndex('prompt', spans, config, { length, firstRow: 0 }), ...feeds },
    rows,
  };
}

/** The rows with an advantage; tails stand one after the other from row 0. */
function headRows(tails: readonly Tail[], outputRows: number): { rows: HeadRows; feeds: Record<string, Int32Array> } {
  const headRowOf = new Int32Array(outputRows).fill(-1);
  const index: number[] = [];
  const targets: number[] = [];
  const rollout: number[] = [];
  const advantages: number[] = [];
  const groups: number[] = [];
  const rolloutIds: number[] = [];
  let row = 0;
  for (const tail of tails) {
    for (let i = 0; i < tail.inputs.length; i++, row++) {
      const advantage = tail.advantages[i] as number;
      if (advantage === 0) continue;
      headRowOf[row] = index.length;
      index.push(row);
      targets.push(tail.targets[i] as number);
      rollout.push(tail.rollout[i] as number);
      advantages.push(advantage);
      groups.push(tail.group);
      rolloutIds.push(tail.rolloutId);
    }
  }
  return {
    rows: {
      targets: Int32Array.from(targets),
      rollout: Float32Array.from(rollout),
      advantages: Float32Array.from(advantages),
      groups: Int32Array.from(groups),
      rolloutIds: Int32Array.from(rolloutIds),
    },
    feeds: { headRows: Int32Array.from(index), headRowOf, target: Int32Array.from(targets) },
  };
}
