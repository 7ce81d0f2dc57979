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

/** UTF-8 text, with or without a byte order mark. @throws QuarantineError `binary` or `not-utf8`. */
export function decodeUtf8(bytes: Uint8Array): string {
  if (bytes.includes(0)) throw new QuarantineError('binary', 'got binary data, expected plain text');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new QuarantineError('not-utf8', 'got bytes that are not UTF-8, expected plain text', { cause });
  }
}
