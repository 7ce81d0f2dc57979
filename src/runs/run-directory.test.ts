import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { InputError, ResourceError } from '../errors.ts';
import { writeFileAtomic } from '../storage/files.ts';
import { appendLines } from '../storage/journal.ts';
import { inRunDirectory, openRunDirectory, type RunDirectory } from './run-directory.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'golongrl-run-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const open = (path: string, ifExists?: 'resume' | 'overwrite' | 'fail') =>
  openRunDirectory({ path, kind: 'train', ifExists, versions: { golongrl: 'test' } });

async function runWithThreeSteps(): Promise<RunDirectory> {
  const { run } = await open(join(directory, 'run'));
  for (const step of [1, 2, 3]) {
    await run.appendMetrics({ step, reward: step / 10 });
    await run.writeRollouts(step, [{ step }]);
  }
  return run;
}

test('an existing run is refused, resumed or overwritten, as asked', async () => {
  const run = await runWithThreeSteps();
  await expect(open(run.path)).rejects.toMatchObject({ code: 'out-exists', hint: expect.stringContaining('--resume') });
  expect((await open(run.path, 'resume')).resumed).toBe(true);
  expect(await run.readMetrics()).toHaveLength(3);
  expect((await open(run.path, 'overwrite')).resumed).toBe(false);
  expect(await run.readMetrics()).toHaveLength(0);
});

test('of two that work in one run directory the second is refused, whatever it asks for, and changes nothing', async () => {
  const run = await runWithThreeSteps();
  const work = (ifExists: 'resume' | 'overwrite', use: () => Promise<void>) =>
    inRunDirectory({ path: run.path, kind: 'train', ifExists, versions: {} }, use);
  await work('resume', async () => {
    for (const other of ['resume', 'overwrite'] as const)
      await expect(work(other, async () => undefined)).rejects.toMatchObject({ code: 'directory-locked' });
    expect(await run.readMetrics()).toHaveLength(3);
  });
  await work('overwrite', async () => undefined);
});

test('what a kill leaves before there is a run is in the way of none', async () => {
  const path = join(directory, 'early');
  await mkdir(path);
  await writeFile(join(path, 'lock'), '{"host": "elsewhere"}');
  await writeFile(join(path, 'run.json.partial'), '{');
  expect((await open(path)).resumed).toBe(false);
});

test('a run that is refused leaves nothing, and one that was killed before its first evaluation is in the way of none', async () => {
  const path = join(directory, 'refused');
  const refuse = inRunDirectory({ path, kind: 'train', versions: {} }, async ({ run }) => {
    await run.writeConfig('model: m');
    throw new InputError('heldout-too-long', 'Every held-out prompt is longer than 9 tokens.');
  });
  await expect(refuse).rejects.toMatchObject({ code: 'heldout-too-long' });
  expect(existsSync(path)).toBe(false);
  const { run } = await open(path);
  await run.writeConfig('model: m');
  expect((await open(path)).resumed).toBe(false);
  expect(await run.hasConfig()).toBe(false);
  await run.writeEvaluation('before-sampled', []);
  await expect(open(path)).rejects.toMatchObject({ code: 'out-exists' });
});

test('what goes wrong after the first step leaves the run as it is', async () => {
  const path = join(directory, 'broken');
  const work = inRunDirectory({ path, kind: 'train', versions: {} }, async ({ run }) => {
    await run.appendMetrics({ step: 1 });
    throw new ResourceError('disk-full', 'full');
  });
  await expect(work).rejects.toMatchObject({ code: 'disk-full' });
  expect((await open(path, 'resume')).resumed).toBe(true);
});

test('a person at a terminal is asked', async () => {
  const run = await runWithThreeSteps();
  const asked: string[] = [];
  const ask = async (path: string) => {
    asked.push(path);
    return 'resume' as const;
  };
  const opened = await openRunDirectory({ path: run.path, kind: 'train', ask, versions: {} });
  expect([opened.resumed, asked]).toEqual([true, [run.path]]);
});

test('a directory with foreign files is never touched, not even by overwrite', async () => {
  await writeFile(join(directory, 'thesis.txt'), 'years of work');
  await expect(open(directory, 'overwrite')).rejects.toMatchObject({ code: 'out-not-empty' });
  expect(await readdir(directory)).toEqual(['thesis.txt']);
});

test('overwrite leaves files that are not part of a run', async () => {
  const run = await runWithThreeSteps();
  await writeFile(run.file('notes.txt'), 'mine');
  await open(run.path, 'overwrite');
  expect(await readFile(run.file('notes.txt'), 'utf8')).toBe('mine');
});

test('rolling back drops metrics and rollouts after the checkpoint, and half of a checkpoint', async () => {
  const run = await runWithThreeSteps();
  await run.appendMetrics({ step: 4 });
  await mkdir(run.file('checkpoints', '.step-000003.partial-1'), { recursive: true });
  await run.rollBack(2);
  expect(await readdir(run.file('checkpoints'))).toEqual([]);
  expect(await run.readMetrics()).toEqual([
    { step: 1, reward: 0.1 },
    { step: 2, reward: 0.2 },
  ]);
  expect((await readdir(run.file('rollouts'))).sort()).toEqual(['step-000001.jsonl', 'step-000002.jsonl']);
});

test('only checkpoints that are complete and still there count, and the oldest are pruned', async () => {
  const run = await runWithThreeSteps();
  for (const step of [1, 2, 3]) {
    await mkdir(run.file(run.checkpointPath(step)), { recursive: true });
    await run.recordCheckpoint({ step, path: run.checkpointPath(step), position: step * 10 }, 2);
  }
  // A checkpoint that was never announced is not one: the kill came before it was complete.
  await mkdir(run.file(run.checkpointPath(4)));
  expect((await run.checkpoints()).map(({ step }) => step)).toEqual([2, 3]);
  expect(existsSync(run.file(run.checkpointPath(1)))).toBe(false);
});

test('the best checkpoint outlives newer ones', async () => {
  const run = await runWithThreeSteps();
  await run.update({ facts: { best: { step: 1, score: 0.5 } } });
  for (const step of [1, 2, 3]) {
    await mkdir(run.file(run.checkpointPath(step)), { recursive: true });
    await run.recordCheckpoint({ step, path: run.checkpointPath(step), position: step * 10 }, 1);
  }
  expect((await run.checkpoints()).map(({ step }) => step)).toEqual([1, 3]);
});

test('a prompt is stored once, by content', async () => {
  const run = await runWithThreeSteps();
  const names = [
    await run.writePrompt('long text'),
    await run.writePrompt('long text'),
    await run.writePrompt('other'),
  ];
  expect(names[0]).toBe(names[1]);
  expect(await readdir(run.file('prompts'))).toHaveLength(2);
});

test.skipIf(!existsSync('/dev/full'))('a full disk says what to do and leaves the old file as it was', async () => {
  const path = join(directory, 'run.json');
  await writeFile(path, 'old');
  // The temporary file leads to a device that is always full.
  await symlink('/dev/full', `${path}.partial`);
  const failure = await writeFileAtomic(path, 'new').catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ResourceError);
  expect(failure).toMatchObject({ code: 'disk-full', hint: expect.stringContaining('--resume') });
  expect(await readFile(path, 'utf8')).toBe('old');
  const kind = { name: 'a step', code: 'none', hint: 'none', line: z.unknown() };
  await expect(appendLines('/dev/full', kind, [{ step: 1 }])).rejects.toMatchObject({ code: 'disk-full' });
});
