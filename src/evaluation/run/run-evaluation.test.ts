/**
 * @file A whole evaluation against a scripted server over HTTP: every benchmark's original layout, faults, kills, limits. The server
 * stands for no model; that a real one works is shown by bench/evaluation.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EndpointKind } from '../../../test/evaluation/endpoint-kinds.ts';
import { makeSuite } from '../../../test/evaluation/make-suite.ts';
import { type ScriptedServer, startScriptedServer } from '../../../test/evaluation/scripted-server.ts';
import { isProbe } from '../../llm/probe-endpoint.ts';
import { writeEvaluationReport } from '../../report/evaluation/write-evaluation-report.ts';
import { lockDirectory } from '../../storage/lock.ts';
import { compareRuns } from '../compare/compare-runs.ts';
import { verdict } from '../compare/table.ts';
import { EvaluationDirectory } from './evaluation-directory.ts';
import { planEvaluation, runEvaluation } from './run-evaluation.ts';
import { type EvaluationSettings, evaluationSettingsSchema } from './settings.ts';

const names = [
  'docmath',
  'longbench-v2',
  'frames',
  'mrcr',
  'corpusqa',
  'longbench-qa',
  'mmlu-pro',
  'gpqa-diamond',
  'aime-2024',
  'longmemeval',
];
let directory: string;
let sound: ScriptedServer;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'golongrl-evaluation-'));
  await makeSuite(join(directory, 'suite'), { items: 4, characters: 3000 });
  sound = await startScriptedServer(0);
});
afterAll(async () => {
  await sound.close();
  await rm(directory, { recursive: true, force: true });
});

type Changes = Partial<Omit<EvaluationSettings, 'benchmarks'>> & { readonly only?: readonly string[] };

const settings = (url: string, { only = names, ...rest }: Changes = {}): EvaluationSettings =>
  evaluationSettingsSchema.parse({
    benchmarks: only.map((name) => ({ name, path: join(directory, 'suite', name) })),
    model: 'scripted',
    url,
    ...rest,
  });

const run = (name: string, own: EvaluationSettings, more: { rescore?: boolean; signal?: AbortSignal } = {}) =>
  runEvaluation({ out: join(directory, name), settings: own, versions: {}, ...more });

const samplesOf = (name: string) => readFile(join(directory, name, 'samples.jsonl'), 'utf8');
const judge = (url: string) => ({
  model: 'judge',
  url,
  apiKeyEnv: 'NONE',
  votes: 1,
  swap: false,
  maxTokens: 64,
  concurrency: 8,
});

test('every benchmark is read, asked, judged and scored, and asking again costs nothing', async () => {
  const own = settings(sound.url, { judge: judge(sound.url) });
  const summary = await run('whole', own);
  expect(summary.benchmarks.map(({ benchmark, items }) => [benchmark, items])).toEqual([
    ['docmath', 16],
    ['longbench-v2', 4],
    ['frames', 4],
    ['mrcr', 12],
    ['corpusqa', 16],
    ['longbench-qa', 20],
    ['mmlu-pro', 8],
    ['gpqa-diamond', 4],
    ['aime-2024', 4],
    ['longmemeval', 4],
  ]);
  for (const { coverage, score, ci95, states, samples } of summary.benchmarks) {
    expect(coverage).toBe(1);
    expect(score).toBeGreaterThanOrEqual(ci95?.[0] ?? 1);
    expect(score).toBeLessThanOrEqual(ci95?.[1] ?? 0);
    expect(Object.values(states).reduce((sum, count) => sum + count, 0)).toBe(samples);
  }
  const aime = summary.benchmarks.find(({ benchmark }) => benchmark === 'aime-2024');
  expect([aime?.samples, aime?.repeats?.k, aime?.repeats?.avg]).toEqual([128, 32, aime?.score]);
  expect(summary.longContextMean?.score).toBeGreaterThan(0);
  expect(summary.spent.requests).toBeGreaterThan(100);
  const before = [sound.counts.requests, await samplesOf('whole')];
  expect((await run('whole', own)).spent.requests).toBe(0);
  expect([sound.counts.requests, await samplesOf('whole')]).toEqual(before);
});

test('ten per cent of faults, and aborts in the middle, change nothing in the end', async () => {
  const server = await startScriptedServer(0.1);
  try {
    const own = settings(server.url, { only: names.slice(0, 6), concurrency: 4 });
    await run('unbroken', settings(sound.url, { only: names.slice(0, 6) }));
    let aborted = 0;
    for (let round = 0; round < 6; round++) {
      const controller = new AbortController();
      const stop = server.counts.requests + 5 + 3 * round;
      const watch = setInterval(() => server.counts.requests >= stop && controller.abort(), 1);
      await run('broken', own, { signal: controller.signal }).catch(() => aborted++);
      clearInterval(watch);
      // What a kill leaves behind: half a line.
      const cache = join(directory, 'broken', 'cache', 'requests.jsonl');
      await writeFile(cache, `${await readFile(cache, 'utf8')}{"key":"ab`);
    }
    expect(aborted).toBeGreaterThan(2);
    const summary = await run('broken', own);
    expect(server.counts.faults).toBeGreaterThan(3);
    expect(summary.benchmarks.every(({ coverage }) => coverage === 1)).toBe(true);
    expect(await samplesOf('broken')).toBe(await samplesOf('unbroken'));
  } finally {
    await server.close();
  }
});

test('failures are errors and no zeros, and only they are asked again', async () => {
  const server = await startScriptedServer(0.3);
  try {
    const own = settings(server.url, { only: ['corpusqa'], attempts: 1 });
    const first = (await run('failing', own)).benchmarks[0];
    const failed = first?.states.error ?? 0;
    expect(failed).toBeGreaterThan(0);
    expect(first?.coverage).toBeCloseTo(1 - failed / 16, 12);
    expect(first?.scoreErrorsAsZero).toBeLessThanOrEqual(first?.score ?? 0);
    const asked = server.counts.requests;
    const second = (await run('failing', own)).benchmarks[0];
    expect([second?.states.error, server.counts.requests - asked]).toEqual([0, failed]);
  } finally {
    await server.close();
  }
});

test('a limit stops the asking, and what was not asked is an error of its own', async () => {
  const own = settings(sound.url, { only: ['longbench-qa'], limits: { tokens: 4000 }, concurrency: 1 });
  const summary = await run('limited', own);
  const rows = (await samplesOf('limited'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { error?: { code: string } });
  expect(rows.filter(({ error }) => error?.code === 'limit-reached').length).toBeGreaterThan(10);
  expect(summary.spent.requests).toBeLessThan(10);
});

test('other profiles score the same answers without asking', async () => {
  const only = ['longbench-v2', 'mrcr'];
  await run('profiles', settings(sound.url, { only, profile: 'upstream' }));
  const asked = sound.counts.requests;
  await run('profiles', settings(sound.url, { only, profile: 'strict' }), { rescore: true });
  expect(sound.counts.requests).toBe(asked);
  const record = await new EvaluationDirectory(join(directory, 'profiles')).readRecord();
  expect([record?.settings.profile, record?.status]).toEqual(['strict', 'done']);
});

test('long prompts are cut as published and logged, or refused', async () => {
  const only = ['longbench-v2'];
  const cut = await run('cut', settings(sound.url, { only, inputTokens: 300 }));
  expect(cut.benchmarks[0]?.truncatedPrompts).toBe(4);
  const [row] = (await samplesOf('cut'))
    .split('\n')
    .map((line) => JSON.parse(line || '{}') as { truncation?: unknown });
  expect(row?.truncation).toMatchObject({ kept: 300, unit: 'tokens (estimated, 4 characters each)' });
  const refused = await run('refused', settings(sound.url, { only, inputTokens: 300, overlong: 'refuse' }));
  expect([refused.benchmarks[0]?.states.error, refused.spent.requests]).toEqual([4, 0]);
});

test('a directory with other settings or changed data is not mixed with this run', async () => {
  const only = ['frames'];
  await run('kept', settings(sound.url, { only }));
  await expect(run('kept', settings(sound.url, { only, seed: 8 }))).rejects.toMatchObject({ code: 'run-differs' });
  const file = join(directory, 'suite', 'frames', 'test.jsonl');
  const text = await readFile(file, 'utf8');
  await writeFile(file, `${text}\n${text.split('\n')[0]}`);
  await expect(run('kept', settings(sound.url, { only }))).rejects.toMatchObject({ code: 'data-changed' });
  await writeFile(file, text);
});

test('a reply that the server cut before the limit of the run is an error, never kept, and asked for again', async () => {
  let full = true;
  const cut = { message: { content: 'I was about to' }, finish_reason: 'length' };
  const server = await startScriptedServer(0, 0, {
    instead: (wire) =>
      full && !isProbe(wire) && wire.model === 'scripted'
        ? { status: 200, body: { choices: [cut], usage: { prompt_tokens: 9, completion_tokens: 40 } } }
        : undefined,
  });
  try {
    const own = settings(server.url, { only: ['frames'], attempts: 1, maxTokens: 500 });
    const first = await run('server-cuts', own);
    expect(first.benchmarks[0]?.states).toMatchObject({ error: 4, truncated: 0 });
    expect(await samplesOf('server-cuts')).toContain('"code":"cut-short"');
    expect(await readFile(join(directory, 'server-cuts/cache/requests.jsonl'), 'utf8')).toBe('');
    full = false;
    expect((await run('server-cuts', own)).benchmarks[0]?.states.error).toBe(0);
  } finally {
    await server.close();
  }
});

test.each<EndpointKind>(['no-seed', 'completion-tokens', 'thinking', 'hidden'])(
  'a model and a judge behind a server of the kind %s are asked in its own way',
  async (kind) => {
    const server = await startScriptedServer(0, 0, { kind });
    try {
      const own = settings(server.url, { only: ['frames'], attempts: 1, judge: judge(server.url) });
      const { benchmarks } = await run(`kind-${kind}`, own);
      // A verdict of 64 tokens has room for thoughts beside it.
      expect(benchmarks[0]?.states).toMatchObject({ error: 0 });
      expect(server.probes.size).toBe(2);
    } finally {
      await server.close();
    }
  },
);

test('a run whose model is not there ends at once and keeps no row', async () => {
  const body = { error: { message: 'The model "scripted" was not found.' } };
  const server = await startScriptedServer(0, 0, { instead: () => ({ status: 404, body }) });
  try {
    const ended = run('no-model', settings(server.url, { only: ['frames'] }));
    await expect(ended).rejects.toMatchObject({
      code: 'endpoint-unusable',
      message: expect.stringMatching(/^--url: http.* 404, model scripted is not there/),
    });
  } finally {
    await server.close();
  }
});

test('a plan asks nothing and counts repeats', async () => {
  const asked = sound.counts.requests;
  const price = { input: 1, output: 10 };
  const [plan] = await planEvaluation(settings(sound.url, { only: ['gpqa-diamond'], price, maxTokens: 100 }));
  expect(plan).toMatchObject({ items: 4, requests: 16, mostCompletionTokens: 1600 });
  expect(plan?.mostCost).toBeCloseTo(((plan?.promptTokens ?? 0) + 16_000) / 1e6, 12);
  expect(sound.counts.requests).toBe(asked);
});

test('an agent fills its memories once, in order, and answers from them', { tags: ['long'] }, async () => {
  const only = ['bfcl-memory'];
  const summary = await run('memory', settings(sound.url, { only, profile: 'strict' }));
  const [entry] = summary.benchmarks;
  expect([entry?.samples, entry?.coverage, Object.keys(entry?.subsets ?? {})]).toEqual([
    12,
    1,
    ['kv', 'rec_sum', 'vector'],
  ]);
  expect(entry?.score).toBeGreaterThan(0);
  // Three memories with four sessions of two turns, some turns with a tool call, and twelve questions with theirs.
  expect(summary.spent.requests).toBeGreaterThan(36);
  expect((await run('memory', settings(sound.url, { only, profile: 'strict' }))).spent.requests).toBe(0);
  const server = await startScriptedServer(0.2);
  try {
    await run('memory-broken', settings(server.url, { only, profile: 'strict' }));
    expect(await samplesOf('memory-broken')).toBe(await samplesOf('memory'));
  } finally {
    await server.close();
  }
});

test('two runs compare by item, and a report shows samples, flips and published figures', async () => {
  const only = names.slice(0, 6);
  await run('other', settings(sound.url, { only, seed: 8 }));
  const [a, b] = ['unbroken', 'other'].map((name) => new EvaluationDirectory(join(directory, name))) as [
    EvaluationDirectory,
    EvaluationDirectory,
  ];
  const comparison = await compareRuns(a, b);
  expect(comparison.benchmarks.map(({ benchmark }) => benchmark)).toEqual(only);
  expect(comparison.flips.length).toBeGreaterThan(0);
  const same = await compareRuns(a, a);
  expect(
    same.benchmarks.every(({ change, p, significant }) => verdict(change) === 'unclear' && p === 1 && !significant),
  ).toBe(true);
  const page = await readFile(await writeEvaluationReport(b, { against: a, published: 'GoLongRL-30B-A3B' }), 'utf8');
  for (const part of ['MRCR', 'flipped', 'GoLongRL-30B-A3B', 'outside', 'depth of the evidence'])
    expect(page).toContain(part);
  expect(page).not.toMatch(/https?:\/\/(?!127\.0\.0\.1)|src=|@import|url\(/);
  expect(page.match(/<script/g)).toHaveLength(2);
  expect(page).not.toContain('NaN');
});

test('an evaluation that another process works on is refused, and half a file of items is not scored', async () => {
  const own = settings(sound.url, { only: ['corpusqa'] });
  await run('locked', own);
  const unlock = await lockDirectory(join(directory, 'locked', 'cache'));
  await expect(run('locked', own)).rejects.toMatchObject({ code: 'directory-locked' });
  await unlock();
  const [items, before] = [join(directory, 'locked', 'items', 'corpusqa.jsonl'), await samplesOf('locked')];
  await writeFile(items, (await readFile(items, 'utf8')).replace(/^.*\n/, ''));
  const record = await readFile(join(directory, 'locked', 'run.json'), 'utf8');
  await expect(run('locked', own, { rescore: true })).rejects.toMatchObject({ code: 'evaluation-damaged' });
  expect(await readFile(join(directory, 'locked', 'run.json'), 'utf8')).toBe(record);
  expect(await samplesOf('locked')).toBe(before);
});
