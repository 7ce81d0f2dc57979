/** @file Datasets, evaluations of benchmarks and documents over HTTP; reviews, and who may write them. */
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeCorpusFolder, writeEvaluation, writeStudioDataset } from '../../test/studio/write-places.ts';
import { EvaluationDirectory } from '../evaluation/run/evaluation-directory.ts';
import { writeRecord } from '../storage/record.ts';
import { createStudioApp } from './app.ts';
import type { Assets } from './assets.ts';
import { Library } from './library.ts';
import { runId } from './runs/find-runs.ts';
import type { ChangeEvent } from './shared/api.ts';
import type { DatasetDetail, Drafts, Places, SampleDetail, SamplePage } from './shared/dataset-api.ts';
import type { DocumentDetail, DocumentList } from './shared/document-api.ts';
import type {
  EvaluationDetail,
  EvaluationPair,
  PublishedBeside,
  ScoredDetail,
  ScoredPage,
} from './shared/evaluation-api.ts';

const assets: Assets = { get: () => ({ body: new Uint8Array(), type: 'text/html' }) };
const root = mkdtempSync(path.join(tmpdir(), 'golongrl-places-'));
const at = (name: string) => path.join(root, name);
let library: Library;

const cacheBefore = process.env.GOLONGRL_CACHE;

beforeAll(async () => {
  process.env.GOLONGRL_CACHE = at('.cache');
  await writeStudioDataset(at('data'));
  await writeEvaluation(at('low'), 0.5);
  await writeEvaluation(at('high'), 0.7);
  await writeCorpusFolder(at('corpus'));
  writeFileSync(at('letter.txt'), 'Dear Ann,\n\nthe ship weighed 1200 tons on 3 May 1851.\n');
  library = new Library([root, at('letter.txt')]);
});
afterAll(async () => {
  if (cacheBefore === undefined) delete process.env.GOLONGRL_CACHE;
  else process.env.GOLONGRL_CACHE = cacheBefore;
  await library.close();
  rmSync(root, { recursive: true, force: true });
});

const ask = async (place: string, { review = false, ...init }: RequestInit & { readonly review?: boolean } = {}) =>
  await createStudioApp({ library, assets, token: 'secret', patience: 60_000, review }).request(
    `http://127.0.0.1/api/${place}`,
    { ...init, headers: { Host: '127.0.0.1', Authorization: 'Bearer secret', ...init.headers } },
  );
const json = async <T>(place: string): Promise<T> => (await (await ask(place)).json()) as T;
const [data, low, high, corpus] = ['data', 'low', 'high', 'corpus'].map((name) => runId(at(name)));
const put = (sample: string, body: unknown, more: Parameters<typeof ask>[1] = { review: true }) =>
  ask(`datasets/${data}/reviews/${sample}`, {
    method: 'PUT',
    body: JSON.stringify(body),
    ...more,
    headers: { 'Content-Type': 'application/json', ...more.headers },
  });

test('what lies in the folders is told apart', async () => {
  const places = await json<Places>('places');
  expect(places.datasets.map(({ id, samples }) => [id, samples])).toEqual([[data, 40]]);
  expect(places.evaluations.map(({ model }) => model)).toEqual(['a-model', 'a-model']);
  expect(places.corpora.map(({ name }) => path.basename(name)).sort()).toEqual(['corpus', 'letter.txt']);
  expect(await json('runs')).toEqual([]);
});

test('samples are queried, ordered and counted by what they are', async () => {
  const page = await json<SamplePage>(
    `datasets/${data}/samples?q=${encodeURIComponent('is:written windows>1')}&sort=-length&limit=3`,
  );
  expect(page.of).toBe(40);
  expect(page.rows).toHaveLength(3);
  expect(page.rows.every(({ model, windows = 0 }) => model === 'a-writer' && windows > 1)).toBe(true);
  expect(page.rows[0]?.tokens).toBeGreaterThanOrEqual(page.rows[2]?.tokens ?? 0);
  expect(page.facets.task.reduce((sum, [, samples]) => sum + samples, 0)).toBe(page.total);
  expect((await ask(`datasets/${data}/samples?q=colour:red`)).status).toBe(400);
});

test('a sample comes with its proof in the prompt, and with what its writer and its judge said', async () => {
  const { rows } = await json<SamplePage>(`datasets/${data}/samples?q=is:written`);
  const detail = await json<SampleDetail>(`datasets/${data}/samples/${rows[0]?.id}`);
  const { sample, proof, documents, judges, written, draft } = detail;
  expect(proof.map(({ start, end }) => sample.prompt.slice(start, end))[0]).toMatch(
    /^The horse fair of .* in the year \d+\.$/,
  );
  expect(documents.map(({ title, proof: held }) => [title, held])).toEqual([
    ['Markets', 0],
    ['Fairs', 1],
  ]);
  expect(judges[0]?.words).toMatch(/word for word/);
  expect(written).toMatch(/In which year/);
  expect(draft?.repairs[0]?.why).toMatch(/does not stand/);
  expect((await ask(`datasets/${data}/samples/none`)).status).toBe(404);
});

test('drafts that became no sample are told with the reason, and the audit that lies there is read', async () => {
  const drafts = await json<Drafts>(`datasets/${data}/drafts`);
  expect(drafts.rows.find(({ sample }) => sample === undefined)).toMatchObject({ stage: 'judge-key' });
  const { audit, review } = await json<DatasetDetail>(`datasets/${data}`);
  expect(audit?.report.over).toHaveLength(1);
  expect([audit?.stale, review]).toEqual([false, false]);
});

test('a review is written where the studio was started for it, changed, and taken back', async () => {
  const { rows } = await json<SamplePage>(`datasets/${data}/samples`);
  const [first = '', second = ''] = rows.map(({ id }) => id);
  expect((await put(first, { verdict: 'reject', note: 'two answers' })).status).toBe(200);
  await Promise.all([put(first, { verdict: 'accept', note: '' }), put(second, { verdict: null, note: 'odd' })]);
  const lines = () =>
    readFileSync(path.join(at('data'), 'reviews.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .filter(Boolean);
  expect(lines().map((line) => JSON.parse(line) as object)).toMatchObject([
    { sample: first, verdict: 'accept' },
    { sample: second, note: 'odd' },
  ]);
  expect((await json<SamplePage>(`datasets/${data}/samples?q=is:accepted`)).total).toBe(1);
  for (const id of [first, second]) await put(id, { verdict: null, note: ' ' });
  expect(lines()).toEqual([]);
});

test('nothing is written without --review, by another page, without the token, or for a sample that is not there', async () => {
  const { rows } = await json<SamplePage>(`datasets/${data}/samples`);
  const id = rows[0]?.id ?? '';
  const word = { verdict: 'reject', note: '' };
  const before = readFileSync(path.join(at('data'), 'reviews.jsonl'), 'utf8');
  const statuses = [
    await put(id, word, { review: false }),
    await put(id, word, { review: true, headers: { Origin: 'http://evil.example' } }),
    await put(id, word, { review: true, headers: { Authorization: 'Bearer guess' } }),
    await put(id, word, { review: true, headers: { 'Content-Type': 'text/plain' } }),
    await put('..%2F..%2Fescape', word),
    await put(id, { verdict: 'perhaps', note: '' }),
    await put(id, { verdict: 'accept', note: 'x'.repeat(5000) }),
  ].map(({ status }) => status);
  expect(statuses).toEqual([400, 403, 401, 415, 404, 400, 400]);
  expect(readFileSync(path.join(at('data'), 'reviews.jsonl'), 'utf8')).toBe(before);
  expect(existsSync(at('escape'))).toBe(false);
});

test('an evaluation is told with its cells, and published figures beside it', async () => {
  const detail = await json<EvaluationDetail>(`evaluations/${low}`);
  expect(detail.benchmarks[0]).toMatchObject({ benchmark: 'mrcr', score: 0.5 });
  expect(Object.keys(detail.benchmarks[0]?.cells ?? {})[0]).toMatch(/K\|\d+-\d+ %/);
  const beside = await json<PublishedBeside>(`evaluations/${low}/published?model=GoLongRL-30B-A3B`);
  expect(beside).toMatchObject([{ benchmark: 'mrcr', published: 81.6, ours: 50, inside: false }]);
  expect((await ask(`evaluations/${low}/published?model=nobody`)).status).toBe(400);
});

test("scored samples are narrowed, and one comes with its response and the judge's words", async () => {
  const page = await json<ScoredPage>(`evaluations/${low}/samples?state=wrong&length=0K-8K&limit=5`);
  expect(page.total).toBeGreaterThan(0);
  expect(page.rows.every(({ state }) => state === 'wrong')).toBe(true);
  const { id = '' } = page.rows[0] ?? {};
  const detail = await json<ScoredDetail>(`evaluations/${low}/sample?benchmark=mrcr&id=${id}&repeat=0`);
  expect(detail.response).toMatch(/the answer/);
  expect(detail.words[0]).toMatch(/Both say the same/);
  expect(detail.evidence?.span).toBe('the span');
});

test('two evaluations are paired, with the items that flipped and their questions', async () => {
  const pair = await json<EvaluationPair>(`evaluations/${low}/against/${high}`);
  expect(pair.benchmarks[0]).toMatchObject({ benchmark: 'mrcr', better: 12, worse: 0 });
  expect(pair.benchmarks[0]?.change.ci95[0]).toBeGreaterThan(0);
  expect(pair.flips).toHaveLength(12);
  expect(pair.flips[0]?.question).toMatch(/What stood in passage/);
});

test('documents of a corpus and of a file are listed, and one comes with what is found in it', async () => {
  const list = await json<DocumentList>(`documents/${corpus}`);
  expect(list.rows.map(({ title }) => title)).toEqual(['market', 'horse fair', 'council']);
  const { text, marks } = await json<DocumentDetail>(`documents/${corpus}/1`);
  expect(text).toMatch(/^# The horse fairs/);
  expect(marks.some(({ kind }) => kind === 'table')).toBe(true);
  const letter = await json<DocumentDetail>(`documents/${runId(at('letter.txt'))}/0`);
  const quantity = letter.marks.find(({ kind }) => kind === 'quantity');
  expect(letter.text.slice(quantity?.span.start, quantity?.span.end)).toMatch(/1200 tons/);
  expect((await ask(`documents/${corpus}/9`)).status).toBe(404);
});

test('a dataset that is being built is listed with how far it is, and has no samples before it is whole', async () => {
  const folder = at('unfinished');
  await writeRecord(path.join(folder, 'build.json'), {
    version: '0',
    documents: 'x',
    settings: { seed: 1, sizes: { train: 3, heldout: 2, long: 1 }, mixture: { preset: 'paper', samples: 50 } },
  });
  writeFileSync(path.join(folder, 'places.jsonl'), '{}\n{}\n{"cut');
  const watched = new Library([folder]);
  const { datasets } = await watched.others();
  expect(datasets).toMatchObject([{ id: runId(folder), building: { done: 2, of: 50 } }]);
  const dataset = await watched.dataset(runId(folder));
  await dataset?.index.refresh(60_000);
  expect(await dataset?.index.page({ query: '', sort: '', offset: 0, limit: 9 })).toMatchObject({ total: 0, of: 0 });
  rmSync(folder, { recursive: true });
});

test('an evaluation that goes on tells how many of its requests are answered', async () => {
  const folder = await writeEvaluation(at('running'), 0.5);
  const directory = new EvaluationDirectory(folder);
  const record = await directory.readRecord();
  if (record === undefined) throw new Error('no record');
  rmSync(directory.file('samples.jsonl'));
  rmSync(directory.file('summary.json'));
  const data = { mrcr: { path: 'data', files: [], items: 100, prompts: {} } };
  await directory.writeRecord({ ...record, status: 'running', data });
  const detail = await json<EvaluationDetail>(`evaluations/${runId(folder)}`);
  expect(detail).toMatchObject({ status: 'running', progress: { answered: 60, of: 100 }, benchmarks: [] });
  expect((await json<ScoredPage>(`evaluations/${runId(folder)}/samples`)).total).toBe(0);
  rmSync(folder, { recursive: true });
});

test('whoever watches hears of a review and of what an evaluation writes', async () => {
  const heard: ChangeEvent[] = [];
  const stop = library.watch((change) => heard.push(change));
  const until = async (kind: ChangeEvent['kind'], write: () => void) => {
    for (let turn = 0; turn < 40 && !heard.some((change) => change.kind === kind); turn++) {
      write();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  await until('dataset', () => appendFileSync(path.join(at('data'), 'reviews.jsonl'), '\n'));
  await until('evaluation', () => appendFileSync(path.join(at('low'), 'cache', 'requests.jsonl'), '\n'));
  stop();
  expect(heard).toContainEqual({ kind: 'dataset', id: data });
  expect(heard).toContainEqual({ kind: 'evaluation', id: low });
});
