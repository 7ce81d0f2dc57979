import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildLlmTrack } from '../../../src/construction/llm/build-llm.ts';
import type { Outcome } from '../../../src/construction/llm/make-sample.ts';
import type { LlmTrackReport } from '../../../src/construction/llm/report/track-report.ts';
import { ChatFailure } from '../../../src/llm/chat-model.ts';
import { renderGold, scoreResponse } from '../../../src/rewards/index.ts';
import type { Sample } from '../../../src/samples/sample.ts';
import { taskIds } from '../../../src/tasks/task.ts';
import { exchangeDocuments } from './documents.ts';
import { readExchanges, recordedModel } from './recorded-model.ts';
import { configOf, modelNames, recordedDrafts, versionsNow } from './recorded-set.ts';

let folder: string;
let report: LlmTrackReport;
let samples: Sample[];
let outcomes: Outcome[];
const stale: string[] = [];
const documents = exchangeDocuments();

const linesOf = async <T>(file: string): Promise<T[]> =>
  (await readFile(file, 'utf8'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'golongrl-replay-'));
  const config = configOf(path.join(folder, 'dataset'), recordedDrafts);
  const exchanges = readExchanges();
  const models = new Map(
    modelNames.map((name) => [
      name,
      {
        model: recordedModel(name, exchanges, async ({ seed }, before) => {
          const why = before === undefined ? 'never recorded' : `recorded for ${before.versions}, now ${versionsNow()}`;
          stale.push(`${name} ${seed}: ${why}`);
          throw new ChatFailure('http-400', 'no such exchange', { retryable: false });
        }),
        price: { input: 1, output: 4 },
      },
    ]),
  );
  report = await buildLlmTrack({ config, documents, models, pool: { start: 500, most: 500 } });
  samples = await linesOf<Sample>(path.join(config.out, 'native', 'train.jsonl'));
  outcomes = await linesOf<Outcome>(path.join(`${config.out}-work`, 'outcomes.jsonl'));
}, 180_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

test('every request of the recorded build has its exchange; a changed prompt names those that it makes stale', () => {
  expect(stale).toEqual([]);
});

test('of drafts over all tasks and most sub-tasks more than seven in ten become samples, choices and summaries among them', () => {
  expect(report.drafts).toBeGreaterThanOrEqual(40);
  expect(new Set(outcomes.map(({ task }) => task)).size).toBe(taskIds.length);
  expect(report.subTasks.length).toBeGreaterThanOrEqual(20);
  expect(report.samples / report.drafts).toBeGreaterThanOrEqual(0.7);
  const accepted = new Set(samples.map(({ task }) => task));
  for (const task of ['T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T8', 'T9'] as const)
    expect(accepted.has(task), task).toBe(true);
  expect(new Set(samples.map(({ reward }) => reward.language))).toEqual(new Set(['en', 'zh']));
});

test('judges refuse keys that are wrong by one thing', () => {
  for (const { controls, refused } of report.controls) expect(refused / controls).toBeGreaterThanOrEqual(0.95);
  expect(report.controls.reduce((sum, { controls }) => sum + controls, 0)).toBeGreaterThanOrEqual(35);
});

test('every sample shows its evidence in the prompt, pays its key, and says how it was checked', () => {
  for (const { prompt, reward, provenance, question } of samples) {
    for (const { document, span } of provenance.evidence) {
      const text = documents.find(({ id }) => id === document)?.text.slice(span.start, span.end) ?? '';
      expect(text.length).toBeGreaterThan(3);
      expect(prompt).toContain(text);
    }
    expect(prompt.indexOf(question)).toBeGreaterThan(prompt.indexOf('=== '));
    expect(scoreResponse(reward, renderGold(reward, 'hardened'), 'hardened').score).toBeCloseTo(1);
    expect(provenance.llm?.judges).toHaveLength(1);
    expect(provenance.llm?.closedBook?.rewards.length).toBeGreaterThan(0);
    expect(provenance.llm?.prompts).toMatchObject({ write: 1, judge: 1 });
    expect(provenance.subtask).toBeDefined();
  }
});

test('what was sent back and never mended is told with all its reasons', () => {
  const lost = outcomes.filter(({ stage }) => stage !== undefined);
  expect(lost.length + report.samples).toBe(report.drafts);
  for (const { why, repairs } of lost) {
    expect(why).toMatch(/readers without the documents earn|the label|points for taskCompliance/);
    expect(repairs.length).toBeGreaterThanOrEqual(3);
  }
});
