import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockDirectory } from './lock.ts';

let directory: string;
beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), 'golongrl-lock-')), 'work');
});
afterEach(() => rm(join(directory, '..'), { recursive: true }));

const deadPid = (): number => spawnSync(process.execPath, ['-e', '']).pid ?? 0;
const leave = async (holder: unknown): Promise<void> => {
  await mkdir(directory);
  await writeFile(join(directory, 'lock'), typeof holder === 'string' ? holder : JSON.stringify(holder));
};

test('the second is refused by name until the first is done, and nothing is left behind, not even a folder that was made for it', async () => {
  const unlock = await lockDirectory(directory);
  await expect(lockDirectory(directory)).rejects.toMatchObject({
    code: 'directory-locked',
    message: expect.stringContaining(String(process.pid)),
  });
  await unlock();
  await (await lockDirectory(directory))();
  expect(existsSync(directory)).toBe(false);
});

test('of many at once one gets the lock, also where a dead process left one', async () => {
  await leave({ host: hostname(), pid: deadPid(), id: 'dead' });
  const ends = await Promise.allSettled(Array.from({ length: 20 }, () => lockDirectory(directory)));
  expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('the lock of a dead process with our own number is taken over', async () => {
  await leave({ host: hostname(), pid: process.pid, id: 'before the restart' });
  await (await lockDirectory(directory))();
  expect(existsSync(join(directory, 'lock'))).toBe(false);
});

test('a takeover that a killed process left is waited out', async () => {
  await leave({ host: hostname(), pid: deadPid(), id: 'dead' });
  const takeover = join(directory, 'lock.takeover');
  await writeFile(takeover, '');
  const before = Date.now() / 1000 - 4.5;
  await utimes(takeover, before, before);
  await (await lockDirectory(directory))();
  expect(await readdir(directory)).toEqual([]);
});

test.each([
  ['another machine', { host: 'elsewhere', pid: 1, id: 'x' }],
  ['nobody knows whom', 'not JSON'],
  ['a process that lives', { host: hostname(), pid: process.ppid, id: 'x' }],
])('a lock of %s stands, and the hint names the file', async (_, holder) => {
  await leave(holder);
  await expect(lockDirectory(directory)).rejects.toMatchObject({
    code: 'directory-locked',
    hint: expect.stringContaining(join(directory, 'lock')),
  });
});
