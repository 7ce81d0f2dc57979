import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeSuite } from '../../../test/evaluation/make-suite.ts';
import { type ScriptedServer, startScriptedServer } from '../../../test/evaluation/scripted-server.ts';
import { runCommand } from '../main.ts';

let directory: string;
let server: ScriptedServer;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'golongrl-eval-cli-'));
  await makeSuite(join(directory, 'suite'), { items: 3, characters: 2000 });
  server = await startScriptedServer(0);
});
afterAll(async () => {
  await server.close();
  await rm(directory, { recursive: true, force: true });
});

async function command(...args: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = {
    out: (text: string) => void out.push(text),
    err: (text: string) => void err.push(text),
    columns: undefined,
  };
  const code = await runCommand(['eval', ...args], terminal);
  return { code, out: out.join(''), err: err.join('') };
}

const quiet = { out: () => undefined, err: () => undefined, columns: undefined };
const place = (name: string): string => join(directory, name);
const evaluate = (name: string, ...args: readonly string[]) =>
  command('run', '--data', place('suite'), '--model', 'm', '--url', server.url, '--out', place(name), ...args);

test('run, compare and report from the command line', async () => {
  const first = await evaluate('a', 'longbench-v2', 'mrcr');
  expect([first.code, first.out]).toEqual([0, expect.stringMatching(/MRCR ≤128K +9 .*100\.0 %/)]);
  expect((await evaluate('b', 'longbench-v2', 'mrcr', '--seed', '9', '--format', 'quiet')).out).toBe(
    `${place('b/report.html')}\n`,
  );
  const compared = await command('compare', place('a'), place('b'));
  expect([compared.code, compared.out]).toEqual([0, expect.stringContaining('mean of benchmarks')]);
  const report = await command('report', place('b'), '--against', place('a'), '--published', 'GPT-5');
  expect([report.code, report.err]).toEqual([0, expect.stringContaining('77.29')]);
  const diagnosed = await runCommand(
    ['data', 'diagnose', place('a'), '--least-samples', '3', '--anyway', '--out', place('r.json')],
    quiet,
  );
  expect([diagnosed, JSON.parse(readFileSync(place('r.json'), 'utf8'))]).toMatchObject([0, { schemaVersion: 1 }]);
  const rescored = await command('run', '--resume', place('a'), '--rescore', '--profile', 'strict', '--format', 'json');
  expect(JSON.parse(rescored.out)).toMatchObject({ spent: { requests: 0 } });
});

test('all is every benchmark that has data', async () => {
  const { code, out } = await evaluate('whole', 'all', '--dry-run', '--format', 'json');
  const names = (JSON.parse(out) as { benchmark: string }[]).map(({ benchmark }) => benchmark);
  expect([code, names.length > 10, names.includes('nine-tasks')]).toEqual([0, true, false]);
});

test('a dry run asks nothing', async () => {
  const asked = server.counts.requests;
  const { code, out } = await evaluate('dry', 'aime-2024', '--dry-run');
  expect([code, out, server.counts.requests]).toEqual([0, expect.stringMatching(/aime-2024 +3 +96/), asked]);
});

test('less than 99 % of answers is a failure that says how to go on', async () => {
  const { code, out, err } = await evaluate('low', 'frames', '--most-tokens', '1', '--concurrency', '1');
  expect([code, out]).toEqual([1, expect.stringContaining('no headline: 33.3 % answered')]);
  expect(err).toContain(`golongrl eval run --resume ${place('low')}`);
});

test('wrong use is named', async () => {
  expect((await command('fetch', 'bfcl-memory')).err).toContain('are not on the hub');
  expect((await evaluate('x', 'longbench-v3')).err).toContain('Did you mean "longbench-v2"?');
  expect((await command('run', 'mrcr', '--model', 'm')).err).toContain('got no data');
  expect((await command('run', 'mrcr', '--data', place('suite'))).err).toContain('got no --model');
  expect((await command('report', place('nowhere'))).err).toContain('there is no evaluation here');
  expect((await command('list')).out).toContain('longmemeval_s_cleaned.json');
});
