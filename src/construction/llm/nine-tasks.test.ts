import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import { llmScript } from '../../../test/construction/llm-script.ts';
import { type ScriptedServer, startScriptedServer } from '../../../test/evaluation/scripted-server.ts';
import { packagedDocuments } from '../../../test/packaged-documents.ts';
import type { Document } from '../../corpus/document.ts';
import type { PricedModel } from '../../llm/cached-client.ts';
import { openEndpoint } from '../../llm/endpoint.ts';
import { profiles, renderGold, scoreResponse } from '../../rewards/index.ts';
import type { Sample } from '../../samples/sample.ts';
import { taskIds } from '../../tasks/task.ts';
import { estimateTokens } from '../../tokens.ts';
import { buildLlmTrack } from './build-llm.ts';
import { llmTrackSchema } from './config.ts';
import { goodReward } from './difficulty.ts';
import type { Outcome } from './make-sample.ts';
import type { LlmTrackReport } from './report/track-report.ts';
import { renderDocuments } from './shown-documents.ts';

const names = ['long', 'overlong', 'weak', 'strong'] as const;
const longest = 4000;
const drafts = 45;

let folder: string;
let server: ScriptedServer;
let report: LlmTrackReport;
let samples: Sample[];
let outcomes: Outcome[];
let documents: Document[];
let settings: z.input<typeof llmTrackSchema>;
let models: Map<string, PricedModel>;

/** Speeches on either side of the length at which the route changes, and some profiles. */
function speeches(): Document[] {
  const all = packagedDocuments().filter(({ id }) => id.startsWith('sotu'));
  const within = (least: number, most: number): Document[] =>
    all.filter(({ text }) => estimateTokens(text) > least && estimateTokens(text) <= most);
  // Speeches have few figures to rank.
  const islands = packagedDocuments().filter(({ id }) => ['factbook/ck', 'factbook/kt', 'factbook/nf'].includes(id));
  return [...within(0, longest).slice(0, 14), ...within(longest, 2 * longest).slice(0, 4), ...islands];
}

const textOf = (wanted: string | undefined): string => documents.find(({ id }) => id === wanted)?.text ?? '';

const lines = async <T>(file: string): Promise<T[]> =>
  (await readFile(file, 'utf8'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);

beforeAll(async () => {
  documents = speeches();
  folder = await mkdtemp(path.join(tmpdir(), 'golongrl-nine-'));
  server = await startScriptedServer(0.1, 0, { say: llmScript() });
  const out = path.join(folder, 'dataset');
  const endpoint = { url: server.url, price: { input: 1, output: 2 } };
  settings = {
    out,
    drafts,
    endpoints: Object.fromEntries(names.map((name) => [name, { ...endpoint, model: name }])),
    generation: { routes: [{ upTo: longest, endpoint: 'long' }, { endpoint: 'overlong' }] },
    judge: { endpoints: ['overlong'] },
    blind: { endpoint: 'strong', answers: 2 },
    closedBook: { endpoint: 'long', rollouts: 2 },
    robustness: { endpoint: 'strong', rollouts: 4, addTokens: 1000 },
    cascade: { weak: 'weak', strong: 'strong', enforceRatio: false },
  };
  models = new Map(
    names.map((name) => [name, { model: openEndpoint({ url: server.url, model: name }), price: endpoint.price }]),
  );
  report = await buildLlmTrack({ config: llmTrackSchema.parse(settings), documents, models });
  samples = [
    ...(await lines<Sample>(path.join(out, 'native/train.jsonl'))),
    ...(await lines<Sample>(path.join(out, 'native/heldout.jsonl'))),
  ];
  outcomes = await lines<Outcome>(path.join(`${out}-work`, 'outcomes.jsonl'));
}, 180_000);
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

test('all nine tasks go from the draft to accepted samples, and every draft is accounted for', () => {
  expect([...new Set(samples.map(({ task }) => task))].sort()).toEqual([...taskIds]);
  const discarded = Object.values(report.discarded).reduce((sum, count) => sum + count, 0);
  expect(samples.length + report.leftOut + discarded).toBe(drafts);
});

test('every accepted sample pays its gold in full and nothing for silence, in both profiles', () => {
  for (const { reward } of samples)
    for (const profile of profiles) {
      expect(scoreResponse(reward, renderGold(reward, profile), profile).score).toBeCloseTo(1);
      expect(scoreResponse(reward, '', profile).score).toBe(0);
    }
});

test('documents go to the endpoint of their length', () => {
  const writers = samples.map(({ provenance }) => {
    const shown = documents.filter((document) => provenance.documents.some(({ id }) => id === document.id));
    const tokens = estimateTokens(renderDocuments(shown, 'en'));
    return [provenance.llm?.generation.model, tokens > longest ? 'overlong' : 'long'];
  });
  expect(new Set(writers.map(([model]) => model))).toEqual(new Set(['long', 'overlong']));
  for (const [model, expected] of writers) expect(model).toBe(expected);
});

test('evidence stands in the document where the sample says', () => {
  for (const { provenance, prompt } of samples) {
    expect(provenance.evidence.length).toBeGreaterThan(0);
    for (const { document, span } of provenance.evidence) {
      const quote = textOf(document).slice(span.start, span.end);
      expect(quote.length).toBeGreaterThan(20);
      expect(prompt).toContain(quote);
    }
  }
});

test('the tiers follow from the rollouts that are kept, by the thresholds of the paper, and no more are asked than decide', async () => {
  const replies = await lines<{ key: string }>(path.join(folder, 'dataset-work/replies.jsonl'));
  const kept = new Set(replies.map(({ key }) => key));
  const tiers = new Set<string>();
  for (const { provenance, task } of samples) {
    const { rollouts = [], difficulty } = provenance.llm ?? {};
    const [weak, strong] = rollouts.map(({ rewards }) => ({
      passed: rewards.filter((one) => one >= goodReward[task]).length,
      failed: rewards.filter((one) => one < goodReward[task]).length,
    }));
    // Of eight, whatever the rest would have been.
    const expected =
      (weak?.passed ?? 0) > 6
        ? 'easy'
        : (weak?.failed ?? 0) <= 4
          ? 'medium'
          : (strong?.passed ?? 0) > 6
            ? 'medium'
            : 'hard';
    expect(difficulty).toBe(expected);
    expect(rollouts.every(({ requests }) => requests.length <= 8 && requests.every((key) => kept.has(key)))).toBe(true);
    tiers.add(expected);
  }
  expect(tiers.size).toBeGreaterThan(1);
});

test('what a sample cost is told by stage, with what drafts were sent back for and how judges did on near misses', () => {
  const stages = new Map(report.stages.map((row) => [row.stage, row]));
  for (const stage of ['write', 'repair', 'closed book', 'blind', 'judge', 'robustness', 'cascade'] as const)
    expect(stages.get(stage)?.requestsPerSample, stage).toBeGreaterThan(0);
  expect(stages.get('all')?.requestsPerSample).toBeCloseTo(report.cost.requests / report.samples);
  expect(report.repairs.schema).toBeGreaterThan(0);
  expect(report.controls).toMatchObject([{ judge: 'overlong' }]);
  for (const { controls, refused } of report.controls) expect(refused).toBe(controls);
});

test('what is guessed without the document is sent back, what is never proved by it is discarded, and both say why', () => {
  const unproved = outcomes.filter(
    ({ stage, why }) => stage === 'text' && why?.includes('the quote does not stand in'),
  );
  const sentBack = outcomes.flatMap(({ repairs }) => repairs);
  expect(sentBack.find(({ stage }) => stage === 'closed-book')?.why).toMatch('readers without the documents earn');
  expect(unproved.length).toBeGreaterThan(0);
});

test('without judges nothing is judged, and samples say so', async () => {
  const out = path.join(folder, 'unjudged');
  const config = llmTrackSchema.parse({ ...settings, out, drafts: 9, judge: { endpoints: [] } });
  const unjudged = await buildLlmTrack({ config, documents, models });
  expect(unjudged.samples).toBeGreaterThan(0);
  expect(Object.keys(unjudged.discarded).filter((stage) => stage.startsWith('judge'))).toEqual([]);
  for (const { provenance } of await lines<Sample>(path.join(out, 'native/train.jsonl')))
    expect(provenance.llm?.judges).toEqual([]);
});
