/** @file The studio over HTTP, on a run that is written here as training writes it: lists, queries, groups, prompts, live changes, and who may look. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Hono } from 'hono';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRunDirectory, type RunDirectory } from '../runs/run-directory.ts';
import { createStudioApp } from './app.ts';
import type { Assets } from './assets.ts';
import { Library } from './library.ts';
import type { ChangeEvent, GroupDetail, RolloutPage, RunDetail, RunSummary } from './shared/api.ts';

const assets: Assets = { get: () => ({ body: new Uint8Array(Buffer.from('<p>page</p>')), type: 'text/html' }) };
let root: string;
let run: RunDirectory;
let library: Library;
let app: Hono;

const rollout = (score: number, more: object = {}) => ({
  text: `thinking</think>\n[Answer]\n${score}`,
  score,
  status: 'ok',
  state: 'answered',
  format: 'exact',
  extracted: String(score),
  reason: 'because',
  tokens: 12,
  stopReason: 'stop',
  ...more,
});

async function writeStep(step: number, reward: number): Promise<void> {
  const prompt = await run.writePrompt(`The value is 1.\n\nWhat is the value? (${step})`);
  const group = {
    sample: 'aa11',
    task: 'T1',
    prompt,
    gold: ['1'],
    question: 'What is the value?',
    rationale: 'The value is 1',
    generator: 'lookup',
    promptTokens: 20,
    staleness: 0,
    reward: { metric: 'EM', language: 'en' },
  };
  await run.writeRollouts(step, [
    { ...group, use: 'trained', rollouts: [rollout(1, { advantage: 1 }), rollout(0, { advantage: -1 })] },
    {
      ...group,
      sample: `bb${step}`,
      task: 'T9',
      use: 'dropped',
      rollouts: [rollout(0, { state: 'cut', stopReason: 'length' })],
    },
  ]);
  await run.appendMetrics({ step, reward, tasks: {} });
}

const cacheBefore = process.env.GOLONGRL_CACHE;

beforeEach(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'golongrl-studio-'));
  process.env.GOLONGRL_CACHE = path.join(root, '.cache');
  ({ run } = await openRunDirectory({
    path: path.join(root, 'a'),
    kind: 'train',
    versions: { platform: 'linux-x64' },
  }));
  await run.writeConfig('steps: 9\n');
  await writeStep(1, 0.25);
  await writeStep(2, 0.5);
  library = new Library([root]);
  app = createStudioApp({ library, assets, token: 'secret', patience: 60_000 });
});
afterEach(async () => {
  if (cacheBefore === undefined) delete process.env.GOLONGRL_CACHE;
  else process.env.GOLONGRL_CACHE = cacheBefore;
  await library.close();
  rmSync(root, { recursive: true, force: true });
});

const ask = (address: string, headers: Record<string, string> = {}) =>
  app.request(`http://127.0.0.1${address}`, {
    headers: { Host: '127.0.0.1', Authorization: 'Bearer secret', ...headers },
  });
const json = async <T>(address: string): Promise<T> => (await (await ask(address)).json()) as T;
const id = async (): Promise<string> => (await json<RunSummary[]>('/api/runs'))[0]?.id ?? '';

test('runs are listed with their state, and a damaged one says what is wrong', async () => {
  mkdirSync(path.join(root, 'deep', 'b'), { recursive: true });
  writeFileSync(path.join(root, 'deep', 'b', 'run.json'), '{"schemaVersion":99}');
  const runs = await json<RunSummary[]>('/api/runs');
  expect(runs.map(({ status }) => status).sort()).toEqual(['damaged', 'running']);
  const [good] = runs.filter(({ status }) => status === 'running');
  expect(good).toMatchObject({ step: 2, reward: 0.5, sparkline: [0.25, 0.5], machine: 'linux-x64' });
  expect(runs.find(({ status }) => status === 'damaged')?.problem).toContain('run.json');
});

test('a folder that links to itself is walked once', async () => {
  symlinkSync(root, path.join(root, 'loop'));
  expect(await json<RunSummary[]>('/api/runs')).toHaveLength(1);
});

test('rollouts are paged, filtered, ordered and counted', async () => {
  const all = await json<RolloutPage>(`/api/runs/${await id()}/rollouts?limit=2`);
  expect(all).toMatchObject({ total: 6, of: 6, indexed: { steps: 2, ofSteps: 2, rollouts: 6, groups: 4 } });
  expect(all.rows.map(({ step, group, member, reward }) => [step, group, member, reward])).toEqual([
    [1, 0, 0, 1],
    [1, 0, 1, 0],
  ]);
  expect(all.rows[0]).toMatchObject({ task: 'T1', generator: 'lookup', answer: '1', advantage: 1, promptTokens: 20 });
  const some = await json<RolloutPage>(`/api/runs/${await id()}/rollouts?q=is:truncated&sort=-step&offset=1`);
  expect(some).toMatchObject({ total: 2, offset: 1 });
  expect(some.rows[0]).toMatchObject({ step: 1, task: 'T9', advantage: null });
});

test('a wrong query is answered in words, with 400', async () => {
  const answer = await ask(`/api/runs/${await id()}/rollouts?q=${encodeURIComponent('rewrad>1')}`);
  expect(answer.status).toBe(400);
  expect(((await answer.json()) as { error: string }).error).toContain('Did you mean "reward"');
});

test('words of the texts are searched', async () => {
  const page = await json<RolloutPage>(`/api/runs/${await id()}/rollouts?q=${encodeURIComponent('"[answer]\n1"')}`);
  expect(page.rows.map(({ reward }) => reward)).toEqual([1, 1]);
});

test('a selection is exported as JSON Lines with what its group shares', async () => {
  const text = await (await ask(`/api/runs/${await id()}/rollouts.jsonl?q=reward:1`)).text();
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatchObject({ step: 1, group: 0, member: 0, sample: 'aa11', score: 1, gold: ['1'] });
});

test('a group comes with its batch, both verdicts, the place of its answers and its history', async () => {
  const detail = await json<GroupDetail>(`/api/runs/${await id()}/groups/2/0`);
  expect(detail.batch).toEqual({ rewards: [1, 0], prompts: [0, 0], tasks: ['EM', 'EM'] });
  expect(detail.verdicts.map(({ paper, hardened }) => [paper.score, hardened.score])).toEqual([
    [1, 1],
    [0, 0],
  ]);
  const { at } = detail.verdicts[0] ?? { at: { start: 0, end: 0 } };
  expect(detail.group.rollouts[0]?.text.slice(at.start, at.end)).toBe('1');
  expect(detail.history.map(({ step }) => step)).toEqual([1, 2]);
  expect((await ask(`/api/runs/${await id()}/groups/2/9`)).status).toBe(404);
  expect((await ask(`/api/runs/${await id()}/groups/2/-1`)).status).toBe(404);
});

test('a prompt is its text, and no path leads out of the store', async () => {
  const { rows } = await json<RolloutPage>(`/api/runs/${await id()}/rollouts`);
  const answer = await ask(`/api/runs/${await id()}/prompts/${rows[0]?.prompt}`);
  expect(await answer.text()).toContain('The value is 1.');
  expect(answer.headers.get('Content-Type')).toContain('text/plain');
  for (const hash of ['..%2f..%2frun.json', '%2e%2e', 'ffffffffffffffff'])
    expect((await ask(`/api/runs/${await id()}/prompts/${hash}`)).status).toBe(404);
  expect((await ask('/api/runs/..%2f..%2fetc/rollouts')).status).toBe(404);
});

test('steps that are written later are seen, and steps that a resumed run wrote again replace the old ones', async () => {
  const address = `/api/runs/${await id()}/rollouts?limit=0`;
  expect((await json<RolloutPage>(address)).total).toBe(6);
  await writeStep(3, 0.75);
  await run.writeRollouts(2, [
    { sample: 'cc', task: 'T2', prompt: 'p', gold: [], use: 'trained', rollouts: [rollout(0.5)] },
  ]);
  utimesSync(run.file('rollouts', 'step-000002.jsonl'), 1, 1);
  await new Promise((resolve) => setTimeout(resolve, 750));
  const page = await json<RolloutPage>(address);
  expect(page).toMatchObject({ total: 7, indexed: { steps: 3 } });
  const two = await json<RolloutPage>(`${address.replace('limit=0', '')}q=step:2`);
  expect(two.rows.map(({ task }) => task)).toEqual(['T2']);
});

test('later lines of metrics come alone', async () => {
  const { metrics } = await json<RunDetail>(`/api/runs/${await id()}/metrics?after=1`);
  expect(metrics.map(({ step }) => step)).toEqual([2]);
});

test('whoever watches hears of a step', async () => {
  await json('/api/runs');
  const heard = new Promise<ChangeEvent>((resolve) => library.watch(resolve));
  await writeStep(3, 1);
  expect(await heard).toMatchObject({ kind: 'run', id: await id(), step: 3, status: 'running' });
});

test('pages need no token and hold no data; data need it; foreign hosts and pages are refused', async () => {
  const page = await app.request('http://127.0.0.1/', { headers: { Host: '127.0.0.1' } });
  expect(page.status).toBe(200);
  expect(page.headers.get('Content-Security-Policy')).toMatch(/default-src 'none'; script-src 'self'/);
  expect((await ask('/api/runs', { Authorization: 'Bearer wrong' })).status).toBe(401);
  expect((await ask('/api/events', { Authorization: '' })).status).toBe(401);
  expect((await ask('/api/runs', { Host: 'evil.example' })).status).toBe(403);
  expect((await ask('/', { Host: 'evil.example' })).status).toBe(403);
  expect((await ask('/api/runs', { Origin: 'http://evil.example' })).status).toBe(403);
  expect((await ask('/api/runs', { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
});

test('a run that is not read yet is no empty one: the first answer says how many steps there are to read', async () => {
  app = createStudioApp({ library, assets, token: 'secret', patience: 0 });
  const page = await json<RolloutPage>(`/api/runs/${await id()}/rollouts`);
  expect(page.indexed.ofSteps).toBe(2);
});
