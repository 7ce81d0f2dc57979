/**
 * @file The LLM track of P3: drafts over documents, several at a time, to a dataset through the writer of all datasets. Resuming is
 * running again: replies that were paid for are read from the cache, and the rest follows from them.
 */
import path from 'node:path';
import type { Document } from '../../corpus/document.ts';
import { ResourceError } from '../../errors.ts';
import { CachedClient, type PricedModel, type StoredReply } from '../../llm/cached-client.ts';
import { ChatFailure } from '../../llm/chat-model.ts';
import { addCosts, type Cost, CostLedger, noCost } from '../../llm/cost-ledger.ts';
import { RequestCache } from '../../llm/request-cache.ts';
import { writeJsonLines } from '../../runs/files.ts';
import type { Sample } from '../../samples/sample.ts';
import { writeDataset } from '../../samples/write-dataset.ts';
import { estimateName, estimateTokens } from '../length.ts';
import { type CheckRow, checksTable, discardedOf } from './checks-table.ts';
import type { LlmTrackConfig } from './config.ts';
import { difficulties, takeRatio } from './difficulty.ts';
import { makeLlmSample, type Outcome, routeOf, type Slot } from './make-sample.ts';
import { assignmentLines, planSlots } from './plan-slots.ts';
import { checkSameTrack, trackRecord, writeTrackRecord } from './track-record.ts';

export interface LlmTrackReport {
  readonly drafts: number;
  readonly samples: number;
  /** Passed everything, left out for the ratio of difficulties or as a duplicate. */
  readonly leftOut: number;
  readonly discarded: Readonly<Record<string, number>>;
  readonly checks: readonly CheckRow[];
  readonly difficulty: Readonly<Record<string, number>>;
  /** Of the drafts as they stand, whoever paid for them and when. */
  readonly cost: Cost;
  readonly moneyPerSample: number;
}

export interface LlmTrackProgress {
  readonly done: number;
  readonly drafts: number;
  readonly accepted: number;
  /** Of all replies on disk. */
  readonly spent: Cost;
}

export interface LlmTrackOptions {
  readonly config: LlmTrackConfig;
  readonly documents: readonly Document[];
  readonly models: ReadonlyMap<string, PricedModel>;
  /** Go on with the build that lies there, if it is the same. */
  readonly resume?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: LlmTrackProgress) => void;
}

export const workDirectory = ({ out, work }: LlmTrackConfig): string => work ?? `${out}-work`;

/** A wrong answer that is sent back, and what is wrong with it. */
const repairTokens = 1500;

/** What a run may cost at most and by route, before anything is sent. */
export function estimateTrack(config: LlmTrackConfig, documents: readonly Document[]): Cost & { drafts: number } {
  const { generation, judge, closedBook, robustness, cascade } = config;
  let total = noCost;
  const add = (endpoint: string | undefined, times: number, input: number, output: number): void => {
    const price = config.endpoints[endpoint ?? '']?.price ?? { input: 0, output: 0 };
    const [promptTokens, completionTokens] = [times * input, times * output];
    const money = (promptTokens * price.input + completionTokens * price.output) / 1e6;
    total = addCosts(total, { requests: times, promptTokens, completionTokens, money });
  };
  for (const { document } of planSlots(config, documents)) {
    const tokens = estimateTokens(document.text) + 600;
    const route = routeOf(config, tokens - 600);
    add(route, 1, tokens, generation.maxTokens);
    add(route, generation.repairs, tokens + repairTokens, generation.maxTokens);
    for (const endpoint of judge.endpoints) {
      add(endpoint, judge.control ? 2 : 1, tokens, judge.maxTokens);
      add(endpoint, judge.repairs * (judge.control ? 2 : 1), tokens + repairTokens, judge.maxTokens);
    }
    const output = cascade?.maxTokens ?? 2048;
    add(closedBook?.endpoint, closedBook?.rollouts ?? 0, 600, output);
    add(robustness?.endpoint, robustness?.rollouts ?? 0, tokens + (robustness?.addTokens ?? 0), output);
    add(cascade?.weak, cascade?.rollouts ?? 0, tokens, output);
    add(cascade?.strong, cascade?.rollouts ?? 0, tokens, output);
  }
  return { drafts: config.drafts, ...total };
}

/** Refusals of one request for what it asks; another try is refused too. */
const refusals = ['http-400', 'http-413', 'http-422', 'overlong'];

/** All outcomes in order. The first failure stops new drafts; drafts under way end, so that their replies are kept. */
async function runSlots(slots: readonly Slot[], width: number, job: (slot: Slot) => Promise<Outcome>) {
  const outcomes: Outcome[] = [];
  const failures: unknown[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let slot = slots[next++]; slot !== undefined; slot = slots[next++]) {
      try {
        outcomes[slot.index] = await job(slot);
      } catch (error) {
        if (error instanceof ChatFailure && refusals.includes(error.code)) {
          const { index, task, document } = slot;
          outcomes[index] = { index, task, document: document.id, stage: 'refused', why: error.message, cost: noCost };
          continue;
        }
        failures.push(error);
        // A request that got no reply is one draft's trouble; a server that is gone, and anything else, is everybody's.
        const alone = error instanceof ChatFailure && error.retryable && error.code !== 'no-connection';
        if (!alone) next = slots.length;
      }
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return { outcomes, failures };
}

/** What a user can do about a failure before running again. */
const cures: Readonly<Record<string, string>> = {
  'http-401': 'Put the key in the variable that `apiKeyEnv` of the endpoint names. ',
  'http-403': 'Look whether the key may use this model. ',
  'http-404': 'Compare `url` (most end in /v1) and `model` of the endpoint with what the server offers. ',
  'no-connection': 'Look whether the server runs and `url` is its address. ',
  timeout: 'Raise `timeoutSeconds` or lower `parallel`. ',
};

function checkFailures(failures: readonly unknown[], drafts: number): void {
  const other = failures.find((error) => !(error instanceof ChatFailure));
  if (other !== undefined) throw other;
  const [first] = failures;
  if (!(first instanceof ChatFailure)) return;
  const message = `${failures.length} of ${drafts} drafts got no reply; the first: ${first.message}`;
  const hint = `${cures[first.code] ?? ''}Run the same command with --resume: replies are kept.`;
  throw new ResourceError('requests-failed', message, hint, { cause: first });
}

function chosen(outcomes: readonly Outcome[], { cascade }: LlmTrackConfig): Sample[] {
  const byId = new Map(outcomes.flatMap(({ sample }) => (sample === undefined ? [] : [[sample.id, sample] as const])));
  const samples = [...byId.values()];
  if (cascade === undefined || !cascade.enforceRatio) return samples;
  return takeRatio(samples, ({ provenance }) => provenance.llm?.difficulty, cascade.ratio);
}

function reportOf(outcomes: readonly Outcome[], samples: readonly Sample[]): LlmTrackReport {
  const discarded = discardedOf(outcomes);
  const tier = (name: string): number => samples.filter(({ provenance }) => provenance.llm?.difficulty === name).length;
  const cost = outcomes.reduce((sum, outcome) => addCosts(sum, outcome.cost), noCost);
  return {
    drafts: outcomes.length,
    samples: samples.length,
    leftOut: outcomes.filter(({ sample }) => sample !== undefined).length - samples.length,
    discarded,
    checks: checksTable(discarded, outcomes.length),
    difficulty: Object.fromEntries(difficulties.map((name) => [name, tier(name)])),
    cost,
    moneyPerSample: samples.length === 0 ? 0 : cost.money / samples.length,
  };
}

/**
 * Builds the dataset at `config.out`.
 *
 * @throws UsageError, InputError when `resume` finds no build or another one.
 * @throws ResourceError when requests fail or the budget is spent; running again goes on.
 */
export async function buildLlmTrack(options: LlmTrackOptions): Promise<LlmTrackReport> {
  const { config, documents, models, signal, onProgress } = options;
  const work = workDirectory(config);
  const record = trackRecord(config, documents);
  if (options.resume === true) await checkSameTrack(work, record);
  else await writeTrackRecord(work, record);
  const cache = await RequestCache.open<StoredReply>(path.join(work, 'replies.jsonl'));
  try {
    const ledger = new CostLedger(config.budget);
    const pool = { attempts: config.attempts };
    const client = await CachedClient.open({ cache, ledger, pool, signal });
    const slots = planSlots(config, documents);
    let [done, accepted] = [0, 0];
    const { outcomes, failures } = await runSlots(slots, config.parallel, async (slot) => {
      const outcome = await makeLlmSample({ config, client, models }, slot);
      if (outcome.sample !== undefined) accepted++;
      onProgress?.({ done: ++done, drafts: slots.length, accepted, spent: ledger.spent });
      return outcome;
    });
    checkFailures(failures, slots.length);
    await writeJsonLines(path.join(work, 'outcomes.jsonl'), outcomes);
    const samples = chosen(outcomes, config);
    const report = reportOf(outcomes, samples);
    const lines = [
      ...assignmentLines(config, documents),
      `${report.drafts} drafts, ${report.samples} samples, ${report.leftOut} left out`,
      ...Object.entries(report.discarded).map(([stage, count]) => `${stage}: ${count} discarded`),
      ...Object.entries(report.difficulty).map(([tier, count]) => `${tier}: ${count}`),
      `${report.cost.requests} requests, ${report.cost.promptTokens} + ${report.cost.completionTokens} tokens, ${report.cost.money.toFixed(4)} of money`,
    ];
    await writeDataset(config.out, samples, {
      seed: config.seed,
      tokenizer: estimateName,
      ifExists: 'overwrite',
      sections: [{ title: 'LLM track', lines }],
      report,
    });
    return report;
  } finally {
    await cache.close();
  }
}
