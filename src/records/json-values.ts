/**
 * @file Cuts a stream of JSON into values without parsing them: the elements of an array, or objects that stand one after the other.
 * Brackets inside of strings do not count. It works on bytes, because none of these marks occurs inside a character of several.
 */
import { QuarantineError, type ReadLimits } from './reader.ts';

const [quote, backslash, comma, open, close, brace, unbrace, lf] = [0x22, 0x5c, 0x2c, 0x5b, 0x5d, 0x7b, 0x7d, 10];

/** One value as bytes. */
export interface JsonPiece {
  /** Undefined for a value above the limit. */
  readonly bytes: Uint8Array | undefined;
  /** In which it begins, from 1. */
  readonly line: number;
}

const isSpace = (code: number): boolean => code === 32 || code === lf || code === 13 || code === 9;

const corrupt = (why: string): QuarantineError => new QuarantineError('corrupt', why);

/** An array inside of an object: the line in which it begins. What follows it is not looked at but for the object's end. */
export interface Inside {
  readonly line: number;
}

/**
 * The elements of an array (`base` 1), or the objects of the stream (`base` 0).
 *
 * @throws QuarantineError `corrupt` when the JSON does not end, or when there is something beside the values
 */
export async function* jsonValues(
  bytes: AsyncIterable<Uint8Array>,
  base: 0 | 1,
  limits: ReadLimits,
  inside?: Inside,
): AsyncGenerator<JsonPiece> {
  let [depth, line, start] = [0, inside?.line ?? 1, 0];
  let [quoted, escaped, over, afterComma] = [false, false, false, false];
  let lastCode = 0;
  let parts: Uint8Array[] = [];
  let size = 0;
  const add = (piece: Uint8Array): void => {
    size += piece.length;
    if (size > limits.maxDocumentBytes) parts = [];
    else if (piece.length > 0) parts.push(piece);
  };
  const take = (): JsonPiece => {
    const piece = { bytes: size > limits.maxDocumentBytes ? undefined : Buffer.concat(parts, size), line: start };
    parts = [];
    [size, start] = [0, 0];
    return piece;
  };
  for await (const chunk of bytes) {
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      const code = chunk[at] ?? 0;
      if (quoted) {
        if (escaped) escaped = false;
        else if (code === backslash) escaped = true;
        else if (code === quote) quoted = false;
        continue;
      }
      if (code === lf) line++;
      if (isSpace(code)) continue;
      if (over) {
        if (inside === undefined) throw corrupt(`text after the end of the JSON, in line ${line}`);
        lastCode = code;
        continue;
      }
      const outside = depth === 0 && (base === 1 ? code !== open : code !== brace && code !== open);
      if (outside) throw corrupt(`got "${String.fromCharCode(code)}" between JSON values, in line ${line}`);
      if (depth === base && start === 0 && code !== comma && code !== close) [start, from] = [line, at];
      if (code === quote) quoted = true;
      else if (code === open || code === brace) depth++;
      else if (code === close || code === unbrace) depth--;
      const ended = base === 1 ? depth === 0 || (code === comma && depth === 1) : depth === 0;
      if (!ended) continue;
      if (base === 1 && start === 0 && (code === comma || afterComma))
        throw corrupt(`an element of the array is missing, in line ${line}`);
      afterComma = code === comma;
      over = base === 1 && depth === 0;
      if (start === 0) continue;
      add(chunk.subarray(from, base === 0 ? at + 1 : at));
      yield take();
    }
    if (start !== 0) add(chunk.subarray(from));
  }
  if (depth !== 0 || quoted || (inside !== undefined && lastCode !== unbrace)) throw corrupt('the JSON does not end');
}
