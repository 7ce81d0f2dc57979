import promises, { mkdtemp, readdir, rm } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { tinyConfig, tinyModel } from '../../../../test/engine/tiny-model.ts';
import { makeOptimizer } from '../train/optimizer.ts';
import { readCheckpoint, writeModel } from './checkpoint.ts';

const { open } = promises;

/** A disk cannot be filled in a test: writes of the optimizer's file fail as they do on a full one. */
async function onFullDisk<T>(work: () => Promise<T>): Promise<T> {
  promises.open = async (...args) => {
    const file = await open(...args);
    if (String(args[0]).endsWith('optimizer.safetensors'))
      file.writeFile = () => Promise.reject(Object.assign(new Error('write'), { code: 'ENOSPC' }));
    return file;
  };
  syncBuiltinESMExports();
  try {
    return await work();
  } finally {
    promises.open = open;
    syncBuiltinESMExports();
  }
}

const root = await mkdtemp(join(tmpdir(), 'golongrl-disk-full-'));
afterAll(() => rm(root, { recursive: true }));

test('a full disk is reported, the earlier checkpoint stays whole, and nothing is left behind', async () => {
  const directory = join(root, 'checkpoint');
  const parameters = tinyModel(tinyConfig);
  const optimizer = makeOptimizer(parameters.flat.length);
  optimizer.step = 1;
  await writeModel(directory, { config: tinyConfig, parameters, optimizer });
  optimizer.step = 2;
  const second = onFullDisk(() => writeModel(directory, { config: tinyConfig, parameters, optimizer }));
  await expect(second).rejects.toMatchObject({ name: 'ResourceError', code: 'disk-full' });
  expect((await readCheckpoint(directory)).optimizer.step).toBe(1);
  expect(await readdir(root)).toEqual(['checkpoint']);
});
