/**
 * @file The messages of the Tinker protocol (protobuf package `tinker_public`, tinker 0.25 to 0.38) that travel as protobuf, in both
 * directions: the client writes requests and reads results, the server of `golongrl engine serve` reads requests and writes
 * results. Raw arrays are little-endian, like every machine that this runs on.
 */
import { ProtoWriter, protoText, readProto } from '../../protobuf.ts';

/** Content type of protobuf bodies in both directions. */
export const protoType = 'application/x-protobuf';

/** One sequence with what the loss needs of each of its N positions. */
export interface Datum {
  /** [N] */
  readonly tokens: Int32Array;
  /** `target_tokens` (integers), `logprobs`, `advantages`, `weights`: [N] each. */
  readonly inputs: Readonly<Record<string, Int32Array | Float32Array>>;
}

/** Body of forward_backward and forward; numbers of `lossConfig` are the loss function's settings. */
export interface ForwardBackwardRequest {
  readonly modelId: string;
  readonly seqId: number;
  readonly data: readonly Datum[];
  readonly lossFn: string;
  readonly lossConfig: Readonly<Record<string, number>>;
  readonly forwardOnly: boolean;
}

/** Outputs in the order of the request's datums. */
export interface ForwardBackwardResult {
  /** By datum: the arrays that the loss returns, `logprobs` always among them. */
  readonly outputs: readonly Readonly<Record<string, Float32Array>>[];
  readonly metrics: Readonly<Record<string, number>>;
}

/** [R] tokens and their log-probabilities, natural log. */
export interface SampledSequence {
  readonly stopReason: 'stop' | 'length';
  readonly tokens: Int32Array;
  readonly logprobs: Float32Array;
}

/** All sequences of one prompt. */
export interface SampleResult {
  readonly sequences: readonly SampledSequence[];
  /** [P], NaN where the server has none: the first position, and every one but for requests that ask. */
  readonly promptLogprobs?: Float32Array;
}

const dtype = { float32: 1, int64: 2, int32: 3 } as const;

const rawBytes = (values: Int32Array | Float32Array | BigInt64Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

const toInt64 = (values: ArrayLike<number>): BigInt64Array => BigInt64Array.from(Array.from(values), BigInt);

/** A copy: raw bytes need not be aligned. */
const int32s = (bytes: Uint8Array): Int32Array => new Int32Array(bytes.slice().buffer);
const float32s = (bytes: Uint8Array): Float32Array => new Float32Array(bytes.slice().buffer);
const int64s = (bytes: Uint8Array): number[] => Array.from(new BigInt64Array(bytes.slice().buffer), Number);

/** Whole numbers as they are: a larger one would become another number. @throws RangeError naming one that 32 bits do not hold. */
export function toInt32s(values: readonly number[]): Int32Array {
  const wrong = values.find((value) => (value | 0) !== value);
  if (wrong !== undefined)
    throw new RangeError(`got ${wrong}, expected whole numbers of 32 bits: no model has such a token`);
  return Int32Array.from(values);
}

/** Bytes that a datum takes in a request, about: what servers count against their limit. */
export const datumBytes = ({ tokens, inputs }: Datum): number =>
  4 * tokens.length +
  Object.values(inputs).reduce((sum, values) => sum + (values instanceof Int32Array ? 8 : 4) * values.length, 0);

function writeTensor(writer: ProtoWriter, values: Int32Array | Float32Array): void {
  const integers = values instanceof Int32Array;
  writer.bytes(1, rawBytes(integers ? toInt64(values) : values));
  writer.integer(3, integers ? dtype.int64 : dtype.float32).integers(4, [values.length]);
}

function writeDatum(writer: ProtoWriter, { tokens, inputs }: Datum): void {
  writer.message(1, (chunk) => chunk.message(1, (text) => text.bytes(1, rawBytes(tokens))));
  for (const [name, values] of Object.entries(inputs)) {
    writer.message(2, (entry) => entry.string(1, name).message(2, (tensor) => writeTensor(tensor, values)));
  }
}

/** The body as protobuf; `forwardOnly` is written only where it is true. */
export function encodeForwardBackward(request: ForwardBackwardRequest): Uint8Array<ArrayBuffer> {
  const writer = new ProtoWriter().string(1, request.modelId).integer(2, request.seqId);
  for (const datum of request.data) writer.message(3, (inner) => writeDatum(inner, datum));
  writer.string(4, request.lossFn);
  for (const [key, value] of Object.entries(request.lossConfig)) {
    writer.message(5, (entry) => entry.string(1, key).double(2, value));
  }
  if (request.forwardOnly) writer.integer(6, 1);
  return writer.finish();
}

/** The same request as JSON, for servers that know no protobuf. */
export function forwardBackwardJson({ modelId, seqId, data, lossFn, lossConfig }: ForwardBackwardRequest, key: string) {
  return {
    model_id: modelId,
    seq_id: seqId,
    [key]: {
      data: data.map(({ tokens, inputs }) => ({
        model_input: { chunks: [{ type: 'encoded_text', tokens: Array.from(tokens) }] },
        loss_fn_inputs: Object.fromEntries(
          Object.entries(inputs).map(([name, values]) => [
            name,
            {
              data: Array.from(values),
              dtype: values instanceof Int32Array ? 'int64' : 'float32',
              shape: [values.length],
            },
          ]),
        ),
      })),
      loss_fn: lossFn,
      ...(Object.keys(lossConfig).length === 0 ? {} : { loss_fn_config: lossConfig }),
    },
  };
}

function readTensor(bytes: Uint8Array): Int32Array | Float32Array {
  let data: Uint8Array = new Uint8Array();
  let type = 0;
  for (const { field, number, bytes: inner } of readProto(bytes)) {
    if (field === 1) data = inner;
    else if (field === 2) throw new RangeError('sparse tensors are not supported');
    else if (field === 3) type = number;
  }
  if (type === dtype.int64) return toInt32s(int64s(data));
  if (type === dtype.int32) return int32s(data);
  if (type === dtype.float32) return float32s(data);
  throw new RangeError(`tensors of dtype ${type} are not supported`);
}

function readChunk(bytes: Uint8Array): Int32Array {
  for (const { field, bytes: chunk } of readProto(bytes)) {
    if (field !== 1) throw new RangeError('only text can be in a model input');
    for (const { field: inner, bytes: tokens } of readProto(chunk)) if (inner === 1) return int32s(tokens);
  }
  return new Int32Array();
}

function readEntry(bytes: Uint8Array): { key: string; value: Uint8Array; number: number } {
  const entry = { key: '', value: new Uint8Array() as Uint8Array, number: 0 };
  for (const { field, number, bytes: inner } of readProto(bytes)) {
    if (field === 1) entry.key = protoText(inner);
    else if (field === 2) {
      entry.value = inner;
      entry.number = number;
    }
  }
  return entry;
}

/** One after the other, in a new array. */
export function concatenate(parts: readonly Int32Array[]): Int32Array {
  const out = new Int32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function readDatum(bytes: Uint8Array): Datum {
  const chunks: Int32Array[] = [];
  const inputs: Record<string, Int32Array | Float32Array> = {};
  for (const { field, bytes: inner } of readProto(bytes)) {
    if (field === 1) chunks.push(readChunk(inner));
    else if (field === 2) {
      const { key, value } = readEntry(inner);
      inputs[key] = readTensor(value);
    }
  }
  return { tokens: concatenate(chunks), inputs };
}

/** @throws RangeError for what is not such a message. */
export function decodeForwardBackward(bytes: Uint8Array): ForwardBackwardRequest {
  const request = { modelId: '', seqId: 0, lossFn: '', forwardOnly: false };
  const data: Datum[] = [];
  const lossConfig: Record<string, number> = {};
  for (const { field, number, bytes: inner } of readProto(bytes)) {
    if (field === 1) request.modelId = protoText(inner);
    else if (field === 2) request.seqId = number;
    else if (field === 3) data.push(readDatum(inner));
    else if (field === 4) request.lossFn = protoText(inner);
    else if (field === 5) {
      const { key, number: value } = readEntry(inner);
      lossConfig[key] = value;
    } else if (field === 6) request.forwardOnly = number !== 0;
  }
  return { ...request, data, lossConfig };
}

/** Model and number of such a message, as far as it can be read: what stands behind them may be cut or of another form. */
export function readTrainingNumber(bytes: Uint8Array): Pick<ForwardBackwardRequest, 'modelId' | 'seqId'> {
  const out = { modelId: '', seqId: 0 };
  try {
    for (const { field, number, bytes: inner } of readProto(bytes)) {
      if (field === 1) out.modelId = protoText(inner);
      else if (field === 2) out.seqId = number;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return out;
}

/** `outputType` names what the loss returns; the arrays of one name lie in one buffer, at offsets in bytes. */
export function encodeForwardBackwardResult(
  { outputs, metrics }: ForwardBackwardResult,
  outputType: string,
): Uint8Array<ArrayBuffer> {
  const writer = new ProtoWriter().string(1, outputType);
  const names = Object.keys(outputs[0] ?? {});
  writer.message(2, (record) => {
    record.string(1, outputType);
    for (const name of names) {
      const arrays = outputs.map((output) => output[name] ?? new Float32Array());
      const offsets = [0];
      for (const { byteLength } of arrays) offsets.push((offsets.at(-1) ?? 0) + byteLength);
      const data = new Uint8Array(offsets.at(-1) ?? 0);
      for (const [index, array] of arrays.entries()) data.set(rawBytes(array), offsets[index] ?? 0);
      record.message(2, (entry) =>
        entry.string(1, name).message(2, (tensor) =>
          tensor
            .bytes(1, data)
            .bytes(2, rawBytes(toInt64(offsets)))
            .integer(3, dtype.float32),
        ),
      );
    }
    record.integer(3, outputs.length);
  });
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

/** The reason `stop` is the default of its field and is not written. */
export function encodeSampleResult({ sequences, promptLogprobs }: SampleResult): Uint8Array<ArrayBuffer> {
  const writer = new ProtoWriter();
  for (const { stopReason, tokens, logprobs } of sequences) {
    writer.message(1, (sequence) => {
      if (stopReason === 'length') sequence.integer(1, 1);
      sequence.bytes(2, rawBytes(tokens)).bytes(3, rawBytes(logprobs));
    });
  }
  if (promptLogprobs) writer.bytes(2, rawBytes(promptLogprobs));
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
