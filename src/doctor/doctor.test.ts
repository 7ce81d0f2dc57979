import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Hono } from 'hono';
import { afterAll, expect, test } from 'vitest';
import { runCommand } from '../cli/main.ts';
import type { Terminal } from '../cli/shared/terminal.ts';
import { checkLines, fail, ok } from './check.ts';
import { environmentChecks } from './environment-checks.ts';
import { localChecks, memoryCheck, nodeCheck } from './local-checks.ts';
import { serverChecks } from './server-checks.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-doctor-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** An interpreter that prints what a probe would. Python is not needed here; `npm run check:verl` asks the real one. */
function interpreter(name: string, script: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

test('this machine runs the tests, so doctor finds nothing wrong with it', async () => {
  expect((await localChecks()).filter(({ status }) => status === 'fail')).toEqual([]);
});

test('an old Node fails, little memory warns', () => {
  expect(['18.20.4', '20.18.9', '20.19.0', '22.1.0'].map((version) => nodeCheck(version).status)).toEqual([
    'fail',
    'fail',
    'ok',
    'ok',
  ]);
  expect(memoryCheck(2 * 2 ** 30, 1)).toMatchObject({ status: 'warn', found: '2.0 GiB, 1 core' });
  expect(memoryCheck(24 * 2 ** 30, 8).status).toBe('ok');
});

test('the hint stands under what is not well', () => {
  expect(checkLines([ok('Node', '20'), fail('verl', 'not installed', 'pip install verl')])).toEqual([
    '✓ Node  20',
    '✗ verl  not installed',
    '        → pip install verl',
  ]);
});

test('what an environment reports is taken over, whatever its trainer prints before', async () => {
  const report = '{"checks":[{"name":"verl","status":"ok","found":"0.9.1","hint":""}]}';
  const python = interpreter('talks', `echo loading; echo '${report}'`);
  expect(await environmentChecks({ target: 'verl', python })).toEqual([ok('verl', '0.9.1')]);
});

test('the probe gets the target, the folder and the list of dead keys', async () => {
  const out = path.join(folder, 'seen');
  const python = interpreter(
    'listens',
    `echo "$@" > ${out}; echo "$GOLONGRL_DOCTOR_KEYS" >> ${out}; echo '{"checks":[]}'`,
  );
  await environmentChecks({ target: 'verl', python, exported: 'job' });
  const seen = readFileSync(out, 'utf8');
  expect(seen).toMatch(/probe\.py --target verl --export \/.*job/);
  expect(seen).toContain('algorithm.rollout_is');
});

test('an interpreter that is missing, or dies, is a failed check that says so', async () => {
  const [missing] = await environmentChecks({ target: 'verl', python: path.join(folder, 'nowhere') });
  expect(missing).toMatchObject({ name: 'Python', status: 'fail' });
  expect(missing?.hint).toContain('--python');
  const python = interpreter('dies', 'echo "SyntaxError: what" >&2; exit 3');
  const [dead] = await environmentChecks({ target: 'verl', python });
  expect(dead?.found).toContain('ended with code 3: SyntaxError: what');
});

const server = new Hono().get('/api/v1/get_server_capabilities', (c) => {
  if (c.req.header('X-API-Key') === 'tml-wrong') return c.json({}, 401);
  return c.json({ supported_models: [{ model_name: 'Qwen/Qwen3-4B', max_context_length: 32768 }] });
});
const keysSeen: (string | null)[] = [];
const request: typeof fetch = async (input, init) => {
  keysSeen.push(new Headers(init?.headers).get('X-API-Key'));
  return server.request(String(input), init);
};

test('a server answers with its models; a wrong key, a missing one and a bad address say what to do', async () => {
  const ask = (url: string | undefined, key?: string) =>
    serverChecks({ url, environment: key === undefined ? {} : { TINKER_API_KEY: key }, fetch: request });
  expect((await ask('http://127.0.0.1:8000')).at(-1)).toMatchObject({
    status: 'ok',
    found: '127.0.0.1:8000: Qwen/Qwen3-4B (up to 32768 tokens)',
  });
  expect((await ask('https://host', 'tml-wrong')).at(-1)?.found).toContain('refuses the key');
  expect((await ask(undefined)).at(-1)).toMatchObject({ status: 'fail', name: 'API key' });
  expect((await ask('tinker://x')).at(-1)?.status).toBe('fail');
});

test('the key never travels in the clear to another machine, and is never shown', async () => {
  keysSeen.length = 0;
  const environment = { TINKER_API_KEY: 'tml-secret' };
  const open = await serverChecks({ url: 'http://elsewhere:8000', environment, fetch: request });
  expect(open[0]).toMatchObject({ name: 'API key', status: 'warn' });
  const safe = await serverChecks({ url: 'https://elsewhere', environment, fetch: request });
  expect(keysSeen).toEqual([null, 'tml-secret']);
  expect(JSON.stringify([open, safe])).not.toContain('tml-secret');
});

test('the command prints one JSON object and exits with 1 when a check fails', async () => {
  let out = '';
  const terminal: Terminal = {
    out: (text) => {
      out += text;
    },
    err: () => undefined,
    columns: undefined,
  };
  expect(await runCommand(['doctor', '--format', 'json'], terminal)).toBe(0);
  out = '';
  const python = path.join(folder, 'nowhere');
  expect(await runCommand(['doctor', '--target', 'verl', '--python', python, '--format', 'json'], terminal)).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ ok: false });
  expect(await runCommand(['doctor', '--python', 'python3'], terminal)).toBe(2);
});
