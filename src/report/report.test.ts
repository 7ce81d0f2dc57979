import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { comparePaired } from '../evaluation/compare/statistics.ts';
import type { EvaluationRow } from '../evaluation/heldout.ts';
import { openRunDirectory, type RunDirectory } from '../runs/run-directory.ts';
import { html } from './html.ts';
import { lineChart } from './line-chart.ts';
import { type RunView, readRun } from './read-run.ts';
import { runTime } from './run-time.ts';
import { linearScale, smooth, ticks } from './scale.ts';
import { chooseExamples } from './sections/examples.ts';
import { renderReport, writeReport } from './write-report.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'golongrl-report-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const row = (sample: string, task: string, score: number, extracted = 'x'): EvaluationRow => ({
  sample,
  task,
  cluster: sample,
  question: `Question ${sample} <script>alert(1)</script>`,
  characters: 400,
  gold: ['Lima'],
  rollout: 0,
  score,
  status: 'ok',
  state: 'answered',
  format: 'exact',
  extracted,
  reason: `scored ${score}`,
  text: extracted,
  tokens: 3,
  stopReason: 'stop',
});

async function emptyRun(): Promise<RunDirectory> {
  const { run } = await openRunDirectory({
    path: join(directory, 'run'),
    kind: 'train',
    versions: { golongrl: '9.9.9' },
  });
  await run.writeConfig('seed: 7\nadvantage:\n  type: tmn\n');
  return run;
}

async function finishedRun(): Promise<RunDirectory> {
  const run = await emptyRun();
  const samples = Array.from({ length: 12 }, (_, i) => `s${i}`);
  const before = samples.map((id) => row(id, 'T1', 0, 'Oslo'));
  const after = samples.map((id, i) => row(id, 'T1', i % 4 === 0 ? 0 : 1, i % 4 === 0 ? 'Quito' : 'Lima'));
  await run.writeEvaluation('before-sampled', before);
  await run.writeEvaluation('after-sampled', after);
  const pairs = samples.map((cluster, i) => ({ task: 'T1', cluster, before: 0, after: after[i]?.score ?? 0 }));
  const task = { groups: 4, dropped: 1, std: 0.5, passRate: 0.2, advantageShare: 1, length: 12, truncated: 0 };
  for (const step of [1, 2, 3]) {
    await run.appendMetrics({
      step,
      ...task,
      reward: step / 10,
      entropy: 1,
      gradientNorm: 1,
      clipFraction: 0.01,
      approximateKl: 0.001,
      referenceKl: step / 100,
      tasks: { T1: { ...task, reward: step / 10 } },
    });
  }
  await run.update({
    status: 'done',
    facts: { comparison: { sampled: comparePaired(pairs, { seed: 1, resamples: 500 }) } },
  });
  return run;
}

const view = {
  record: { schemaVersion: 1, kind: 'train', status: 'done', versions: {}, facts: {} },
  config: '',
  timings: [{ step: 1, total: 100 }],
  before: [],
  after: [],
  sampled: undefined,
  greedy: undefined,
} as unknown as RunView;

test('tasks that went down stand beside those that went up, and too few documents are said to be too few', () => {
  const pairs = Array.from({ length: 20 }, (_, i) => [
    { task: 'T1', cluster: `d${i}`, before: 0.2, after: 0.8 + (i % 3) / 30 },
    { task: 'T6', cluster: `d${i}`, before: 0.9, after: 0.5 - (i % 4) / 40 },
    { task: 'T7', cluster: `d${i % 2}`, before: 0.1, after: 0.2 },
  ]).flat();
  const sampled = comparePaired(pairs, { seed: 1 });
  const page = renderReport({ ...view, facts: {}, metrics: [], sampled });
  expect(page).toMatch(/Down: T6 {2}Fragment matching −0\.4/);
  expect(page).toMatch(/Up: T1 \+0\.6/);
  expect(page).toContain('too few documents');
  expect(page).not.toContain('−1.00');
});

test('time and memory are those of all sittings', () => {
  const sittings: { seconds: Record<string, number>; peakRssMb: number }[] = [
    { seconds: { before: 10, training: 40 }, peakRssMb: 900 },
    { seconds: { training: 40, after: 10 }, peakRssMb: 700 },
  ];
  const page = renderReport({ ...view, facts: { sittings }, metrics: [] });
  // The steps took longer than the sittings that ended in order: another one was killed.
  expect(page).toContain('2 min 0 s in 2 sittings');
  expect(page).toContain('900 MB');
});

test('a control says so in every title, and its warning stands before its figures', () => {
  const page = renderReport({ ...view, facts: { control: 'shuffled-rewards' }, metrics: [] });
  expect(page.match(/train run: CONTROL, shuffled-rewards/g)).toHaveLength(2);
  expect(page).toContain('it must gain nothing');
  expect(renderReport({ ...view, facts: {}, metrics: [] })).not.toMatch(/control/i);
});

test('gains stand beside the blind floor, by task and by length, and tasks under it are named with those that went down', () => {
  const pairs = Array.from({ length: 20 }, (_, i) => [
    { task: 'T1', cluster: `d${i}`, before: 0.2, after: 0.7 },
    { task: 'T6', cluster: `d${i}`, before: 0.1, after: 0.2 },
  ]).flat();
  const sampled = comparePaired(pairs, { seed: 1, resamples: 500 });
  const floor = (reward: number) => ({ reward, ci95: [0, 1] as [number, number], questions: 20, policy: 'always "A"' });
  const change = { before: 0.3, after: 0.1, ci95: [-0.3, -0.1] as [number, number], samples: 17 };
  const facts = {
    floors: { T1: floor(0.3), T6: floor(0.25) },
    lengths: [{ name: '2K to 4K', over: 2048, to: 4096, beyondTraining: true, sampled: change }],
  };
  const page = renderReport({ ...view, facts, metrics: [], sampled });
  expect(page).toMatch(/Under the blind floor: T6 {2}Fragment matching/);
  expect(page).toMatch(/<td>0\.300<\/td><td class="">\+0\.400 \(under it before\)/);
  expect(page).toMatch(/<td>0\.250<\/td><td class="down">\+0\.000 \(under it before and after\)/);
  expect(page).toMatch(
    /2K to 4K \(longer than any trained on\)<\/td><td>17<\/td>.*<td class="down">−0\.200 \[−0\.300, −0\.100\]/,
  );
});

test('time is told by what it went into, with what limits the run, and beside the plan', () => {
  const timings = [1, 2].map((step) => ({
    ...{ step, sampling: 30, scoring: 1, training: 10, optimizer: 1, writing: 2, total: 45 },
  }));
  const sittings = [{ seconds: { corpus: 5, dataset: 15, plan: 1, before: 20, training: 90, after: 20 }, wall: 160 }];
  const plan = { setup: 22, evaluation: 36, step: 40, rest: 6, total: 144, steps: 2, asked: 9, budget: 150 };
  const timed = { ...view, record: { ...view.record, status: 'done' as const }, timings, facts: { sittings, plan } };
  expect(runTime(timed)).toEqual({
    ...{ dataset: 20, evaluation: 40, sampling: 60, training: 22, scoring: 2, writing: 4 },
    // Two seconds within steps, the plan, and nine in no stage.
    other: 12,
    total: 160,
  });
  const page = renderReport({ ...timed, metrics: [] });
  expect(page).toContain('Most of the time is sampling, 38 % of it: more cores');
  expect(page).toContain('160 s (planned 144 s) in all: evaluations 40 s (planned 36 s), a step 45 s (planned 40 s).');
  expect(page).toContain('2 of 9 steps were taken, so that the whole would stay within 150 s.');
  expect(page).toContain('It took longer than the 150 s it had.');
});

test('an axis fits what it shows, however small: no point lies outside of its figure', () => {
  const shown = lineChart({ label: 'KL', steps: [1, 2, 3], values: [-2e-9, 3e-8, 1e-8] }).markup;
  const ys = [...shown.matchAll(/cy="([\d.-]+)"/g)].map(([, y]) => Number(y));
  expect(ys.length).toBeGreaterThan(2);
  for (const y of ys) expect(y >= 10 && y <= 128).toBe(true);
  expect(shown).toContain('e-8');
});

test('text from a policy cannot become markup', () => {
  expect(html`<p>${'<script>&"'}</p>`.markup).toBe('<p>&#60;script&#62;&#38;&#34;</p>');
});

test('scales, ticks and moving averages', () => {
  expect(linearScale([0, 2], [10, 20])(1)).toBe(15);
  expect(ticks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(ticks(-0.13, 0.42, 4)).toEqual([0, 0.2, 0.4]);
  expect(smooth([0, 3, 6, 9], 3)).toEqual([1.5, 3, 6, 7.5]);
});

test('the report says what changed, shows gold beside the answer and its reason, and needs no network', async () => {
  const run = await finishedRun();
  const page = renderReport(await readRun(run));
  expect(page).toContain('+0.750');
  for (const part of [
    'went from 0.000 to 0.750',
    'improved',
    'still wrong',
    'Lima',
    'Oslo',
    'scored 1',
    'golongrl',
    '9.9.9',
    'type: tmn',
    'Entropy',
    'Clipped',
    'KL to the sampling policy',
    'KL to the policy of the start',
  ]) {
    expect(page).toContain(part);
  }
  expect(page).not.toMatch(/<script|https?:|src=|@import|url\(/);
  expect(page).not.toContain('undefined');
  expect(page).not.toContain('NaN');
});

test('the report shows what rewards are made of where a run counted it, and opens runs that did not', async () => {
  const run = await finishedRun();
  const view = await readRun(run);
  expect(renderReport(view)).not.toContain('<h2>Answers</h2>');
  const states = { answered: 6, none: 1, cut: 8, contradictory: 1, unreadable: 0 };
  const counts = {
    states,
    formats: { exact: 4, loose: 4, none: 8 },
    statuses: { ok: 14, timeout: 3, error: 1, unjudgeable: 2 },
  };
  const metrics = view.metrics.map((step) => ({
    ...step,
    ...counts,
    reward: null,
    unjudgeable: 1,
    tasks: { T1: { ...step.tasks.T1, ...counts, reward: null } },
  }));
  const page = renderReport({ ...view, metrics } as typeof view);
  for (const part of [
    '<h2>Answers</h2>',
    'step 1: cut 35 %',
    'no verdict 30 %',
    '3 groups left their batch',
    'form exact',
  ])
    expect(page).toContain(part);
  expect(page).not.toMatch(/undefined|NaN/);
});

test('an unfinished run has a report too', async () => {
  const run = await emptyRun();
  const path = await writeReport(run);
  expect(path).toBe(run.file('report.html'));
  expect(renderReport(await readRun(run))).toContain('not finished');
});

test('what is no run is an error', async () => {
  const { RunDirectory: Run } = await import('../runs/run-directory.ts');
  await expect(writeReport(new Run(directory))).rejects.toMatchObject({ code: 'file-missing' });
});

test('examples are the largest gains by task, then what is still wrong, then the largest losses', () => {
  const before = [row('a', 'T1', 0), row('b', 'T1', 0.5), row('c', 'T2', 0), row('d', 'T2', 1), row('e', 'T2', 1)];
  const after = [row('a', 'T1', 1), row('b', 'T1', 0.9), row('c', 'T2', 0), row('d', 'T2', 0.2), row('e', 'T2', 1)];
  const chosen = chooseExamples(before, after).map(({ kind, after: { sample } }) => `${sample} ${kind}`);
  expect(chosen).toEqual(['a improved', 'c wrong', 'd worse']);
});
