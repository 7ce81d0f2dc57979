/**
 * @file Lines of a byte stream in bounded memory: a line that is too long is skipped to its end and told, and the next one
 * is read as usual.
 */

import { checkSize } from './bytes.ts';
import { QuarantineError, type ReadLimits } from './reader.ts';

const newline = 10;

export interface ByteLine {
  /** From 1. */
  readonly number: number;
  /** Without the line end; undefined for a line above the limit. */
  readonly bytes: Uint8Array | undefined;
}

/** Every line, the last one also without a line end. */
export async function* byteLines(bytes: AsyncIterable<Uint8Array>, limits: ReadLimits): AsyncGenerator<ByteLine> {
  let number = 1;
  let open: Uint8Array[] = [];
  let length = 0;
  const close = (): ByteLine => {
    const line = length > limits.maxDocumentBytes ? undefined : Buffer.concat(open, length);
    open = [];
    length = 0;
    return { number: number++, bytes: line };
  };
  const add = (piece: Uint8Array): void => {
    length += piece.length;
    if (length > limits.maxDocumentBytes) open = [];
    else if (piece.length > 0) open.push(piece);
  };
  for await (const chunk of bytes) {
    let from = 0;
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
      add(chunk.subarray(from, at));
      yield close();
      from = at + 1;
    }
    add(chunk.subarray(from));
  }
  if (length > 0) yield close();
}

/** The line's bytes. @throws QuarantineError `too-large` for a line above the limit. */
export function lineBytes(line: ByteLine, limits: ReadLimits): Uint8Array {
  if (line.bytes === undefined) checkSize(limits.maxDocumentBytes + 1, limits);
  if (line.bytes === undefined) throw new QuarantineError('too-large', 'the line is too long');
  return line.bytes;
}
