/**
 * @file Datums of the Tinker protocol, checked, as rows of positions. Position n reads tokens 0 to n and has K targets: the next
 * token, another one, or (cross-entropy) several with weights, which are soft targets.
 */
import type { Datum } from '../../engine/tinker/wire.ts';
import { InputError } from '../../errors.ts';
import type { ServerLoss } from './loss-spec.ts';

/** A datum with its N positions. */
export interface Row {
  readonly index: number;
  /** K as asked; the arrays below have the K of the whole request. */
  readonly fan: number;
  /** [N + 1]: what is read, and the first target of the last position. */
  readonly sequence: Int32Array;
  /** [N K] */
  readonly targets: Int32Array;
  /** [N K] log-probabilities under the policy that sampled. */
  readonly logprobs: Float32Array;
  /** [N K] advantage of each target; for cross-entropy, its weight. */
  readonly advantages: Float32Array;
  /** [N K] 0 where a target has no part in the loss, whatever its advantage; absent where all have. */
  readonly mask?: Float32Array | undefined;
}

const known = {
  'cross-entropy': ['target_tokens', 'weights'],
  policy: ['target_tokens', 'logprobs', 'advantages', 'weights', 'mask'],
} as const;

const floats = (values: Int32Array | Float32Array): Float32Array =>
  values instanceof Float32Array ? values : Float32Array.from(values);

/** Values of `fan` a position, with zeros up to `wide` a position. */
function widen(values: Int32Array | Float32Array, fan: number, wide: number): Int32Array | Float32Array {
  if (fan === wide) return values;
  const length = (values.length / fan) * wide;
  const out = values instanceof Int32Array ? new Int32Array(length) : new Float32Array(length);
  for (let at = 0; at < values.length; at += fan) out.set(values.subarray(at, at + fan), (at / fan) * wide);
  return out;
}

/** Targets of each position that a datum gives. */
const fanOf = ({ tokens, inputs }: Datum): number =>
  Math.max(1, Math.floor((inputs.target_tokens?.length ?? 0) / Math.max(1, tokens.length)));

function readRow(datum: Datum, index: number, wide: number, loss: ServerLoss): Row {
  const { tokens, inputs } = datum;
  const fail = (text: string): never => {
    throw new InputError('datum-invalid', `datum ${index}: ${text}`);
  };
  if (tokens.length === 0) fail('the model input is empty.');
  const supervised = loss.type === 'engine' && loss.spec.type === 'cross-entropy';
  const names: readonly string[] = supervised ? known['cross-entropy'] : known.policy;
  for (const name of Object.keys(inputs)) {
    if (!names.includes(name)) fail(`loss_fn_inputs.${name} is not known; expected ${names.join(', ')}.`);
  }
  const fan = fanOf(datum);
  if (fan > 1 && !supervised) fail('several targets of a position go with cross_entropy alone.');
  const take = (name: string): Int32Array | Float32Array => {
    const values = inputs[name] ?? fail(`loss_fn_inputs has no ${name}.`);
    if (values.length !== fan * tokens.length)
      fail(
        `${name} has ${values.length} values, the model input ${tokens.length} tokens${fan > 1 ? ` with ${fan} targets each` : ''}.`,
      );
    return widen(values, fan, wide);
  };
  const maybe = (name: string) => (inputs[name] === undefined ? undefined : floats(take(name)));
  const targets = take('target_tokens');
  if (!(targets instanceof Int32Array)) return fail('target_tokens are not whole numbers.');
  const sequence = new Int32Array(tokens.length + 1);
  sequence.set(tokens);
  sequence[tokens.length] = targets[(tokens.length - 1) * wide] ?? 0;
  const shared = { index, fan, sequence, targets };
  if (supervised) return { ...shared, logprobs: new Float32Array(targets.length), advantages: floats(take('weights')) };
  const masks = [maybe('weights'), maybe('mask')].filter((mask) => mask !== undefined);
  const mask = masks.reduce<Float32Array | undefined>((a, b) => (a ? a.map((x, i) => x * (b[i] ?? 0)) : b), undefined);
  return { ...shared, logprobs: floats(take('logprobs')), advantages: floats(take('advantages')), mask };
}

/** All datums of a request, with one K. @throws InputError naming the datum that does not fit the loss. */
export function readRows(data: readonly Datum[], loss: ServerLoss): Row[] {
  const wide = Math.max(1, ...data.map(fanOf));
  return data.map((datum, index) => readRow(datum, index, wide, loss));
}
