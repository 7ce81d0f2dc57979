/** @file The kept index: the same table again, and none where the file is another's or cut. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cacheFile, loadIndex, saveIndex } from './index-cache.ts';
import { RolloutTable } from './rollout-table.ts';

let root: string;
const before = process.env.GOLONGRL_CACHE;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'golongrl-index-'));
  process.env.GOLONGRL_CACHE = root;
});
afterEach(() => {
  if (before === undefined) delete process.env.GOLONGRL_CACHE;
  else process.env.GOLONGRL_CACHE = before;
  rmSync(root, { recursive: true, force: true });
});

function table(): RolloutTable {
  const made = new RolloutTable();
  const rollout = {
    text: '',
    score: 0.25,
    status: 'ok',
    state: 'answered',
    format: 'exact',
    extracted: '',
    reason: '',
    tokens: 7,
    stopReason: 'stop',
  };
  for (let step = 1; step <= 3; step++) {
    const [firstGroup, firstRow] = [made.groups.step.length, made.length];
    made.add(
      { sample: `s${step}`, task: 'T1', prompt: 'p', gold: [], use: 'trained', rollouts: [rollout, rollout] },
      0,
      { step, offset: 10, bytes: 5 },
    );
    made.steps.push({ step, size: 1, changed: 2, firstGroup, firstRow });
  }
  return made;
}

test('a table is the same after it was kept, and grows on', async () => {
  expect(await loadIndex('/run')).toBeUndefined();
  expect(await saveIndex('/run', table())).toBe(true);
  const loaded = await loadIndex('/run');
  expect(loaded?.parts().head).toEqual(table().parts().head);
  expect(loaded?.rows.reward.at(5)).toBe(0.25);
  expect(loaded?.words.sample.word(loaded.groups.sample.at(2))).toBe('s3');
  loaded?.truncate(1);
  expect(loaded?.length).toBe(2);
});

test('a file that is cut or of another run is none', async () => {
  await saveIndex('/run', table());
  writeFileSync(cacheFile('/other'), readFileSync(cacheFile('/run')));
  expect(await loadIndex('/other')).toBeUndefined();
  writeFileSync(cacheFile('/run'), readFileSync(cacheFile('/run')).subarray(0, -3));
  expect(await loadIndex('/run')).toBeUndefined();
});
