/**
 * @file Results of the Tinker protocol (protobuf package `tinker_public`, tinker 0.25 to 0.38) in both directions: the server of
 * `golongrl engine serve` writes them, the client reads them.
 */
import { ProtoWriter, readProto } from '../../protobuf.ts';
import type { TopLogprobs } from '../engine.ts';
import { readEntry } from './wire.ts';
import { dtype, float32s, int32s, int64s, rawBytes, toInt64 } from './wire-tensors.ts';

/** Outputs in the order of the request's datums. */
export interface ForwardBackwardResult {
  /** By datum: the arrays that the loss returns, `logprobs` always among them. */
  readonly outputs: readonly Readonly<Record<string, Float32Array>>[];
  readonly metrics: Readonly<Record<string, number>>;
  /** By datum: K where its arrays are [N K], targets of a position; absent where all are [N]. */
  readonly fans?: readonly number[];
}

/** [R] tokens and their log-probabilities, natural log. */
export interface SampledSequence {
  readonly stopReason: 'stop' | 'length';
  readonly tokens: Int32Array;
  readonly logprobs: Float32Array;
  /** The most likely tokens at each of its positions, where asked for. */
  readonly top?: TopLogprobs;
}

/** All sequences of one prompt. */
export interface SampleResult {
  readonly sequences: readonly SampledSequence[];
  /** [P], NaN where the server has none: the first position, and every one but for requests that ask. */
  readonly promptLogprobs?: Float32Array;
  /** The most likely tokens at each position of the prompt, where asked for. */
  readonly promptTop?: TopLogprobs;
  /** Log-probabilities of tokens that the request named, in its tensor's shape and layout. */
  readonly targetLogprobs?: TargetLogprobs;
}

/** A tensor of [P - 1, K] log-probabilities, dense or with the places of its values (compressed rows). */
export interface TargetLogprobs {
  readonly values: Float32Array;
  readonly shape: readonly number[];
  readonly sparse?: { readonly rows: readonly number[]; readonly columns: readonly number[] };
}

/** The protocol's log-probability of a place that has none. */
export const noLogprob = -99_999;

type Output = ForwardBackwardResult['outputs'][number];

/** Datums of one K; the arrays of one name lie in one buffer, at offsets in bytes. */
function writeRecord(record: ProtoWriter, outputs: readonly Output[], outputType: string, fan: number): void {
  record.string(1, outputType);
  for (const name of Object.keys(outputs[0] ?? {})) {
    const arrays = outputs.map((output) => output[name] ?? new Float32Array());
    const offsets = [0];
    for (const { byteLength } of arrays) offsets.push((offsets.at(-1) ?? 0) + byteLength);
    const data = new Uint8Array(offsets.at(-1) ?? 0);
    for (const [index, array] of arrays.entries()) data.set(rawBytes(array), offsets[index] ?? 0);
    record.message(2, (entry) =>
      entry.string(1, name).message(2, (tensor) => {
        tensor
          .bytes(1, data)
          .bytes(2, rawBytes(toInt64(offsets)))
          .integer(3, dtype.float32);
        if (fan > 1) tensor.integers(4, [fan]);
      }),
    );
  }
  record.integer(3, outputs.length);
}

/** `outputType` names what the loss returns. Datums of one K that follow each other are one record. */
export function encodeForwardBackwardResult(
  { outputs, metrics, fans = [] }: ForwardBackwardResult,
  outputType: string,
): Uint8Array<ArrayBuffer> {
  const writer = new ProtoWriter().string(1, outputType);
  const fanAt = (index: number) => fans[index] ?? 1;
  for (let from = 0, to = 0; from < outputs.length; from = to) {
    while (to < outputs.length && fanAt(to) === fanAt(from)) to++;
    writer.message(2, (record) => writeRecord(record, outputs.slice(from, to), outputType, fanAt(from)));
  }
  for (const [key, value] of Object.entries(metrics)) {
    writer.message(3, (entry) => entry.string(1, key).double(2, value));
  }
  return writer.finish();
}

function readBatchedTensor(bytes: Uint8Array): Float32Array[] {
  let data: Uint8Array = new Uint8Array();
  let offsets: number[] = [];
  let type = 0;
  for (const { field, number, bytes: inner } of readProto(bytes)) {
    if (field === 1) data = inner;
    else if (field === 2) offsets = int64s(inner);
    else if (field === 3) type = number;
  }
  const slices = offsets.slice(1).map((end, index) => data.subarray(offsets[index], end));
  if (type === dtype.float32) return slices.map(float32s);
  if (type === dtype.int32) return slices.map((slice) => Float32Array.from(int32s(slice)));
  if (type === dtype.int64) return slices.map((slice) => Float32Array.from(int64s(slice)));
  return slices.map(() => new Float32Array());
}

/** @throws RangeError for what is not such a message. */
export function decodeForwardBackwardResult(bytes: Uint8Array): ForwardBackwardResult {
  const outputs: Record<string, Float32Array>[] = [];
  const metrics: Record<string, number> = {};
  for (const { field, bytes: inner } of readProto(bytes)) {
    if (field === 2) {
      let count = 0;
      const fields: [string, Float32Array[]][] = [];
      for (const { field: part, number, bytes: value } of readProto(inner)) {
        if (part === 3) count = number;
        else if (part === 2) {
          const { key, value: tensor } = readEntry(value);
          fields.push([key, readBatchedTensor(tensor)]);
        }
      }
      for (let d = 0; d < count; d++) {
        outputs.push(Object.fromEntries(fields.map(([key, arrays]) => [key, arrays[d] ?? new Float32Array()])));
      }
    } else if (field === 3) {
      const { key, number } = readEntry(inner);
      metrics[key] = number;
    }
  }
  return { outputs, metrics };
}

const writeTop = (writer: ProtoWriter, { count, tokens, logprobs }: TopLogprobs): ProtoWriter =>
  writer
    .bytes(1, rawBytes(tokens))
    .bytes(2, rawBytes(logprobs.map((value) => (Number.isNaN(value) ? noLogprob : value))))
    .integer(3, count)
    .integer(4, tokens.length / count);

function writeTargets(writer: ProtoWriter, { values, shape, sparse }: TargetLogprobs): void {
  if (sparse)
    writer.message(2, (inner) =>
      inner
        .bytes(1, rawBytes(values))
        .bytes(2, rawBytes(toInt64(sparse.rows)))
        .bytes(3, rawBytes(toInt64(sparse.columns))),
    );
  else writer.bytes(1, rawBytes(values));
  writer.integer(3, dtype.float32).integers(4, shape);
}

/** The reason `stop` is the default of its field and is not written. */
export function encodeSampleResult(result: SampleResult): Uint8Array<ArrayBuffer> {
  const { sequences, promptLogprobs, promptTop, targetLogprobs } = result;
  const writer = new ProtoWriter();
  for (const { stopReason, tokens, logprobs, top } of sequences) {
    writer.message(1, (sequence) => {
      if (stopReason === 'length') sequence.integer(1, 1);
      sequence.bytes(2, rawBytes(tokens)).bytes(3, rawBytes(logprobs));
      if (top) sequence.message(4, (inner) => writeTop(inner, top));
    });
  }
  if (promptLogprobs) writer.bytes(2, rawBytes(promptLogprobs));
  if (promptTop) writer.message(3, (inner) => writeTop(inner, promptTop));
  if (targetLogprobs) writer.message(5, (inner) => writeTargets(inner, targetLogprobs));
  return writer.finish();
}

/** @throws RangeError for what is not such a message. */
export function decodeSampleResult(bytes: Uint8Array): SampleResult {
  const sequences: SampledSequence[] = [];
  let promptLogprobs: Float32Array | undefined;
  for (const { field, bytes: inner } of readProto(bytes)) {
    if (field === 2) promptLogprobs = float32s(inner);
    if (field !== 1) continue;
    let stopReason: SampledSequence['stopReason'] = 'stop';
    let tokens = new Int32Array();
    let logprobs = new Float32Array();
    for (const { field: part, number, bytes: value } of readProto(inner)) {
      if (part === 1 && number === 1) stopReason = 'length';
      else if (part === 2) tokens = Int32Array.from(int32s(value));
      else if (part === 3) logprobs = Float32Array.from(float32s(value));
    }
    sequences.push({ stopReason, tokens, logprobs });
  }
  return { sequences, ...(promptLogprobs ? { promptLogprobs } : {}) };
}
