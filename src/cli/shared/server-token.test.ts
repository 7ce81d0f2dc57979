import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { type GuardFlags, guardOptions, serverToken, tokenLine, tokenNote } from './server-token.ts';

const name = 'GOLONGRL_TEST_TOKEN';
const directory = await mkdtemp(join(tmpdir(), 'golongrl-token-'));
afterAll(() => rm(directory, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

const asked = (...flags: string[]) =>
  serverToken(
    guardOptions(new Command(), name)
      .parse(['node', 'x', ...flags])
      .opts<GuardFlags>(),
    name,
  );

test('without a word a token is made, another each time, and shown on one line only', async () => {
  const [first, second] = [await asked(), await asked()];
  expect(first.token).toMatch(/^tml-[\w-]{32}$/);
  expect(first.token).not.toBe(second.token);
  expect(tokenLine(first, name)).toBe(`${name}=${first.token}\n`);
  expect(tokenNote(first, undefined)).not.toContain(first.token);
});

test('a file or the environment gives the token, and then nothing shows it', async () => {
  const file = join(directory, 'token');
  await writeFile(file, 'secret\n');
  vi.stubEnv(name, 'other');
  expect(await asked()).toEqual({ token: 'other', source: 'environment' });
  expect(await asked('--token-file', file)).toEqual({ token: 'secret', source: 'file' });
  expect(tokenLine(await asked('--token-file', file), name)).toBe('');
  expect(await asked('--no-token')).toEqual({ token: undefined, source: 'none' });
});

test('a token file that is missing is made, for its owner only', async () => {
  const file = join(directory, 'made');
  const { token, source } = await asked('--token-file', file);
  expect(source).toBe('new-file');
  expect(await readFile(file, 'utf8')).toBe(`${token}\n`);
  if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await asked('--token-file', file)).toEqual({ token, source: 'file' });
});

test('a token among the arguments, two wishes at once and an empty file are refused without a word of the token', async () => {
  await expect(asked('--token', 'secret')).rejects.toMatchObject({
    code: 'token-in-arguments',
    message: expect.not.stringContaining('secret'),
  });
  await expect(asked('--no-token', '--token-file', 'x')).rejects.toMatchObject({ code: 'flags-conflict' });
  vi.stubEnv(name, 'two words');
  await expect(asked()).rejects.toMatchObject({ code: 'token-invalid', message: expect.not.stringContaining('words') });
});
