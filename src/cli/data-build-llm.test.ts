import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { llmScript } from '../../test/construction/llm-script.ts';
import { type ScriptedServer, startScriptedServer } from '../../test/evaluation/scripted-server.ts';
import { GolongrlError } from '../errors.ts';
import { register } from './data.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-build-llm-'));
let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer(0, 0, { say: llmScript() });
  const towns = [
    'Avonlea',
    'Bramley',
    'Corfe',
    'Dunster',
    'Epworth',
    'Frome',
    'Garstang',
    'Hexham',
    'Ilkley',
    'Jarrow',
  ];
  const text = towns.map((town, i) => `The market of ${town} was held by the river in the year ${1700 + 13 * i}.`);
  writeFileSync(path.join(folder, 'towns.txt'), Array(3).fill(text.join(' ')).join('\n\n'));
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

async function build(file: string, ...flags: string[]): Promise<{ code?: string; message?: string }> {
  const program = new Command().exitOverride();
  register(program, { out: () => undefined, err: () => undefined, columns: undefined });
  try {
    await program.parseAsync(['node', 'golongrl', 'data', 'build', file, '--format', 'quiet', ...flags]);
    return {};
  } catch (error) {
    if (!(error instanceof GolongrlError)) throw error;
    return { code: error.code, message: error.message };
  }
}

function configFile(name: string, more: Readonly<Record<string, unknown>> = {}): string {
  const file = path.join(folder, `${name}.yaml`);
  const endpoint = { url: server.url, model: 'scripted' };
  const config = {
    out: path.join(folder, name),
    docs: path.join(folder, 'towns.txt'),
    licence: 'CC0-1.0',
    tasks: ['T1'],
    drafts: 2,
    endpoints: { one: endpoint },
    generation: { routes: [{ endpoint: 'one' }] },
    judge: { endpoints: ['one'] },
    ...more,
  };
  writeFileSync(file, JSON.stringify(config));
  return file;
}

test('a flag that a configuration would ignore is refused, and nothing is sent', async () => {
  const found = await build(configFile('flags'), '--seed', '3', '--out', 'elsewhere');
  expect(found).toMatchObject({ code: 'flag-in-config', message: expect.stringContaining('--out, --seed') });
  expect(server.counts.requests).toBe(0);
});

test('a resumed build asks nothing again, and refuses another configuration by the name of what changed', async () => {
  const file = configFile('again');
  expect(await build(file)).toEqual({});
  const { requests } = server.counts;
  expect(requests).toBeGreaterThan(0);
  // Another pace and a budget are no other dataset.
  expect(await build(configFile('again', { parallel: 1, budget: { money: 5 } }), '--resume')).toEqual({});
  expect(server.counts.requests).toBe(requests);
  const changed = configFile('again', { generation: { routes: [{ endpoint: 'one' }], temperature: 0.1 } });
  expect(await build(changed, '--resume')).toMatchObject({
    code: 'config-changed',
    message: expect.stringContaining('generation.temperature was 0.7, is 0.1'),
  });
  expect(server.counts.requests).toBe(requests);
});

test('there must be a build to resume', async () => {
  expect(await build(configFile('nothing'), '--resume')).toMatchObject({ code: 'nothing-to-resume' });
});
