import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { packagedDocuments } from '../../../test/packaged-documents.ts';
import { buildMixture } from '../../construction/index.ts';
import { writeDataset } from '../../samples/write-dataset.ts';
import { nineTasks } from './nine-tasks.ts';

const lengths = [512, 1024, 2048].map((tokens) => ({ tokens, weight: 1 }));

const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-nine-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a dataset folder is read as well as its native folder and its file', async () => {
  const samples = [
    ...buildMixture({ documents: packagedDocuments(), seed: 2, preset: 'balanced', samples: 90, lengths, probes: 1 }),
  ];
  const dataset = path.join(folder, 'dataset');
  await writeDataset(dataset, samples, { seed: 2, tokenizer: 'estimate', ifExists: 'overwrite' });
  const heldout = samples.filter(({ split }) => split === 'heldout').map(({ id }) => id);
  expect(heldout.length).toBeGreaterThan(5);
  for (const place of [dataset, path.join(dataset, 'native'), path.join(dataset, 'native', 'heldout.jsonl')]) {
    const ids: string[] = [];
    for await (const { facts } of nineTasks.load({ path: place, onFile: () => undefined } as never)) ids.push(facts.id);
    expect(ids, place).toEqual(heldout);
  }
});
