/**
 * @file Lines of a byte stream in bounded memory: a line that is too long is skipped to its end and told, and the next one is read as
 * usual. A line ends with LF, CR or both, as Python's text files do.
 */

import { tooLarge } from './bytes.ts';
import type { ReadLimits } from './reader.ts';

const [lf, cr] = [10, 13];

/** One line as bytes. */
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
  // The LF after a CR belongs to its line end, also where it begins the next chunk.
  let afterCr = false;
  const close = (): ByteLine => {
    const line =
      length > limits.maxDocumentBytes ? undefined : open.length === 1 ? open[0] : Buffer.concat(open, length);
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
    let from = afterCr && chunk[0] === lf ? 1 : 0;
    if (chunk.length > 0) afterCr = false;
    let nextCr = chunk.indexOf(cr, from);
    let nextLf = chunk.indexOf(lf, from);
    while (nextLf >= 0 || nextCr >= 0) {
      const at = nextCr >= 0 && (nextLf < 0 || nextCr < nextLf) ? nextCr : nextLf;
      add(chunk.subarray(from, at));
      yield close();
      from = at + (at === nextCr && at + 1 === nextLf ? 2 : 1);
      afterCr = chunk[at] === cr && at === chunk.length - 1;
      if (nextCr >= 0 && nextCr < from) nextCr = chunk.indexOf(cr, from);
      if (nextLf >= 0 && nextLf < from) nextLf = chunk.indexOf(lf, from);
    }
    add(chunk.subarray(from));
  }
  if (length > 0) yield close();
}

/** The line's bytes. @throws QuarantineError `too-large` for a line above the limit. */
export function lineBytes({ bytes }: Pick<ByteLine, 'bytes'>, limits: ReadLimits): Uint8Array {
  if (bytes === undefined) throw tooLarge(limits.maxDocumentBytes + 1, limits);
  return bytes;
}
