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
import { configOf, modelNames, recordedDrafts, swappedConfigOf, swappedDrafts, versionsNow } from './recorded-set.ts';

let folder: string;
const stale: string[] = [];
const documents = exchangeDocuments();

const linesOf = async <T>(file: string): Promise<T[]> =>
  (await readFile(file, 'utf8'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);

interface Built {
  readonly report: LlmTrackReport;
  readonly samples: Sample[];
  readonly outcomes: Outcome[];
}
let whole: Built;
let swapped: Built;

async function build(config: ReturnType<typeof configOf>): Promise<Built> {
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
  const report = await buildLlmTrack({ config, documents, models, pool: { start: 500, most: 500 } });
  const samples = await linesOf<Sample>(path.join(config.out, 'native', 'train.jsonl'));
  const outcomes = await linesOf<Outcome>(path.join(`${config.out}-work`, 'outcomes.jsonl'));
  return { report, samples, outcomes };
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'golongrl-replay-'));
  whole = await build(configOf(path.join(folder, 'dataset'), recordedDrafts));
  swapped = await build(swappedConfigOf(path.join(folder, 'swapped')));
}, 180_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

test('every request of the recorded build has its exchange; a changed prompt names those that it makes stale', () => {
  expect(stale).toEqual([]);
});

test('of drafts over all tasks and most sub-tasks more than seven in ten become samples with two repairs', () => {
  const { report, outcomes, samples } = whole;
  expect(report.drafts).toBeGreaterThanOrEqual(40);
  expect(report.subTasks.length).toBeGreaterThanOrEqual(28);
  expect(report.samples / report.drafts).toBeGreaterThanOrEqual(0.8);
  expect(new Set(samples.map(({ task }) => task))).toEqual(new Set(taskIds));
  const chinese = outcomes.filter(({ document }) => document.startsWith('zh/'));
  expect(new Set(chinese.map(({ subTask }) => subTask)).size).toBeGreaterThanOrEqual(8);
  expect(samples.filter(({ reward }) => reward.language === 'zh').length).toBeGreaterThanOrEqual(8);
});

test('one sample takes fewer requests than half of what the first form of the track took', () => {
  const all = whole.report.stages.find(({ stage }) => stage === 'all');
  expect(all?.requestsPerSample).toBeLessThan(19.5 / 2);
});

test('judges refuse keys that are wrong by one thing', () => {
  const { controls: rows } = whole.report;
  for (const { controls, refused } of rows) expect(refused / controls).toBeGreaterThanOrEqual(0.95);
  expect(rows.reduce((sum, { controls }) => sum + controls, 0)).toBeGreaterThanOrEqual(35);
});

test('every sample shows its evidence in the prompt, pays its key, and says how it was checked', () => {
  for (const { prompt, reward, provenance, question } of whole.samples) {
    for (const { document, span } of provenance.evidence) {
      const text = documents.find(({ id }) => id === document)?.text.slice(span.start, span.end) ?? '';
      expect(text.length).toBeGreaterThan(3);
      expect(prompt).toContain(text);
    }
    expect(prompt.indexOf(question)).toBeGreaterThan(prompt.indexOf('=== '));
    expect(scoreResponse(reward, renderGold(reward, 'hardened'), 'hardened').score).toBeCloseTo(1);
    expect(provenance.llm?.judges).toHaveLength(1);
    expect(provenance.llm?.closedBook?.rewards.length).toBeGreaterThan(0);
    expect(provenance.llm?.prompts).toMatchObject({ write: 2, judge: 1 });
    expect(provenance.subtask).toBeDefined();
  }
});

test('what was sent back and never mended is told with all its reasons', () => {
  const { outcomes, report } = whole;
  const lost = outcomes.filter(({ stage }) => stage !== undefined);
  expect(lost.length + report.samples).toBe(report.drafts);
  for (const { why, repairs } of lost) {
    expect(why).toMatch(/readers without the documents earn|points for answerUniqueness/);
    expect(repairs.length).toBe(2);
  }
});

test('faults of Chinese drafts go back in Chinese', () => {
  const faults = whole.outcomes.filter(({ document }) => document.startsWith('zh/')).flatMap(({ repairs }) => repairs);
  expect(faults.length).toBeGreaterThan(0);
  for (const { zh } of faults) expect(zh).toMatch(/\p{Script=Han}/u);
});

test('with judges in both orders and the cascade the first drafts keep their verdicts and get a difficulty', () => {
  expect(swapped.report.drafts).toBe(swappedDrafts);
  const stages = (outcomes: readonly Outcome[]) => outcomes.slice(0, swappedDrafts).map(({ stage }) => stage);
  expect(stages(swapped.outcomes)).toEqual(stages(whole.outcomes));
  for (const { provenance } of swapped.samples) {
    expect(provenance.llm?.judges).toHaveLength(2);
    expect(provenance.llm?.difficulty).toBeDefined();
    expect(provenance.llm?.rollouts[0]?.stage).toBe('weak');
  }
  const tiers = new Set(swapped.samples.map(({ provenance }) => provenance.llm?.difficulty));
  expect(tiers.size).toBeGreaterThan(1);
});
