/**
 * @file Training requests of the Tinker protocol on the embedded engine. The objective is hosted Tinker's: the sum over all tokens
 * of all sequences until the optimizer step. Sequences that begin alike, as the rollouts of a prompt do, travel as one group, so
 * that the engine processes what they share once.
 */
import type { Engine, LossName, LossSpec, Rollout, TrajectoryGroup } from '../../engine/engine.ts';
import type { Datum, ForwardBackwardRequest, ForwardBackwardResult } from '../../engine/tinker/wire.ts';
import { InputError, unknownValue } from '../../errors.ts';

const lossNames: Readonly<Record<string, LossName>> = {
  cross_entropy: 'cross-entropy',
  importance_sampling: 'importance-sampling',
  ppo: 'ppo',
  cispo: 'cispo',
};
/** Names that `loss_fn` of a training request may have. */
export const serverLosses = Object.keys(lossNames);

/** Absolute bounds of the ratio where a request has none, as hosted Tinker has them. */
const defaultBounds: Partial<Record<LossName, readonly [number, number]>> = { ppo: [0.8, 1.2], cispo: [0, 4] };
const configKeys = ['clip_low_threshold', 'clip_high_threshold'];

function lossSpec(name: string, config: Readonly<Record<string, number>>): LossSpec {
  const type = lossNames[name];
  if (type === undefined) throw unknownValue('loss_fn', name, serverLosses);
  for (const key of Object.keys(config)) {
    if (!configKeys.includes(key)) throw unknownValue('loss_fn_config', key, configKeys);
  }
  const [low, high] = defaultBounds[type] ?? [1, 1];
  return {
    type,
    clipLow: 1 - (config.clip_low_threshold ?? low),
    clipHigh: (config.clip_high_threshold ?? high) - 1,
    dualClip: Number.POSITIVE_INFINITY,
    aggregation: 'constant',
    normalizer: 1,
  };
}

/** A datum with its N positions. */
interface Row {
  readonly index: number;
  /** [N + 1]: what is read, and the last token predicted. */
  readonly sequence: Int32Array;
  readonly logprobs: Float32Array;
  /** Advantage of each position; for cross-entropy, its weight. */
  readonly advantages: Float32Array;
  /** First position with an advantage; N when none has one. */
  readonly lead: number;
}

const floats = (values: Int32Array | Float32Array): Float32Array =>
  values instanceof Float32Array ? values : Float32Array.from(values);

function readRow({ tokens, inputs }: Datum, index: number, type: LossName): Row {
  const length = tokens.length;
  const fail = (text: string): never => {
    throw new InputError('datum-invalid', `datum ${index}: ${text}`);
  };
  if (length === 0) fail('the model input is empty.');
  const take = (name: string): Int32Array | Float32Array => {
    const values = inputs[name] ?? fail(`loss_fn_inputs has no ${name}.`);
    return values.length === length ? values : fail(`${name} has ${values.length} values, the model input ${length}.`);
  };
  const known =
    type === 'cross-entropy' ? ['target_tokens', 'weights'] : ['target_tokens', 'logprobs', 'advantages', 'weights'];
  for (const name of Object.keys(inputs)) {
    if (!known.includes(name)) fail(`loss_fn_inputs.${name} is not known; expected ${known.join(', ')}.`);
  }
  const targets = take('target_tokens');
  const mask = inputs.weights === undefined ? undefined : floats(take('weights'));
  const own = type === 'cross-entropy' ? floats(take('weights')) : floats(take('advantages'));
  const advantages = type === 'cross-entropy' || !mask ? own : own.map((value, t) => value * (mask[t] ?? 0));
  for (let t = 0; t + 1 < length; t++) {
    if (advantages[t] !== 0 && targets[t] !== tokens[t + 1])
      fail(
        `target_tokens[${t}] is ${targets[t]}, but the next token is ${tokens[t + 1]}: only the next token can be trained.`,
      );
  }
  const sequence = new Int32Array(length + 1);
  sequence.set(tokens);
  sequence[length] = targets[length - 1] ?? 0;
  const lead = advantages.findIndex((value) => value !== 0);
  return {
    index,
    sequence,
    logprobs: type === 'cross-entropy' ? new Float32Array(length) : floats(take('logprobs')),
    advantages,
    lead: lead < 0 ? length : lead,
  };
}

/** Rows that share all tokens before their first advantage. */
interface Family {
  /** [lead + 1] */
  readonly prompt: Int32Array;
  readonly rows: Row[];
}

function families(rows: readonly Row[]): Family[] {
  const byPrompt = new Map<string, Family>();
  for (const row of rows) {
    const prompt = row.sequence.subarray(0, row.lead + 1);
    const key = prompt.join();
    const family = byPrompt.get(key);
    if (family) family.rows.push(row);
    else byPrompt.set(key, { prompt, rows: [row] });
  }
  return [...byPrompt.values()];
}

const rolloutOf = ({ sequence, logprobs, advantages, lead }: Row): Rollout => ({
  tokens: sequence.subarray(lead + 1),
  logprobs: logprobs.subarray(lead),
  advantages: advantages.subarray(lead),
});

/** Log-probabilities of all N positions of every row: those of a shared prompt are computed once. */
async function allLogprobs(engine: Engine, rows: readonly Row[], all: readonly Family[]): Promise<Float32Array[]> {
  const out = rows.map(({ advantages }) => new Float32Array(advantages.length));
  const prompts: TrajectoryGroup[] = all.map(({ prompt }) => ({
    prompt: new Int32Array(),
    rollouts: [{ tokens: prompt, logprobs: new Float32Array(), advantages: new Float32Array() }],
  }));
  const responses = all.map(({ prompt, rows: members }) => ({ prompt, rollouts: members.map(rolloutOf) }));
  const values = (await engine.logprobs?.([...prompts, ...responses])) ?? [];
  for (const [f, { rows: members }] of all.entries()) {
    const ofPrompt = values[f]?.[0] ?? new Float32Array();
    for (const [m, { index, lead }] of members.entries()) {
      out[index]?.set(ofPrompt.subarray(1));
      out[index]?.set(values[all.length + f]?.[m] ?? [], lead);
    }
  }
  return out;
}

/**
 * Accumulates the gradient of a request (or none), and returns the log-probability of every position.
 *
 * @throws InputError for datums that do not fit the loss, EngineError as the engine does.
 */
export async function runForwardBackward(
  engine: Engine,
  request: ForwardBackwardRequest,
): Promise<ForwardBackwardResult> {
  const spec = lossSpec(request.lossFn, request.lossConfig);
  const rows = request.data.map((datum, index) => readRow(datum, index, spec.type));
  const all = families(rows);
  const outputs = (await allLogprobs(engine, rows, all)).map((logprobs) => ({ logprobs }));
  if (request.forwardOnly) return { outputs, metrics: {} };
  const batch = all
    .map(({ prompt, rows: members }) => ({
      prompt,
      rollouts: members.filter(({ lead, advantages }) => lead < advantages.length).map(rolloutOf),
    }))
    .filter(({ rollouts }) => rollouts.length > 0);
  const { loss } = await engine.forwardBackward(batch, spec);
  return { outputs, metrics: { 'loss:sum': loss } };
}
