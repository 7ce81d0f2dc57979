/**
 * @file The LLM track of P3: drafts over documents, several at a time, to a dataset through the writer of all datasets. Resuming is
 * running again: replies that were paid for are read from the cache, and the rest follows from them.
 */

import path from 'node:path';
import type { Document } from '../../corpus/document.ts';
import { countedSamples, openTokenCounter, type TokenCounter } from '../../engine/token-counter.ts';
import { messageOf } from '../../errors.ts';
import { Account, divideCosts } from '../../llm/account.ts';
import type { PricedModel } from '../../llm/cached-client.ts';
import { addCosts, type Cost, type CostLedger, noCost } from '../../llm/cost-ledger.ts';
import type { Sample } from '../../samples/sample.ts';
import { writeDataset } from '../../samples/write-dataset.ts';
import { writeJournal } from '../../storage/journal.ts';
import { type CheckRow, checksTable, discardedOf } from './checks-table.ts';
import type { LlmTrackConfig } from './config.ts';
import { difficulties, takeRatio } from './difficulty.ts';
import type { Slot } from './draft-context.ts';
import { Failures } from './failures.ts';
import { makeLlmSample, type Outcome } from './make-sample.ts';
import { assignmentLines, planSlots } from './plan-slots.ts';
import { checkSameTrack, trackRecord, writeTrackRecord } from './track-record.ts';
import { inWorkDirectory } from './work-directory.ts';

/** What became of the drafts: `discarded` counts them by stage, `difficulty` the samples by tier. */
export interface LlmTrackReport {
  readonly drafts: number;
  readonly samples: number;
  /** Passed everything, left out for the ratio of difficulties or as a duplicate. */
  readonly leftOut: number;
  readonly discarded: Readonly<Record<string, number>>;
  readonly checks: readonly CheckRow[];
  readonly difficulty: Readonly<Record<string, number>>;
  /** Of all replies that the drafts used, each once, whoever paid for them and when. */
  readonly cost: Cost;
  readonly moneyPerSample: number;
}

/** Told after every reply and draft; `done` of `drafts` are through, `accepted` of those became samples. */
export interface LlmTrackProgress {
  readonly done: number;
  readonly drafts: number;
  readonly accepted: number;
  /** Of all replies on disk. */
  readonly spent: Cost;
}

/** What a build works with; `models` has every endpoint that the configuration names, by that name. */
export interface LlmTrackOptions {
  readonly config: LlmTrackConfig;
  readonly documents: readonly Document[];
  readonly models: ReadonlyMap<string, PricedModel>;
  /** Counts the prompts that are written; the estimate without it. */
  readonly counter?: TokenCounter | undefined;
  /** Go on with the build that lies there, if it is the same. */
  readonly resume?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: LlmTrackProgress) => void;
}

/** Where replies and outcomes lie: beside the dataset, unless the configuration says otherwise. */
export const workDirectory = ({ out, work }: LlmTrackConfig): string => work ?? `${out}-work`;

/** All outcomes in order. The first failure that is everybody's stops new drafts; drafts under way end, so that their replies are kept. */
async function runSlots(
  slots: readonly Slot[],
  width: number,
  failures: Failures,
  job: (slot: Slot) => Promise<Outcome>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let [next, tried] = [0, 0];
  const worker = async (): Promise<void> => {
    for (let slot = slots[next++]; slot !== undefined; slot = slots[next++]) {
      tried++;
      const { index, task, document } = slot;
      try {
        outcomes[index] = await job(slot);
      } catch (error) {
        const stage = failures.stageOf(error, document.id);
        if (stage === undefined) next = slots.length;
        else outcomes[index] = { index, task, document: document.id, stage, why: messageOf(error), cost: noCost };
      }
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  failures.check(tried);
  return outcomes;
}

/** Every reply is counted by the first draft that used it. */
function withCosts(outcomes: readonly Outcome[], accounts: readonly Account[]): Outcome[] {
  const costs = divideCosts(accounts);
  return outcomes.map((outcome, index) => {
    const cost = costs[index] ?? noCost;
    const { sample } = outcome;
    if (sample?.provenance.llm === undefined) return { ...outcome, cost };
    const provenance = { ...sample.provenance, llm: { ...sample.provenance.llm, cost } };
    return { ...outcome, sample: { ...sample, provenance }, cost };
  });
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
 * @throws ResourceError when requests fail, the budget is spent, or another process works on it; running again goes on.
 */
export async function buildLlmTrack(options: LlmTrackOptions): Promise<LlmTrackReport> {
  const { config, documents, models, signal, onProgress } = options;
  const work = workDirectory(config);
  const record = trackRecord(config, documents);
  const begin = async (): Promise<void> =>
    options.resume === true ? await checkSameTrack(work, record) : await writeTrackRecord(work, record);
  const pool = { attempts: config.attempts };
  let [done, accepted] = [0, 0];
  const tell = ({ spent }: Pick<CostLedger, 'spent'>): void =>
    onProgress?.({ done, drafts: config.drafts, accepted, spent });
  const { budget } = config;
  return await inWorkDirectory(
    work,
    { budget, pool, signal, begin, models: models.values(), onActivity: tell },
    async ({ client, ledger }) => {
      const slots = planSlots(config, documents);
      const accounts = slots.map(() => new Account(client));
      const replies = (): number => ledger.spent.requests;
      const failures = new Failures({ things: 'drafts', parallel: config.parallel, total: slots.length, replies });
      const made = await runSlots(slots, config.parallel, failures, async (slot) => {
        const outcome = await makeLlmSample({ config, client: accounts[slot.index] ?? client, models }, slot);
        if (outcome.sample !== undefined) accepted++;
        done++;
        tell(ledger);
        return outcome;
      });
      const outcomes = withCosts(made, accounts);
      await writeJournal(path.join(work, 'outcomes.jsonl'), outcomes);
      const counter = options.counter ?? (await openTokenCounter(undefined));
      const samples = await countedSamples(chosen(outcomes, config), counter);
      const report = reportOf(outcomes, samples);
      const lines = [
        ...assignmentLines(config, documents),
        `${report.drafts} drafts, ${report.samples} samples, ${report.leftOut} left out`,
        ...Object.entries(report.discarded).map(([stage, count]) => `${stage}: ${count} discarded`),
        ...Object.entries(report.difficulty).map(([tier, count]) => `${tier}: ${count}`),
        `${report.cost.requests} requests, ${report.cost.promptTokens} + ${report.cost.completionTokens} tokens, ${report.cost.money.toFixed(4)} of money`,
      ];
      // An empty dataset would take the place of one that is there.
      if (samples.length > 0)
        await writeDataset(config.out, samples, {
          seed: config.seed,
          tokenizer: counter.name,
          ifExists: 'overwrite',
          sections: [{ title: 'LLM track', lines }],
          report,
        });
      return report;
    },
  );
}
