import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { fakeSamples } from '../../test/fake-policy.ts';
import { taskIds } from '../tasks/task.ts';
import { loadSamples } from './load-samples.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-load-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = path.join(folder, 'samples.jsonl');
const all = { rendering: 'all', tasks: taskIds } as const;
const samples = fakeSamples(6).map((sample, i) => ({
  ...sample,
  id: `sample-${i}`,
  prompt: `${'长 prompt with “marks” 😀\n'.repeat(i % 2 === 0 ? 2 : 4000)}${sample.prompt}`,
}));

test('long prompts come from the file when they are used, with whatever line ends it has', async () => {
  writeFileSync(file, `\n${samples.map((sample) => JSON.stringify(sample)).join('\r\n\n')}`);
  const loaded = await loadSamples(file, all);
  expect(loaded).toEqual(samples);
  expect(JSON.stringify(loaded)).toBe(JSON.stringify(await loadSamples(file, all)));
});

test('a file that was changed under a run is noticed', async () => {
  const loaded = await loadSamples(file, all);
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('sample-', 'other-'));
  expect(loaded[0]?.prompt).toBe(samples[0]?.prompt);
  expect(() => loaded[1]?.prompt).toThrow(/sample-1 is not where it stood/);
});
