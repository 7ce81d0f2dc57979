/**
 * @file Bytes of a file as a bounded stream: unpacked on the way where the file is gzipped, stopped where a document would
 * not fit the memory or the file expands like a bomb.
 */
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { QuarantineError, type ReadLimits } from './reader.ts';

const mebibytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`;

/** The error for a document of at least so many bytes. */
export function tooLarge(bytes: number, { maxDocumentBytes: allowed }: ReadLimits): QuarantineError {
  return new QuarantineError(
    'too-large',
    `at least ${bytes} bytes, at most ${allowed} (${mebibytes(allowed)}) are read`,
  );
}

/** @throws QuarantineError `too-large`. */
export function checkSize(bytes: number, limits: ReadLimits): void {
  if (bytes > limits.maxDocumentBytes) throw tooLarge(bytes, limits);
}

/** @throws QuarantineError `expands-too-far`. */
export function checkExpansion(packed: number, unpacked: number, limits: ReadLimits): void {
  if (unpacked <= limits.maxDocumentBytes || unpacked <= limits.maxExpansion * packed) return;
  const message = `${packed} packed bytes unpack to ${unpacked} and more, at most ${limits.maxExpansion} times as many are read`;
  throw new QuarantineError('expands-too-far', message);
}

/** Packed bytes that are unpacked at a time: 16 MiB of zeros at most. */
const packedPiece = 2 ** 14;

/** Unpacks piece by piece; a failing stream would drop what waits in it. */
class Unpacker {
  private readonly gunzip = createGunzip({ chunkSize: 2 ** 18 });
  private ready: Uint8Array[] = [];
  private failure: Error | undefined;
  /** After the last member: zeros that pad a file end the stream by themselves. */
  private ended = false;
  private goOn: () => void = () => undefined;

  constructor() {
    this.gunzip.on('data', (chunk: Uint8Array) => this.ready.push(chunk));
    this.gunzip.on('error', (error) => {
      this.failure = error;
      this.goOn();
    });
    this.gunzip.on('end', () => {
      this.ended = true;
      this.goOn();
    });
  }

  private async step(act: (done: () => void) => void): Promise<void> {
    if (this.failure !== undefined || this.ended) return;
    await new Promise<void>((resolve) => {
      this.goOn = resolve;
      act(resolve);
    });
    // Chunks that have waited are told a turn later.
    await new Promise(setImmediate);
  }

  /** Takes packed bytes; without any, their end. */
  push(packed?: Uint8Array): Promise<void> {
    if (packed !== undefined) return this.step((done) => void this.gunzip.write(packed, () => done()));
    return this.step(() => void this.gunzip.end());
  }

  /** What is unpacked since the last call. @throws QuarantineError `corrupt`, once all before the damage is taken. */
  take(): Uint8Array[] {
    const taken = this.ready;
    this.ready = [];
    if (taken.length === 0 && this.failure !== undefined) throw gzipError(this.failure);
    return taken;
  }

  close(): void {
    this.gunzip.destroy();
  }
}

/**
 * The bytes of a gzip stream of one member or several. What unpacks before a damage or a cut is given first.
 *
 * @throws QuarantineError `corrupt` or `expands-too-far`.
 */
export async function* gunzipBytes(packed: AsyncIterable<Uint8Array>, limits: ReadLimits): AsyncGenerator<Uint8Array> {
  const unpacker = new Unpacker();
  let [read, written] = [0, 0];
  function* taken(): Generator<Uint8Array> {
    for (let chunks = unpacker.take(); chunks.length > 0; chunks = unpacker.take())
      for (const chunk of chunks) {
        written += chunk.length;
        checkExpansion(read, written, limits);
        yield chunk;
      }
  }
  try {
    for await (const chunk of packed)
      for (let from = 0; from < chunk.length; from += packedPiece) {
        const piece = chunk.subarray(from, from + packedPiece);
        read += piece.length;
        await unpacker.push(piece);
        yield* taken();
      }
    await unpacker.push();
    yield* taken();
  } finally {
    unpacker.close();
  }
}

/** What is wrong with the packed bytes, or the error of the file under them. */
function gzipError(cause: Error): Error {
  const code = 'code' in cause ? String(cause.code) : '';
  if (!code.startsWith('Z_')) return cause;
  const what =
    code === 'Z_BUF_ERROR' ? 'the gzip data ends early: the file is cut' : `the gzip data is damaged (${code})`;
  return new QuarantineError('corrupt', what, { cause });
}

/** A file's bytes in chunks of 256 KiB. */
export async function* fileBytes(file: string): AsyncGenerator<Uint8Array> {
  const stream = createReadStream(file, { highWaterMark: 2 ** 18 });
  try {
    for await (const chunk of stream) yield chunk as Uint8Array;
  } finally {
    stream.destroy();
  }
}

/** A stream without its first bytes. */
export async function* skipBytes(bytes: AsyncIterable<Uint8Array>, count: number): AsyncGenerator<Uint8Array> {
  let left = count;
  for await (const chunk of bytes) {
    const cut = Math.min(left, chunk.length);
    left -= cut;
    if (chunk.length > cut) yield cut === 0 ? chunk : chunk.subarray(cut);
  }
}

/** The whole stream in one array. @throws QuarantineError `too-large` as soon as it is. */
export async function collectBytes(bytes: AsyncIterable<Uint8Array>, limits: ReadLimits): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    checkSize(length, limits);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

/** The beginning of a stream, and the whole of it. */
export interface Peeked {
  readonly head: Uint8Array;
  /** Whether the head is all there is. */
  readonly complete: boolean;
  /** From the first byte on; readable once. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Reads the beginning of a stream, until it is enough or the end. */
export async function peekBytes(
  bytes: AsyncIterable<Uint8Array>,
  enough: (head: Uint8Array) => boolean,
): Promise<Peeked> {
  const rest = bytes[Symbol.asyncIterator]();
  let head = new Uint8Array(0);
  let done = false;
  // A damage is told after the bytes before it.
  let failure: { readonly error: unknown } | undefined;
  while (!done && failure === undefined && !enough(head)) {
    try {
      const next = await rest.next();
      if (next.done === true) done = true;
      else head = Buffer.concat([head, next.value]);
    } catch (error) {
      failure = { error };
    }
  }
  async function* whole(): AsyncGenerator<Uint8Array> {
    try {
      if (head.length > 0) yield head;
      if (failure !== undefined) throw failure.error;
      for (let next = done ? undefined : await rest.next(); next?.done === false; next = await rest.next())
        yield next.value;
    } finally {
      await rest.return?.();
    }
  }
  return { head, complete: done, bytes: whole() };
}

/** Unpacked where its first bytes say that it is gzipped. */
export async function* unpackedBytes(bytes: AsyncIterable<Uint8Array>, limits: ReadLimits): AsyncGenerator<Uint8Array> {
  const peeked = await peekBytes(bytes, (head) => head.length >= 2);
  const gzipped = peeked.head[0] === 0x1f && peeked.head[1] === 0x8b;
  yield* gzipped ? gunzipBytes(peeked.bytes, limits) : peeked.bytes;
}

/** The share of zero bytes that a text may have by an accident. */
const mostZeros = 0.002;

/** A text without the zero bytes that slipped into it. @throws QuarantineError `binary` where there are more, or other controls. */
export function withoutZeros(bytes: Uint8Array): Uint8Array {
  if (!bytes.includes(0)) return bytes;
  const kept = bytes.filter((byte) => byte !== 0);
  const controls = kept.reduce((count, byte) => count + (byte < 7 || (byte > 13 && byte < 27) ? 1 : 0), 0);
  if (bytes.length - kept.length <= mostZeros * bytes.length && controls === 0) return kept;
  throw new QuarantineError('binary', 'got binary data, expected plain text');
}

/** The reason of `not-utf8`. */
export const notUtf8 = 'got bytes that are not UTF-8; the encoding could not be told, and can be named';

/** UTF-8 text, with or without a byte order mark. @throws QuarantineError `binary` or `not-utf8`. */
export function decodeUtf8(bytes: Uint8Array): string {
  if (bytes.includes(0)) throw new QuarantineError('binary', 'got binary data, expected plain text');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new QuarantineError('not-utf8', notUtf8, { cause });
  }
}
