import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readLlmTrackConfig } from './config.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'golongrl-track-config-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function configFile(lines: readonly string[]): Promise<string> {
  const file = path.join(folder, 'track.yaml');
  await writeFile(file, lines.join('\n'));
  return file;
}

const sound = [
  'out: dataset',
  'endpoints:',
  '  one: { url: http://127.0.0.1:9/v1 }',
  'generation: { routes: [{ endpoint: one }] }',
  'judge: { endpoints: [one] }',
];

test('all faults of a configuration are told at once, each with its line', async () => {
  const file = await configFile([...sound, 'drafs: 9', 'seed: -1']);
  await expect(readLlmTrackConfig(file)).rejects.toThrow(/track\.yaml:7:\d+ seed[\s\S]*track\.yaml:6:1 .*drafs/);
});

test('an endpoint that nobody describes is named', async () => {
  const file = await configFile([...sound, 'blind: { endpoint: two }']);
  await expect(readLlmTrackConfig(file)).rejects.toThrow('got the endpoint "two", expected one');
});
