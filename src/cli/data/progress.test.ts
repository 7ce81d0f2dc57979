/** @file What commands over datasets show while they work: real ones over a small dataset, on terminals of 80 and 200 columns and in a log. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { llmScript } from '../../../test/construction/llm-script.ts';
import { type ScriptedServer, startScriptedServer } from '../../../test/evaluation/scripted-server.ts';
import { lampSample } from '../../../test/lamp-sample.ts';
import { writeDataset } from '../../samples/write-dataset.ts';
import { createProgram } from '../main.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-progress-'));
const at = (name: string): string => path.join(folder, name);
const noColor = process.env.NO_COLOR;
let solver: ScriptedServer;
let writer: ScriptedServer;

beforeAll(async () => {
  // The sixth of eight rollouts is wrong: a tier that is kept.
  let turn = 0;
  const say = () => `[Answer]\n${turn++ % 8 < 5 ? 'Anders0' : 'nobody'}`;
  solver = await startScriptedServer(0, 0, { say });
  writer = await startScriptedServer(0, 0, { say: llmScript() });
  await writeDataset(
    at('dataset'),
    Array.from({ length: 12 }, (_, i) => lampSample(i)),
    { seed: 1, tokenizer: 'test' },
  );
  writeFileSync(at('benchmark.jsonl'), '{"question": "Who keeps the northern lamp?", "answer": "Anders"}\n');
  const towns = ['Avonlea', 'Bramley', 'Corfe', 'Dunster', 'Epworth', 'Frome', 'Garstang', 'Hexham'];
  const paragraphs = ['market', 'horse fair', 'council'].map((what, k) =>
    towns.map((town, i) => `The ${what} of ${town} was held by the river in the year ${1700 + 13 * i + 200 * k}.`),
  );
  writeFileSync(at('towns.txt'), paragraphs.map((sentences) => sentences.join(' ')).join('\n\n'));
});
afterAll(async () => {
  await Promise.all([solver.close(), writer.close()]);
  rmSync(folder, { recursive: true });
});
afterEach(() => {
  if (noColor === undefined) delete process.env.NO_COLOR;
  else process.env.NO_COLOR = noColor;
});

function track(out: string): string {
  const file = at(`${out}.yaml`);
  const endpoints = { one: { url: writer.url, model: 'scripted' } };
  const generation = { routes: [{ endpoint: 'one' }] };
  const documents = { docs: at('towns.txt'), licence: 'CC0-1.0' };
  const judge = { endpoints: ['one'] };
  writeFileSync(
    file,
    JSON.stringify({ out: at(out), ...documents, tasks: ['T1'], drafts: 2, endpoints, generation, judge }),
  );
  return file;
}

/** The command line of each, writing to places of its own; the words that its line begins with; a count that it shows. */
const commands: Readonly<Record<string, (own: string) => readonly [words: string[], first: string, count: string]>> = {
  lint: () => [['lint', at('dataset')], 'Lint', '/12'],
  diff: () => [['diff', at('dataset'), at('dataset')], 'Read before', '/12'],
  decontaminate: () => [
    ['decontaminate', at('dataset'), '--benchmark', at('benchmark.jsonl')],
    'Index benchmark',
    '/12',
  ],
  calibrate: (own) => [
    ['calibrate', at('dataset'), '--weak', solver.url, '--all', '--out', at(`calibrated-${own}`)],
    'Open models',
    '/12',
  ],
  'build of the LLM track': (own) => [
    ['build', track(`llm-${own}`)],
    own === 'log' ? 'Read documents' : 'Prepare',
    '/2',
  ],
};

async function shown(words: readonly string[], columns: number | undefined): Promise<string> {
  let err = '';
  const program = createProgram({ out: () => undefined, err: (text) => (err += text), columns });
  await program.parseAsync(['node', 'golongrl', 'data', ...words]);
  return err;
}

/** What draws the line anew. */
const anew = '\r\u001b[K';

/** States of the line, and lines that stay. */
const statesOf = (text: string): string[] =>
  text
    .replaceAll(anew, '\n')
    .split('\n')
    .filter((state) => state !== '');

const cases = Object.keys(commands).flatMap((name) => [80, 200].map((columns): [string, number] => [name, columns]));

test.each(cases)(
  '%s at %i columns begins with what it does, counts, never wraps and leaves nothing',
  async (name, columns) => {
    process.env.NO_COLOR = '1';
    const [words, first, count] = commands[name]?.(String(columns)) ?? [[], '', ''];
    const text = await shown(words, columns);
    const states = statesOf(text);
    expect(states[0]).toBe(`${first} ...`);
    expect(states.some((state) => state.includes(count))).toBe(true);
    expect(states.some((state) => state.includes('█') || state.includes('░'))).toBe(columns === 200);
    expect(Math.max(...states.map(({ length }) => length))).toBeLessThan(columns);
    // NO_COLOR: the one code left is that which draws the line anew.
    expect(text.replaceAll(anew, '')).not.toContain('\u001b');
    expect(text.endsWith(anew) || text.endsWith('\n')).toBe(true);
  },
);

test.each(Object.keys(commands))(
  '%s in a log says what it does in lines of their own, and no state of it',
  async (name) => {
    const [words, first] = commands[name]?.('log') ?? [[], ''];
    const text = await shown(words, undefined);
    expect(text.split('\n')[0]).toBe(`${first} ...`);
    expect(text).not.toContain('\u001b');
    expect(text).not.toMatch(/[\r█░]|\d+\/\d+ /);
  },
);

test('a quiet command shows nothing, and without NO_COLOR a terminal gets colours', async () => {
  expect(await shown(['lint', at('dataset'), '--format', 'quiet'], 80)).toBe(anew);
  delete process.env.NO_COLOR;
  expect(await shown(['build', track('llm-colours')], 80)).toContain('\u001b[32m✓');
});
