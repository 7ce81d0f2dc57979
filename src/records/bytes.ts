/**
 * @file Bytes of a file as a bounded stream: unpacked on the way where the file is gzipped, stopped where a document would
 * not fit the memory or the file expands like a bomb.
 */
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { QuarantineError, type ReadLimits } from './reader.ts';

const mebibytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`;

/** @throws QuarantineError `too-large`. */
export function checkSize(bytes: number, limits: ReadLimits): void {
  if (bytes <= limits.maxDocumentBytes) return;
  const allowed = limits.maxDocumentBytes;
  throw new QuarantineError(
    'too-large',
    `at least ${bytes} bytes, at most ${allowed} (${mebibytes(allowed)}) are read`,
  );
}

/** @throws QuarantineError `expands-too-far`. */
export function checkExpansion(packed: number, unpacked: number, limits: ReadLimits): void {
  if (unpacked <= limits.maxDocumentBytes || unpacked <= limits.maxExpansion * packed) return;
  const message = `${packed} packed bytes unpack to ${unpacked} and more, at most ${limits.maxExpansion} times as many are read`;
  throw new QuarantineError('expands-too-far', message);
}

/** The bytes of a gzip stream. @throws QuarantineError `corrupt` or `expands-too-far`. */
export async function* gunzipBytes(packed: AsyncIterable<Uint8Array>, limits: ReadLimits): AsyncGenerator<Uint8Array> {
  let read = 0;
  let written = 0;
  const counted = Readable.from(
    (async function* () {
      for await (const chunk of packed) {
        read += chunk.length;
        yield chunk;
      }
    })(),
  );
  const gunzip = createGunzip();
  // A failing disk must end the stream that is being read.
  counted.on('error', (error) => gunzip.destroy(error));
  try {
    for await (const chunk of counted.pipe(gunzip)) {
      written += chunk.length;
      checkExpansion(read, written, limits);
      yield chunk;
    }
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    if (!code.startsWith('Z_')) throw cause;
    throw new QuarantineError('corrupt', `the gzip data is damaged (${code})`, { cause });
  } finally {
    gunzip.destroy();
    counted.destroy();
  }
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

/** The beginning of a stream, until it is enough or the end, and the whole stream again. */
export async function peekBytes(
  bytes: AsyncIterable<Uint8Array>,
  enough: (head: Uint8Array) => boolean,
): Promise<{ readonly head: Uint8Array; readonly bytes: AsyncIterable<Uint8Array> }> {
  const rest = bytes[Symbol.asyncIterator]();
  let head = new Uint8Array(0);
  let done = false;
  while (!done && !enough(head)) {
    const next = await rest.next();
    if (next.done === true) done = true;
    else head = Buffer.concat([head, next.value]);
  }
  async function* whole(): AsyncGenerator<Uint8Array> {
    try {
      if (head.length > 0) yield head;
      for (let next = done ? undefined : await rest.next(); next?.done === false; next = await rest.next())
        yield next.value;
    } finally {
      await rest.return?.();
    }
  }
  return { head, bytes: whole() };
}

/** The text of a stream that its byte order mark calls UTF-16, as UTF-8; any other stream as it is. @throws QuarantineError `corrupt`. */
export async function* utf8Bytes(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const peeked = await peekBytes(bytes, (head) => head.length >= 2);
  const [first, second] = peeked.head;
  const label =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
  if (label === undefined) {
    yield* peeked.bytes;
    return;
  }
  const decoder = new TextDecoder(label, { fatal: true });
  try {
    for await (const chunk of peeked.bytes) yield Buffer.from(decoder.decode(chunk, { stream: true }));
    yield Buffer.from(decoder.decode());
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new QuarantineError('corrupt', 'the text is called UTF-16 by its first bytes, and is not', { cause });
  }
}

/** Unpacked where its first bytes say that it is gzipped. */
export async function* unpackedBytes(bytes: AsyncIterable<Uint8Array>, limits: ReadLimits): AsyncGenerator<Uint8Array> {
  const peeked = await peekBytes(bytes, (head) => head.length >= 2);
  const gzipped = peeked.head[0] === 0x1f && peeked.head[1] === 0x8b;
  yield* gzipped ? gunzipBytes(peeked.bytes, limits) : peeked.bytes;
}

/** UTF-8 text, with or without a byte order mark. @throws QuarantineError `binary` or `not-utf8`. */
export function decodeUtf8(bytes: Uint8Array): string {
  if (bytes.includes(0)) throw new QuarantineError('binary', 'got binary data, expected plain text');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new QuarantineError('not-utf8', 'got bytes that are not UTF-8, expected plain text', { cause });
  }
}
