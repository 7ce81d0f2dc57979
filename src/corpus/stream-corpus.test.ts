import { expect, test } from 'vitest';
import type { ReadItem } from './readers/reader.ts';
import { analyse, type CorpusItem, streamCorpus } from './stream-corpus.ts';

async function itemsOf(texts: Readonly<Record<string, string>>): Promise<CorpusItem[]> {
  const raw = async function* (): AsyncGenerator<ReadItem> {
    for (const [id, text] of Object.entries(texts)) yield { type: 'document', id, text, metadata: {} };
  };
  const items: CorpusItem[] = [];
  for await (const item of streamCorpus(raw())) items.push(item);
  return items;
}

test('a text of millions of lines is turned away by name, and the one after it is read', async () => {
  const items = await itemsOf({ lines: 'a\n\n'.repeat(20_000_000), good: 'A good file is read after it.' });
  expect(items).toMatchObject([
    { type: 'rejected', id: 'lines', code: 'too-intricate', reason: expect.stringContaining('at most 1000000') },
    { type: 'document', id: 'good' },
  ]);
});

test('millions of blank lines are one break', async () => {
  const [item] = await itemsOf({ blank: `First.${'\r\n \n'.repeat(300_000)}Second.` });
  expect(item).toMatchObject({ type: 'document', text: 'First.\n\nSecond.' });
});

test.each([
  ['# Optionator\n\nParses options.\n\n# Usage\n\nCall it.', 'Optionator'],
  [
    `${'A badge of the build. '.repeat(20)}\n\n# Optionator\n\n## Features\n\nMany.\n\n## Usage\n\nCall it.`,
    'Optionator',
  ],
  [`${'A long opening without a heading. '.repeat(20)}\n\n## Features\n\nMany.\n\n## Usage\n\nCall it.`, 'notes.md'],
])('a heading is the title of the whole only where it stands above the whole', (text, title) => {
  expect(analyse({ type: 'document', id: 'notes.md', text, metadata: {} })?.title).toBe(title);
});
