/**
 * @file One JSON file: an array of objects, read element by element whatever its length, a list inside of an object likewise, objects one
 * after the other, lines, or one object whose layout says what its rows are.
 */

import { printable } from '../printable.ts';
import { decodeUtf8, peekBytes, skipBytes } from './bytes.ts';
import { layoutRows, unwrapRow, wrapperOf } from './json-layout.ts';
import { headBytes, shapeOf } from './json-shape.ts';
import { type Inside, type JsonPiece, jsonValues } from './json-values.ts';
import { jsonlRows } from './jsonl.ts';
import { lineBytes } from './lines.ts';
import { asRow, parseRow } from './parse-json.ts';
import { quarantined } from './quarantined.ts';
import {
  type Quarantined,
  QuarantineError,
  type ReadLimits,
  type Row,
  type RowInput,
  type RowReader,
} from './reader.ts';

const pieceText = (piece: JsonPiece, limits: ReadLimits): string => decodeUtf8(lineBytes(piece, limits));

/** One row, or why it is none. */
function rowOf(id: string, line: number, make: () => unknown): Row | Quarantined {
  try {
    return { type: 'row', id, value: asRow(make()), line };
  } catch (error) {
    return quarantined(id, error, line);
  }
}

/** The elements of a list; `around` says what it is called in the object around it. */
async function* listRows(
  input: RowInput,
  bytes: AsyncIterable<Uint8Array>,
  around?: Inside & { readonly name: string },
): AsyncGenerator<Row | Quarantined> {
  const { id, limits } = input;
  let number = 0;
  for await (const piece of jsonValues(bytes, 1, limits, around))
    yield rowOf(`${id}#${++number}`, piece.line, () =>
      unwrapRow(around?.name ?? '', parseRow(pieceText(piece, limits))),
    );
}

/** The rows of the only object of a file. */
function* layoutOf({ id, limits, layout }: RowInput, piece: JsonPiece): Generator<Row | Quarantined> {
  const row = rowOf(id, piece.line, () => parseRow(pieceText(piece, limits)));
  const rows = row.type === 'row' && layout !== 'whole' ? layoutRows(row.value) : undefined;
  if (row.type !== 'row' || rows === undefined) {
    yield row;
    return;
  }
  const wrapper = wrapperOf(row.value);
  for (const { name, value } of rows)
    yield rowOf(`${id}#${printable(name)}`, piece.line, () => unwrapRow(wrapper, value));
}

/** Objects one after the other; the first waits, since it may be the only one. */
async function* objectRows(input: RowInput, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Row | Quarantined> {
  const { id, limits } = input;
  let first: JsonPiece | undefined;
  let number = 0;
  const numberedRow = (piece: JsonPiece): Row | Quarantined =>
    rowOf(`${id}#${++number}`, piece.line, () => parseRow(pieceText(piece, limits)));
  for await (const piece of jsonValues(bytes, 0, limits)) {
    if (first === undefined && number === 0) {
      first = piece;
      continue;
    }
    if (first !== undefined) yield numberedRow(first);
    first = undefined;
    yield numberedRow(piece);
  }
  if (first !== undefined) yield* layoutOf(input, first);
}

/** The rows of a JSON file; docs/records.md has the layouts. */
export const jsonRows: RowReader = async function* (input) {
  const { head, complete, bytes } = await peekBytes(input.bytes, ({ length }) => length >= headBytes);
  const shape = shapeOf(head, complete);
  if (shape.kind === 'empty') throw new QuarantineError('corrupt', 'got no JSON object and no array of them');
  if (shape.kind === 'scalar')
    throw new QuarantineError('corrupt', `got "${shape.got}", expected a JSON object or an array of them`);
  if (shape.kind === 'array') yield* listRows(input, bytes);
  else if (shape.kind === 'lines') yield* jsonlRows({ ...input, bytes });
  else if (shape.kind === 'wrapped' && input.layout !== 'whole')
    yield* listRows(input, skipBytes(bytes, shape.at), shape);
  else yield* objectRows(input, bytes);
};
