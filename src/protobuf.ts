/**
 * @file Messages of protobuf (proto3) field by field, on protobufjs: the messages of Tinker and TensorBoard are a dozen, large fields raw arrays, and a
 * schema compiler would copy those into lists of numbers.
 */
import protobuf from 'protobufjs/minimal.js';

const varint = 0;
const fixed64 = 1;
const delimited = 2;
const fixed32 = 5;

/** Writes the fields of one message, in the order of the calls. */
export class ProtoWriter {
  private readonly writer: protobuf.Writer;

  constructor(writer = new protobuf.Writer()) {
    this.writer = writer;
  }

  private tag(field: number, type: number): protobuf.Writer {
    return this.writer.uint32(field * 8 + type);
  }

  /** A whole number up to 2^53 in size. */
  integer(field: number, value: number): this {
    this.tag(field, varint).int64(value);
    return this;
  }

  double(field: number, value: number): this {
    this.tag(field, fixed64).double(value);
    return this;
  }

  float(field: number, value: number): this {
    this.tag(field, fixed32).float(value);
    return this;
  }

  bytes(field: number, value: Uint8Array): this {
    this.tag(field, delimited).bytes(value);
    return this;
  }

  string(field: number, value: string): this {
    this.tag(field, delimited).string(value);
    return this;
  }

  /** A nested message. */
  message(field: number, write: (writer: ProtoWriter) => void): this {
    this.tag(field, delimited).fork();
    write(this);
    this.writer.ldelim();
    return this;
  }

  /** A repeated integer field in its packed form. */
  integers(field: number, values: readonly number[]): this {
    this.tag(field, delimited).fork();
    for (const value of values) this.writer.int64(value);
    this.writer.ldelim();
    return this;
  }

  /** The bytes of the message, in an array of their own. */
  finish(): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(this.writer.finish());
  }
}

/** A field as it lies on the wire. */
export interface ProtoField {
  readonly field: number;
  /** Of a varint, sign-extended from 64 bits; of a fixed field, its bits as a float. */
  readonly number: number;
  /** Of a length-delimited field; empty otherwise. Shares the memory of the message. */
  readonly bytes: Uint8Array;
}

const noBytes = new Uint8Array();

/** Whole numbers come as `Long` where that package is installed, which protobufjs sees to; it becomes a number by way of its digits. */
const numberOf = (value: number | protobuf.Long): number => Number(value);

/** protobufjs has no kind of its own for bytes that are no number. */
function rangeError(error: unknown): unknown {
  return error instanceof Error ? new RangeError(`protobuf: ${error.message}`, { cause: error }) : error;
}

/**
 * The fields of a message, in order.
 *
 * @throws RangeError when the bytes end within a field or are no message.
 */
export function* readProto(bytes: Uint8Array): Generator<ProtoField> {
  const reader = new protobuf.Reader(bytes);
  while (reader.pos < reader.len) yield readField(reader, bytes);
}

function readField(reader: protobuf.Reader, bytes: Uint8Array): ProtoField {
  try {
    const tag = reader.uint32();
    const field = tag >>> 3;
    switch (tag & 7) {
      case varint:
        return { field, number: numberOf(reader.int64()), bytes: noBytes };
      case fixed64:
        return { field, number: reader.double(), bytes: noBytes };
      case delimited: {
        const length = reader.uint32();
        const start = reader.pos;
        reader.skip(length);
        return { field, number: 0, bytes: bytes.subarray(start, reader.pos) };
      }
      case fixed32:
        return { field, number: reader.float(), bytes: noBytes };
      default:
        throw new RangeError(`field ${field} has the unknown wire type ${tag & 7}`);
    }
  } catch (error) {
    throw rangeError(error);
  }
}

/** The whole numbers of a packed field. @throws RangeError when the bytes end within one. */
export function readPacked(bytes: Uint8Array): number[] {
  const reader = new protobuf.Reader(bytes);
  const out: number[] = [];
  try {
    while (reader.pos < reader.len) out.push(numberOf(reader.int64()));
  } catch (error) {
    throw rangeError(error);
  }
  return out;
}

const textDecoder = new TextDecoder();
/** A string field: UTF-8, with the replacement character for what is none. */
export const protoText = (bytes: Uint8Array): string => textDecoder.decode(bytes);
