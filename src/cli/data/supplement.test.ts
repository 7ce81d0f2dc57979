import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GolongrlError } from '../../errors.ts';
import type { EvaluationRow } from '../../evaluation/heldout.ts';
import type { Sample } from '../../samples/sample.ts';
import { taskIds } from '../../tasks/task.ts';
import { createProgram } from '../main.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'golongrl-supplement-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (...names: string[]): string => path.join(folder, ...names);

async function run(...args: string[]): Promise<{ out: string; err: string; code?: string; message?: string }> {
  let out = '';
  let err = '';
  const program = createProgram({ out: (text) => (out += text), err: (text) => (err += text), columns: undefined });
  try {
    await program.parseAsync(['node', 'golongrl', 'data', ...args]);
    return { out, err };
  } catch (error) {
    if (!(error instanceof GolongrlError)) throw error;
    return { out, err, code: error.code, message: error.message };
  }
}
const json = async (...args: string[]) => {
  const { out, code, message } = await run(...args, '--format', 'json');
  if (code !== undefined) throw new Error(message);
  return JSON.parse(out);
};
const samplesIn = (dataset: string): Sample[] =>
  ['train', 'heldout'].flatMap((split) =>
    readFileSync(at(dataset, 'native', `${split}.jsonl`), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line)),
  );

/** An evaluation in which all goes well, but for T7 at 8K to 16K where it is planted. */
function evaluation(name: string, planted: boolean): void {
  const rows = taskIds.flatMap((task) =>
    [2000, 44_000].flatMap((characters) =>
      Array.from({ length: 30 }, (_, i): EvaluationRow => {
        const weak = planted && task === 'T7' && characters === 44_000;
        const score = weak ? (i % 10 === 0 ? 1 : 0) : i % 4 === 0 ? 0 : 1;
        return {
          sample: `${task}-${characters}-${i}`,
          task,
          cluster: `document ${i}`,
          question: 'q',
          characters,
          gold: ['g'],
          rollout: 0,
          score,
          status: 'ok',
          state: 'answered',
          format: 'exact',
          extracted: '',
          reason: '',
          text: '',
          tokens: 1,
          stopReason: 'stop',
        };
      }),
    ),
  );
  mkdirSync(at(name, 'eval'), { recursive: true });
  writeFileSync(at(name, 'eval', 'after-sampled.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}

const base = at('base');
beforeAll(async () => {
  await json('build', '--short', '90', '--long', '9', '--seed', '3', '--out', base);
});

test('a planted weakness ends in a request, samples of that task and length, a diff and a validation run', {
  tags: ['long'],
}, async () => {
  evaluation('run', true);
  const diagnosis = await json('diagnose', at('run'), '--samples', '20', '--out', at('request.json'));
  expect(diagnosis.request).toMatchObject({ task: 'T7', length: { from: 8, to: 16 }, samples: 20 });
  expect(diagnosis.clear).toBe(true);

  const next = at('next');
  const dry = await json('build', '--request', at('request.json'), '--base', base, '--out', next, '--dry-run');
  expect([dry.request.samples, existsSync(next)]).toEqual([20, false]);
  const built = await json('build', '--request', at('request.json'), '--base', base, '--out', next);
  // Places that the documents cannot serve stay empty.
  const count = built.added;
  expect(count).toBeGreaterThan(3);
  const old = new Set(samplesIn('base').map(({ id }) => id));
  const added = samplesIn('next').filter(({ id }) => !old.has(id));
  expect(added).toHaveLength(count);
  for (const { task, prompt } of added) {
    expect(task).toBe('T7');
    expect(prompt.length).toBeGreaterThan(8 * 4096);
    expect(prompt.length).toBeLessThanOrEqual(16 * 4096);
  }
  const splits = new Map<string, string>();
  for (const { split, provenance } of samplesIn('next'))
    for (const { id } of provenance.documents) {
      expect(splits.get(id) ?? split, id).toBe(split);
      splits.set(id, split);
    }

  const diff = await json('diff', base, next);
  expect([diff.added.length, diff.removed, diff.changed]).toEqual([count, [], []]);
  expect(diff.tasks.T7.after.samples - diff.tasks.T7.before.samples).toBe(count);

  writeFileSync(
    at('small.yaml'),
    'model: micro\nrollout: {prompts: 2, group: 2, maxTokens: 16}\ndynamicSampling: {draw: 1, enough: 0.5, maxDraws: 1}\nevaluation: {samplesPerTask: 2, greedy: false}\n',
  );
  const settings = ['--samples', '50', '--steps', '1', '--config', at('small.yaml'), '--out', at('validation')];
  const report = await json('validate', next, ...settings);
  expect(report.mean.ci95).toHaveLength(2);
  expect(existsSync(report.report)).toBe(true);
  const config = readFileSync(at('validation', 'config.yaml'), 'utf8');
  expect(config).toContain('subset: 50');

  // The same request to the same base gives the same version.
  await json('build', '--request', at('request.json'), '--base', base, '--out', at('again'));
  expect(readFileSync(at('again', 'manifest.json'), 'utf8')).toBe(readFileSync(at('next', 'manifest.json'), 'utf8'));
});

test('where nothing is weak no request is made, unless it is asked for, and then it says so', async () => {
  evaluation('healthy', false);
  const file = at('healthy.json');
  const human = await run('diagnose', at('healthy'), '--out', file);
  expect([human.code, existsSync(file)]).toEqual([undefined, false]);
  expect(human.out).toMatch(/No weakness was found.*\nNo request was made/);
  expect(await json('diagnose', at('healthy'), '--out', file)).toMatchObject({ clear: false, request: null });
  expect(existsSync(file)).toBe(false);
  const chosen = ['--task', 'T3', '--tokens', '8K-16K', '--samples', '9', '--out', file];
  await json('diagnose', at('healthy'), ...chosen);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    task: 'T3',
    length: { from: 8, to: 16 },
    clear: false,
  });
  await json('diagnose', at('healthy'), '--anyway', '--out', file);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ clear: false, samples: 500 });
  expect((await run('diagnose', at('healthy'), '--tokens', '8K-16K')).code).toBe('tokens-task');
  const built = await run('build', '--request', file, '--base', at('base'), '--out', at('unclear'), '--dry-run');
  expect(built.err).toMatch(/^Note: .* not clearly weaker/);
});

test('requests that are none, or cannot be met, are named, and nothing is written', async () => {
  writeFileSync(at('bad.json'), '{"task": "T7"}');
  const build = (file: string) => run('build', '--request', at(file), '--base', at('base'), '--out', at('never'));
  expect((await build('bad.json')).code).toBe('request-invalid');
  expect((await build('none.json')).code).toBe('file-missing');
  writeFileSync(
    at('long.json'),
    JSON.stringify({
      schemaVersion: 1,
      task: 'T1',
      length: { from: 256, to: 512 },
      samples: 9,
      clear: true,
      reason: 'r',
    }),
  );
  expect((await build('long.json')).code).toBe('request-too-long');
  expect((await run('build', '--request', at('long.json'), '--out', at('never'))).code).toBe('request-base');
  expect(existsSync(at('never'))).toBe(false);
});
