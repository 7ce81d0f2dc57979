/** @file The example runs as it stands, on a policy of a few thousand parameters. */
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { writeChainPolicy } from './chain-policy.ts';

const script = fileURLToPath(new URL('../examples/rl-loop.ts', import.meta.url));

test('the one-page example trains and evaluates', { tags: ['long'] }, async () => {
  const policy = await writeChainPolicy();
  const args = [
    '--import',
    'tsx',
    script,
    '--model',
    policy,
    '--steps',
    '2',
    '--prompts',
    '4',
    '--group',
    '6',
    '--heldout',
    '18',
  ];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  await rm(dirname(policy), { recursive: true, force: true });
  expect(stdout).toMatch(/^1350 training samples, 18 held-out ones, nine tasks$/m);
  expect(stdout).toMatch(/^step 2\/2 {2}reward 0\.\d+ {2}groups \d+ of \d+ {2}entropy \d/m);
  expect(stdout).toMatch(/^mean {3}0\.\d{3} {3}0\.\d{3}$/m);
});
