import { expect, test } from 'vitest';
import { planBlocks, rowPlaces } from './block-plan.ts';

const main = { start: 0, length: 11 };
const tails = [
  { start: 11, length: 4 },
  { start: 15, length: 1 },
  { start: 16, length: 6 },
];
const count = 22;
const positions = BigInt64Array.from({ length: count }, (_, row) => {
  const tail = tails.find(({ start, length }) => row >= start && row < start + length);
  return BigInt(tail ? main.length + row - tail.start : row);
});

for (const [first, window] of [
  [0, undefined],
  [11, undefined],
  [0, 4],
  [11, 1],
] as const) {
  test(`every pair that may meet is in one block, and a block without a mask has no other: from ${first}, window ${window}`, () => {
    const places = rowPlaces({ main, tails, count }, positions);
    const sees = (query: number, key: number): boolean => {
      const segment = places.segments[key] as number;
      const distance = (places.positions[query] as number) - (places.positions[key] as number);
      const related = segment === 0 || segment === places.segments[query];
      return related && distance >= 0 && distance < (window ?? Number.POSITIVE_INFINITY);
    };
    const met = new Map<string, number>();
    for (const block of planBlocks(places, { first, sizes: { queries: 5, keys: 4, rows: 7 }, window })) {
      for (const keys of block.keys) {
        for (let query = block.start; query < block.start + block.length; query++) {
          for (let key = keys.start; key < keys.start + keys.length; key++) {
            met.set(`${query} ${key}`, (met.get(`${query} ${key}`) ?? 0) + 1);
            if (!keys.masked) expect(sees(query, key)).toBe(true);
          }
        }
      }
    }
    for (let query = first; query < count; query++) {
      for (let key = 0; key < count; key++)
        if (sees(query, key)) expect(met.get(`${query} ${key}`), `${query} ${key}`).toBe(1);
    }
  });
}
