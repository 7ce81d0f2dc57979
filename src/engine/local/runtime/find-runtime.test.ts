import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { openLocalEngine } from '../local-engine.ts';
import { findRuntime } from './find-runtime.ts';

test('without its packages the engine says what is missing, where it was looked for and how it comes', async () => {
  vi.stubEnv('GOLONGRL_ENGINE_DIR', await mkdtemp(join(tmpdir(), 'no-engine-')));
  try {
    expect(findRuntime()).toBeUndefined();
    const opened = openLocalEngine({ model: 'models/micro' });
    await expect(opened).rejects.toMatchObject({
      code: 'engine-missing',
      message: expect.stringMatching(/onnxruntime-node@\d+\.\d+\.\d+ .*no-engine-/),
      hint: expect.stringContaining('golongrl engine install'),
    });
  } finally {
    vi.unstubAllEnvs();
  }
  expect(findRuntime()).toBeDefined();
});
