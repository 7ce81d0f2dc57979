import { expect, test } from 'vitest';
import { packagedDocuments } from '../../../test/packaged-documents.ts';
import { buildDataset } from '../../construction/build.ts';
import { readPattern, UpstreamIndex } from './upstream.ts';

const host = buildDataset({
  documents: packagedDocuments(),
  seed: 3,
  short: { train: 9, heldout: 9 },
  long: { samples: 0, bins: [8] },
}).samples[0];
if (host === undefined) throw new Error('no sample');

/** A token for each word, with the blank before it. */
const tokens = async (text: string): Promise<string[]> => text.match(/\s?\S+/g) ?? [];

async function indexOf(rows: readonly string[], patterns: readonly string[] = []): Promise<UpstreamIndex> {
  const index = new UpstreamIndex({ tokens, ns: [3, 4], patterns });
  for (const [i, text] of rows.entries()) await index.add({ file: 'b.jsonl', number: i + 1, text });
  return index;
}

const lengths = async (index: UpstreamIndex, question: string): Promise<number[]> =>
  (await index.check({ ...host, question })).map(({ n }) => n);

test('a gram of the question is found as it is written, and nothing but the question is read', async () => {
  const index = await indexOf(['one two three four five']);
  expect(await lengths(index, 'x two three four y z')).toEqual([3]);
  expect(await lengths(index, 'x two three four five')).toEqual([3, 4]);
  expect(await lengths(index, 'x Two three Four five')).toEqual([]);
  const sample = { ...host, question: 'a b c d e', prompt: 'one two three four five' };
  expect(await index.check(sample)).toEqual([]);
});

test('a question of fewer tokens is found inside any gram, an empty one too', async () => {
  const index = await indexOf(['one two three four five']);
  expect(await lengths(index, 'wo')).toEqual([3, 4]);
  expect(await lengths(index, '')).toEqual([3, 4]);
  expect(await lengths(index, 'six')).toEqual([]);
});

test('the later of two rows is named, and 4,000 characters of a row count', async () => {
  const index = await indexOf(['one two three four', 'one two three four', `${'é'.repeat(3990)} a b c d e f g h`]);
  const [later] = await index.check({ ...host, question: 'x two three four' });
  expect(later).toMatchObject({
    n: 3,
    item: '2',
    unit: 'token',
    sides: { sample: { before: 'x', shared: ' two three four' } },
  });
  expect(await lengths(index, 'x a b c d')).toEqual([3, 4]);
  expect(await lengths(index, 'x f g h i')).toEqual([]);
});

test('a pattern passes over the grams that hold it or stand in it', async () => {
  const index = await indexOf(['one two three four five'], ['TWO THREE', ' three four five six']);
  expect(await lengths(index, 'x one two three four five')).toEqual([]);
  expect(readPattern('a\\nb\\x41\\u0042 é')).toBe('a\nbAB Ã©');
});
