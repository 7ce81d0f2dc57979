import { expect, test } from 'vitest';
import { packagedDocuments } from '../../../test/packaged-documents.ts';
import { type FoundItem, findInOrder } from './find-in-order.ts';
import { Finders } from './finders.ts';

/** So many lines that they are counted and no more; and more than is read in the calling thread. */
const lines = 'a\n'.repeat(1_000_001);
const texts = [
  lines,
  ...packagedDocuments()
    .slice(0, 20)
    .map(({ text }) => text.slice(0, 5000)),
  '*** START OF THE PROJECT GUTENBERG EBOOK X ***\n\n*** END OF THE PROJECT GUTENBERG EBOOK X ***',
  lines,
  'Half of a pair \ud83d stands\r\nhere.',
];

async function* stream<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
const textIn = (item: string): string | undefined => (item === 'passes by' ? undefined : item);

async function read(items: AsyncIterable<string>, workers: number): Promise<FoundItem<string>[]> {
  const read: FoundItem<string>[] = [];
  for await (const item of findInOrder(items, textIn, { workers, signatures: false })) read.push(item);
  return read;
}

test('what threads find is what the calling thread finds, in the order of the items', async () => {
  const items = texts.flatMap((text) => [text, 'passes by']);
  const alone = await read(stream(items), 1);
  const apart = await read(stream(items), 2);
  expect(alone.map(({ item }) => item)).toEqual(items);
  expect(apart).toEqual(alone);
  expect(apart.map(({ found }) => found?.type)).toContain('intricate');
  expect(apart.map(({ found }) => found?.type)).toContain('empty');
});

test('a text that ends its threads is named, and the others are read', { tags: ['long'] }, async () => {
  const finders = new Finders({ workers: 2, signatures: false, memory: 60 });
  expect(await finders.find(lines)).toMatchObject({ type: 'intricate' });
  const [good, bad, other] = await Promise.all(
    ['A good text.', 'Aa '.repeat(3_000_000), 'Another one.'].map((text) => finders.find(text)),
  );
  expect(bad).toEqual({ type: 'intricate', reason: expect.stringContaining('memory') });
  expect([good?.type, other?.type]).toEqual(['found', 'found']);
  await finders.close();
});

test('an error of what is read comes after all that was read before it', async () => {
  const failing = async function* (): AsyncGenerator<string> {
    yield* texts.slice(0, 12);
    throw new Error('the disk is gone');
  };
  const read: string[] = [];
  const reading = (async () => {
    for await (const { item } of findInOrder(failing(), textIn, { workers: 2, signatures: false })) read.push(item);
  })();
  await expect(reading).rejects.toThrow('the disk is gone');
  expect(read).toEqual(texts.slice(0, 12));
});

test('who stops early ends the reading, and no more is read ahead than the threads need', async () => {
  let [begun, ended] = [0, false];
  const endless = async function* (): AsyncGenerator<string> {
    try {
      yield lines;
      for (;;) yield `${'A sentence of seven words stands here. '.repeat(3000)} It is number ${begun++}.`;
    } finally {
      ended = true;
    }
  };
  let taken = 0;
  for await (const { found } of findInOrder(endless(), textIn, { workers: 2, signatures: true })) {
    if (found?.type === 'found' && found.signature?.length === 100) taken++;
    if (taken === 5) break;
  }
  expect(ended).toBe(true);
  expect(begun).toBeLessThan(100);
});
