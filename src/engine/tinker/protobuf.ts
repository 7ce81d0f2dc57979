/**
 * @file The protobuf wire format (proto3), as far as the Tinker messages use it: varints, doubles, length-delimited fields. A dozen
 * small messages do not need a library and a schema compiler.
 */

const varint = 0;
const fixed64 = 1;
const delimited = 2;
const fixed32 = 5;

const textEncoder = new TextEncoder();
const textDecoder = new TextDecoder();

/** Writes the fields of one message, in the order of the calls. */
export class ProtoWriter {
  private readonly parts: Uint8Array[] = [];
  private size = 0;

  private push(bytes: Uint8Array): void {
    this.parts.push(bytes);
    this.size += bytes.length;
  }

  private writeVarint(value: bigint): void {
    const bytes: number[] = [];
    // Negative numbers take ten bytes, as 64-bit two's complement.
    let rest = BigInt.asUintN(64, value);
    while (rest > 127n) {
      bytes.push(Number(rest & 127n) | 128);
      rest >>= 7n;
    }
    bytes.push(Number(rest));
    this.push(Uint8Array.from(bytes));
  }

  private tag(field: number, type: number): void {
    this.writeVarint(BigInt(field * 8 + type));
  }

  integer(field: number, value: number): this {
    this.tag(field, varint);
    this.writeVarint(BigInt(value));
    return this;
  }

  double(field: number, value: number): this {
    this.tag(field, fixed64);
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setFloat64(0, value, true);
    this.push(bytes);
    return this;
  }

  bytes(field: number, value: Uint8Array): this {
    this.tag(field, delimited);
    this.writeVarint(BigInt(value.length));
    this.push(value);
    return this;
  }

  string(field: number, value: string): this {
    return this.bytes(field, textEncoder.encode(value));
  }

  /** A nested message. */
  message(field: number, write: (writer: ProtoWriter) => void): this {
    const inner = new ProtoWriter();
    write(inner);
    this.tag(field, delimited);
    this.writeVarint(BigInt(inner.size));
    this.parts.push(...inner.parts);
    this.size += inner.size;
    return this;
  }

  /** A repeated integer field in its packed form. */
  integers(field: number, values: readonly number[]): this {
    return this.message(field, (inner) => {
      for (const value of values) inner.writeVarint(BigInt(value));
    });
  }

  finish(): Uint8Array<ArrayBuffer> {
    const out = new Uint8Array(this.size);
    let offset = 0;
    for (const part of this.parts) {
      out.set(part, offset);
      offset += part.length;
    }
    return out;
  }
}

/** A field as it lies on the wire. */
export interface ProtoField {
  readonly field: number;
  /** Of a varint, sign-extended from 64 bits; of a fixed field, its bits as a float. */
  readonly number: number;
  /** Of a length-delimited field; empty otherwise. */
  readonly bytes: Uint8Array;
}

const noBytes = new Uint8Array();

/**
 * The fields of a message, in order.
 *
 * @throws RangeError when the bytes end within a field or are no message.
 */
export function* readProto(bytes: Uint8Array): Generator<ProtoField> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const next = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = view.getUint8(at++);
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
    throw new RangeError(`protobuf: a varint at byte ${at} has more than ten bytes`);
  };
  while (at < bytes.length) {
    const tag = Number(next());
    const field = Math.floor(tag / 8);
    switch (tag % 8) {
      case varint:
        yield { field, number: Number(BigInt.asIntN(64, next())), bytes: noBytes };
        break;
      case fixed64:
        yield { field, number: view.getFloat64(at, true), bytes: noBytes };
        at += 8;
        break;
      case delimited: {
        const length = Number(next());
        if (at + length > bytes.length)
          throw new RangeError(`protobuf: field ${field} has ${length} bytes, ${bytes.length - at} are left`);
        yield { field, number: 0, bytes: bytes.subarray(at, at + length) };
        at += length;
        break;
      }
      case fixed32:
        yield { field, number: view.getFloat32(at, true), bytes: noBytes };
        at += 4;
        break;
      default:
        throw new RangeError(`protobuf: field ${field} has the unknown wire type ${tag % 8}`);
    }
  }
}

/** A string field: UTF-8, with the replacement character for what is none. */
export const protoText = (bytes: Uint8Array): string => textDecoder.decode(bytes);
