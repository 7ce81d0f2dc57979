/**
 * @file Training requests of the Tinker protocol (protobuf package `tinker_public`, tinker 0.25 to 0.38) in both directions: the client
 * writes them, the server of `golongrl engine serve` reads them.
 */
import { ProtoWriter, protoText, readProto } from '../../protobuf.ts';
import { int32s, rawBytes, readTensor, writeTensor } from './wire-tensors.ts';

/** Content type of protobuf bodies in both directions. */
export const protoType = 'application/x-protobuf';

/** One sequence with what the loss needs of each of its N positions. */
export interface Datum {
  /** [N] */
  readonly tokens: Int32Array;
  /** `target_tokens` (integers), `logprobs`, `advantages`, `weights`, `mask`: [N] each, or [N K] of soft targets. */
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

/** Bytes that a datum takes in a request, about: what servers count against their limit. */
export const datumBytes = ({ tokens, inputs }: Datum): number =>
  4 * tokens.length +
  Object.values(inputs).reduce((sum, values) => sum + (values instanceof Int32Array ? 8 : 4) * values.length, 0);

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

function readChunk(bytes: Uint8Array): Int32Array {
  for (const { field, bytes: chunk } of readProto(bytes)) {
    if (field !== 1) throw new RangeError('only text can be in a model input');
    for (const { field: inner, bytes: tokens } of readProto(chunk)) if (inner === 1) return int32s(tokens);
  }
  return new Int32Array();
}

export function readEntry(bytes: Uint8Array): { key: string; value: Uint8Array; number: number } {
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
