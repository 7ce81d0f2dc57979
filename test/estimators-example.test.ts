/** @file The comparison of estimators: its numbers on scores made by hand, and the two scripts as they stand on a policy of a few thousand parameters. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { differencesOf, gainsOf } from '../examples/estimators/compare.ts';
import type { FinishedSeed } from '../examples/estimators/read-runs.ts';
import { scaleFigure } from '../examples/estimators/scale-figure.ts';
import { compared } from '../examples/estimators/settings.ts';
import type { EvaluationRow } from '../src/evaluation/index.ts';
import { random } from '../src/random.ts';
import { RunDirectory } from '../src/runs/run-directory.ts';
import { writeChainPolicy } from './chain-policy.ts';

/** Rows of 60 questions on 12 documents in two tasks, right with a chance. */
const rowsOf = (seed: number, name: string, chance: number): EvaluationRow[] => {
  const rng = random(seed, name);
  return Array.from({ length: 60 }, (_, i) => {
    const fields = { sample: `q${i}`, task: i % 2 === 0 ? 'T1' : 'T7', cluster: `d${i % 12}`, status: 'ok' };
    return { ...fields, score: rng.next() < chance ? 1 : 0 } as EvaluationRow;
  });
};

const seedOf = (seed: number): FinishedSeed => {
  const run = (name: string, chance: number) => ({
    before: rowsOf(seed, 'before', 0.3),
    after: rowsOf(seed, name, chance),
    scales: [],
  });
  const same = run('after', 0.4);
  return {
    seed,
    runs: {
      grpo: same,
      'dr-grpo': same,
      qwenlong: same,
      tmn: same,
      'tmn-reweight': same,
      rloo: same,
      maxrl: run('better', 0.9),
    },
  };
};

test('one estimator that is better is found in both tables, the others are not told apart', () => {
  const seeds = [1, 2, 3, 4, 5].map(seedOf);
  const differences = differencesOf(new Map([['equal', seeds]]));
  expect(differences).toHaveLength(11);
  const found = differences.filter(({ significant }) => significant);
  expect(found.map(({ reference, estimator }) => `${reference} ${estimator}`)).toEqual([
    'grpo maxrl',
    'tmn-reweight maxrl',
  ]);
  for (const { seeds: over, questions } of found) {
    expect(over.mean).toBeGreaterThan(0.35);
    expect(over.mean).toBeCloseTo(questions.mean.after - questions.mean.before, 6);
  }
  // The others have the same answers here, so that their differences are nothing but zero.
  expect(differences.filter(({ seeds: over }) => over.p === 1)).toHaveLength(9);
  expect(gainsOf(seeds).map(({ estimator }) => estimator)).toEqual([...compared]);
});

test('the figure has a panel for each estimator and a line for each task', () => {
  const steps = [{ T1: 1 }, { T1: 0.5, T7: 2 }];
  const scales = new Map(compared.map((name) => [name, steps] as const));
  const svg = scaleFigure(new Map([['equal', [scales, scales]]]));
  expect(svg.match(/<polyline/g)).toHaveLength(7 * 9);
  for (const name of compared) expect(svg).toContain(`>${name}</text>`);
});

test('both scripts run, and the first goes on where it was stopped', { tags: ['long'] }, async () => {
  const policy = await writeChainPolicy();
  const out = await mkdtemp(join(tmpdir(), 'golongrl-estimators-'));
  const script = (name: string, ...args: string[]) => {
    const file = fileURLToPath(new URL(`../examples/estimators/${name}.ts`, import.meta.url));
    return promisify(execFile)(process.execPath, ['--import', 'tsx', file, '--out', out, '--seeds', '1', ...args]);
  };
  const sizes = ['--samples', '90', '--samples-per-task', '4', '--steps', '2', '--prompts', '6', '--group', '4'];
  const run = (...args: string[]) => script('run', '--model', policy, '--settings', 'paper-like', ...sizes, ...args);
  await run('--estimators', 'grpo,tmn');
  const before = await stat(join(out, 'paper-like-1-grpo', 'run.json'));
  const { stdout } = await run();
  expect(stdout).not.toContain('paper-like-1-tmn is complete');
  expect(stdout).toContain('paper-like-1-maxrl is complete');
  expect((await stat(join(out, 'paper-like-1-grpo', 'run.json'))).mtimeMs).toBe(before.mtimeMs);
  const evaluation = (name: string) =>
    new RunDirectory(join(out, `paper-like-1-${name}`)).readEvaluation('before-sampled');
  expect(await evaluation('maxrl')).toEqual(await evaluation('grpo'));

  await mkdir(join(out, 'docs'));
  await script('report', '--docs', join(out, 'docs'));
  const page = await readFile(join(out, 'docs', 'estimators.md'), 'utf8');
  expect(page).toContain('## paper-like: 1 seed');
  expect(page).toMatch(/^\| `maxrl` +\| 0\.\d{3} +\| 0\.\d{3} +\| [+-]/m);
  expect(page).not.toContain('{{');
  expect(await readFile(join(out, 'docs', 'estimators.svg'), 'utf8')).toContain('>paper-like</text>');
  await rm(out, { recursive: true, force: true });
  await rm(dirname(policy), { recursive: true, force: true });
});
