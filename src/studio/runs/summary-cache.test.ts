/** @file Lines of the list between two starts: kept for runs that ended, and read anew where something changed. */
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRunDirectory, type RunDirectory } from '../../runs/run-directory.ts';
import { Library } from '../library.ts';

let root: string;
let run: RunDirectory;
const before = process.env.GOLONGRL_CACHE;

beforeEach(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'golongrl-summaries-'));
  process.env.GOLONGRL_CACHE = path.join(root, 'cache');
  ({ run } = await openRunDirectory({
    path: path.join(root, 'runs', 'a'),
    kind: 'train',
    ifExists: 'fail',
    versions: {},
  }));
  await run.appendMetrics({ step: 1, reward: 0.25, tasks: {} });
});
afterEach(() => {
  if (before === undefined) delete process.env.GOLONGRL_CACHE;
  else process.env.GOLONGRL_CACHE = before;
  rmSync(root, { recursive: true, force: true });
});

const kept = () => path.join(root, 'cache', 'studio', 'summaries.json');
/** The list of a studio that was just started; what it keeps is written when this resolves. */
async function rewards(): Promise<(number | undefined)[]> {
  const library = new Library([path.join(root, 'runs')]);
  const summaries = await library.summaries();
  await library.close();
  return summaries.map(({ reward }) => reward);
}
/** Other bytes of the same time: only whoever reads them sees them. */
function replaceMetrics(reward: number): void {
  const file = run.file('metrics.jsonl');
  const old = readFileSync(file, 'utf8');
  writeFileSync(file, old.replace(/"reward":[\d.]+/, `"reward":${reward}`));
  utimesSync(file, 1_700_000_000, 1_700_000_000);
}

test('a run that ended is listed without being read again, and read when it changed', async () => {
  await run.update({ status: 'done' });
  expect(await rewards()).toEqual([0.25]);
  replaceMetrics(0.5);
  expect(await rewards()).toEqual([0.25]);
  await run.update({ facts: { more: 1 } });
  expect(await rewards()).toEqual([0.5]);
});

test('a run that goes on is not kept; a cache that is no cache is made anew', async () => {
  await rewards();
  expect(JSON.parse(readFileSync(kept(), 'utf8'))).toMatchObject({ summaries: [] });
  await run.update({ status: 'done' });
  writeFileSync(kept(), '{"version":1,"summaries":[{"pa');
  expect(await rewards()).toEqual([0.25]);
  expect(readFileSync(kept(), 'utf8')).toContain('0.25');
});
