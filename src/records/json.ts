/**
 * @file One JSON document: an array of objects, read element by element whatever its length, or one object, read whole.
 */
import { checkSize, decodeUtf8 } from './bytes.ts';
import { parseRow } from './jsonl.ts';
import { quarantined } from './quarantined.ts';
import { type Quarantined, QuarantineError, type ReaderInput, type ReadLimits, type Row } from './reader.ts';

const [quote, backslash, comma, open, close, brace, unbrace] = [0x22, 0x5c, 0x2c, 0x5b, 0x5d, 0x7b, 0x7d];

interface Element {
  readonly bytes: Uint8Array;
  /** False for the one object of a file that is no array. */
  readonly inArray: boolean;
}

/** Brackets inside of strings do not count. Bytes, because none of them occurs inside a character of several. */
async function* elements(bytes: AsyncIterable<Uint8Array>, limits: ReadLimits): AsyncGenerator<Element> {
  let depth = 0;
  let base: number | undefined;
  let [quoted, escaped] = [false, false];
  let parts: Uint8Array[] = [];
  let size = 0;
  const add = (piece: Uint8Array): void => {
    size += piece.length;
    checkSize(size, limits);
    if (piece.length > 0) parts.push(piece);
  };
  const take = (): Element | undefined => {
    const joined = Buffer.concat(parts, size);
    parts = [];
    size = 0;
    return joined.every((byte) => byte <= 32) ? undefined : { bytes: joined, inArray: base === 1 };
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
      if (code === quote) quoted = true;
      else if (code === open || code === brace) {
        base ??= code === open ? 1 : 0;
        depth++;
        if (base === 1 && depth === 1) from = at + 1;
      } else if (code === close || code === unbrace || (code === comma && depth === 1 && base === 1)) {
        if (code !== comma) depth--;
        const ends = base === 1 ? depth === 0 || code === comma : depth === 0;
        if (!ends) continue;
        add(chunk.subarray(from, base === 0 ? at + 1 : at));
        from = at + 1;
        const element = take();
        if (element !== undefined) yield element;
      }
    }
    if (base !== undefined && depth > 0) add(chunk.subarray(from));
  }
  if (depth !== 0 || quoted) throw new QuarantineError('corrupt', 'the JSON does not end');
  if (base === undefined) throw new QuarantineError('corrupt', 'got no JSON object and no array of them');
}

/** The rows of an array, or the one object as one row. */
export async function* jsonRows({ id, bytes, limits }: ReaderInput): AsyncGenerator<Row | Quarantined> {
  let number = 0;
  for await (const element of elements(bytes, limits)) {
    const row = element.inArray ? `${id}#${++number}` : id;
    try {
      yield { type: 'row', id: row, value: parseRow(decodeUtf8(element.bytes)) };
    } catch (error) {
      yield quarantined(row, error);
    }
  }
}
