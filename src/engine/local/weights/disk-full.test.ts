import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { tinyConfig, tinyModel } from '../../../../test/engine/tiny-model.ts';
import { makeOptimizer } from '../train/optimizer.ts';
import { readCheckpoint, writeModel } from './checkpoint.ts';

const disk = vi.hoisted(() => ({ full: false }));

// A disk cannot be filled in a test: writes of the optimizer's file fail as they do on a full one.
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  return {
    ...real,
    async open(...args: Parameters<typeof real.open>) {
      const file = await real.open(...args);
      if (disk.full && String(args[0]).endsWith('optimizer.safetensors')) {
        file.writeFile = () => Promise.reject(Object.assign(new Error('write'), { code: 'ENOSPC' }));
      }
      return file;
    },
  };
});

const root = await mkdtemp(join(tmpdir(), 'golongrl-disk-full-'));
afterAll(() => rm(root, { recursive: true }));

test('a full disk is reported, the earlier checkpoint stays whole, and nothing is left behind', async () => {
  const directory = join(root, 'checkpoint');
  const parameters = tinyModel(tinyConfig);
  const optimizer = makeOptimizer(parameters.flat.length);
  optimizer.step = 1;
  await writeModel(directory, { config: tinyConfig, parameters, optimizer });
  optimizer.step = 2;
  disk.full = true;
  const second = writeModel(directory, { config: tinyConfig, parameters, optimizer });
  await expect(second).rejects.toMatchObject({ name: 'ResourceError', code: 'disk-full' });
  disk.full = false;
  expect((await readCheckpoint(directory)).optimizer.step).toBe(1);
  expect(await readdir(root)).toEqual(['checkpoint']);
});
