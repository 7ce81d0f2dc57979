/** @file Bit rows against the table they stand for. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commonLength, Places } from './common-subsequence.ts';

function tableOf(a: Int32Array, b: Int32Array): number[][] {
  const table = [new Array<number>(b.length + 1).fill(0)];
  for (const symbol of a) {
    const above = table.at(-1) ?? [];
    const row = [0];
    b.forEach((other, j) => {
      row.push(symbol === other ? (above[j] ?? 0) + 1 : Math.max(above[j + 1] ?? 0, row[j] ?? 0));
    });
    table.push(row);
  }
  return table;
}

test('bit rows rise exactly where the table of lengths does, for sequences of several blocks', () => {
  const symbols = 6;
  const sequence = fc
    .array(fc.oneof(fc.nat(symbols - 1), fc.constant(0)), { maxLength: 150 })
    .map((list) => Int32Array.from(list));
  const places = new Places(symbols);
  fc.assert(
    fc.property(sequence, sequence, (a, b) => {
      const table = tableOf(a, b);
      places.index(b);
      const row = new Uint32Array(places.blocks).fill(0xffffffff);
      a.forEach((symbol, i) => {
        places.advance(row, 0, symbol);
        const lengths = table[i + 1] ?? [];
        for (let j = 0; j < b.length; j++)
          expect((((row[j >>> 5] ?? 0) >>> (j & 31)) & 1) === 0).toBe((lengths[j + 1] ?? 0) > (lengths[j] ?? 0));
      });
      expect(commonLength(a, places)).toBe(table.at(-1)?.at(-1));
    }),
    { numRuns: 150 },
  );
});
