/**
 * @file Adding rows to the rows of a matrix that they belong to, on the device: the sparse parts of an embedding's gradient. Rows of
 * one token are added up by a product with a matrix of zeros and ones, in an order that never changes, as atomic additions would.
 */
import type { Device } from './device.ts';
import { programOf } from './device-program.ts';
import { type DeviceTensor, disposeAll } from './device-tensor.ts';
import { addOver, sliceOf } from './tensor-programs.ts';

/** Rows that go at once: the matrix has as many columns, and at most as many rows. */
const rowBlock = 1024;

/** rows [n, d] of tokens [n] -> [V, d]: `unique` [U] are the tokens that occur, `placeOf` [V] says where, or -1. */
const scatterSpec = programOf('scatter-rows', (graph) => {
  const rows = graph.input('rows', ['n', 'd']);
  const [unique, tokens] = [graph.input('unique', ['U', 1], 'int32'), graph.input('tokens', [1, 'n'], 'int32')];
  const belongs = graph.op('Cast', [graph.op('Equal', [unique, tokens])], { to: 1 });
  const zero = graph.op('Expand', [graph.float(0), graph.shape([1, 'd'])]);
  const sums = graph.concat([graph.op('MatMul', [belongs, rows]), zero], 0);
  return graph.gather(sums, graph.input('placeOf', ['V'], 'int32'));
});

/** What `rows` [n, d] add to a matrix [vocabulary, d] at `index`; `rows` stays as it is. */
export async function scatteredRows(
  device: Device,
  rows: DeviceTensor,
  { index, vocabulary }: { index: Int32Array; vocabulary: number },
): Promise<DeviceTensor> {
  const d = rows.dims[1] as number;
  let sum: DeviceTensor | undefined;
  for (let start = 0; start < index.length; start += rowBlock) {
    const tokens = index.subarray(start, start + rowBlock);
    const whole = tokens.length === index.length;
    const part = whole ? rows : await sliceOf(device, rows, { axis: 0, start, end: start + tokens.length });
    const unique = Int32Array.from(new Set(tokens));
    const placeOf = new Int32Array(vocabulary).fill(unique.length);
    for (const [place, token] of unique.entries()) placeOf[token] = place;
    const sizes = { n: tokens.length, d, U: unique.length, V: vocabulary };
    const added = await device.make(scatterSpec, sizes, { rows: part, unique, tokens, placeOf });
    if (!whole) disposeAll([part]);
    sum = sum ? await addOver(device, sum, added) : added;
  }
  return sum as DeviceTensor;
}
