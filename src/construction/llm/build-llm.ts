/**
 * @file The LLM track of P3: drafts over documents, several at a time, to a dataset through the writer of all datasets. Resuming is
 * running again: replies that were paid for are read from the cache, and the rest follows from them.
 */

import path from 'node:path';
import type { Document } from '../../corpus/document.ts';
import { countedSamples, openTokenCounter, type TokenCounter } from '../../engine/token-counter.ts';
import { messageOf } from '../../errors.ts';
import { Account, divideCosts } from '../../llm/account.ts';
import type { PoolOptions } from '../../llm/adaptive-pool.ts';
import type { PricedModel } from '../../llm/cached-client.ts';
import { type Cost, noCost } from '../../llm/cost-ledger.ts';
import { rejectedSamples } from '../../samples/reviews.ts';
import type { Sample } from '../../samples/sample.ts';
import { writeDataset } from '../../samples/write-dataset.ts';
import { writeJournal } from '../../storage/journal.ts';
import type { LlmTrackConfig } from './config.ts';
import { takeRatio } from './difficulty.ts';
import { Asker, type AskStage, primaryOf, type Slot } from './draft-context.ts';
import { Failures } from './failures.ts';
import { makeLlmSample, type Outcome } from './make-sample.ts';
import { assignmentLines, planSlots } from './plan/plan-slots.ts';
import { stageCosts } from './report/costs.ts';
import { aboutOf, type LlmTrackReport, reportLines, reportOf, stageLine } from './report/track-report.ts';
import { checkSameTrack, trackRecord, writeTrackRecord } from './track-record.ts';
import { inWorkDirectory } from './work-directory.ts';

/** Told after every reply and every draft; `done` of `drafts` are through, `accepted` of those became samples. */
export interface LlmTrackProgress {
  readonly done: number;
  readonly drafts: number;
  readonly accepted: number;
  /** Replies used so far by what they were for. */
  readonly replies: Readonly<Partial<Record<AskStage, number>>>;
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
  /** Requests at once, where it is not to begin with few. */
  readonly pool?: Pick<PoolOptions, 'start' | 'most'>;
  readonly onProgress?: (progress: LlmTrackProgress) => void;
}

/** Where replies and outcomes lie: beside the dataset, unless the configuration says otherwise. */
export const workDirectory = ({ out, work }: LlmTrackConfig): string => work ?? `${out}-work`;

/** For each draft the earlier ones over one of its documents: it is told what they ask, and waits until they do. */
function earlierOf(slots: readonly Slot[]): number[][] {
  const byDocument = new Map<string, number[]>();
  return slots.map(({ index, documents }) => {
    const earlier = new Set(documents.flatMap(({ id }) => byDocument.get(id) ?? []));
    for (const { id } of documents) byDocument.set(id, [...(byDocument.get(id) ?? []), index]);
    return [...earlier].sort((a, b) => a - b);
  });
}

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
      const { index, task, subTask } = slot;
      try {
        outcomes[index] = await job(slot);
      } catch (error) {
        const document = primaryOf(slot).id;
        const stage = failures.stageOf(error, document);
        const none = { repairs: [], controls: [], cost: noCost, stages: {} };
        if (stage === undefined) next = slots.length;
        else outcomes[index] = { index, task, subTask: subTask.id, document, stage, why: messageOf(error), ...none };
      }
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  failures.check(tried);
  return outcomes;
}

/** Every reply is counted by the first draft that used it. */
function withCosts(outcomes: readonly Outcome[], accounts: readonly Account[], askers: readonly Asker[]): Outcome[] {
  const costs = divideCosts(accounts);
  const stages = stageCosts(accounts, askers);
  return outcomes.map((outcome, index) => {
    const priced = { ...outcome, cost: costs[index] ?? noCost, stages: stages[index] ?? {} };
    const { sample } = outcome;
    if (sample?.provenance.llm === undefined) return priced;
    const provenance = { ...sample.provenance, llm: { ...sample.provenance.llm, cost: priced.cost } };
    return { ...priced, sample: { ...sample, provenance } };
  });
}

function chosen(outcomes: readonly Outcome[], { cascade }: LlmTrackConfig): Sample[] {
  const byId = new Map(outcomes.flatMap(({ sample }) => (sample === undefined ? [] : [[sample.id, sample] as const])));
  const samples = [...byId.values()];
  if (cascade === undefined || !cascade.enforceRatio) return samples;
  return takeRatio(samples, ({ provenance }) => provenance.llm?.difficulty, cascade.ratio);
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
  const pool = { ...options.pool, attempts: config.attempts };
  return await inWorkDirectory(
    work,
    { budget: config.budget, pool, signal, begin, models: models.values() },
    async ({ client, ledger }) => {
      const slots = planSlots(config, documents);
      const counter = options.counter ?? (await openTokenCounter(undefined));
      const context = { config, models, countTokens: (text: string) => counter.count(text) };
      const failures = new Failures({
        things: 'drafts',
        parallel: config.parallel,
        total: slots.length,
        replies: () => ledger.spent.requests,
      });
      let [done, accepted] = [0, 0];
      const replies: Partial<Record<AskStage, number>> = {};
      const show = (): void => onProgress?.({ done, drafts: slots.length, accepted, replies, spent: ledger.spent });
      const accounts = slots.map(() => new Account(client));
      const askers = accounts.map(
        (account) =>
          new Asker(context, account, (asked) => {
            replies[asked] = (replies[asked] ?? 0) + 1;
            show();
          }),
      );
      const earlier = earlierOf(slots);
      const made = await runSlots(slots, config.parallel, failures, async (slot) => {
        const asker = askers[slot.index];
        if (asker === undefined) throw new Error('every draft has an asker');
        // Drafts are begun in their order, so those that are waited for are under way.
        const asked = await Promise.all((earlier[slot.index] ?? []).map((one) => askers[one]?.asked));
        const known = asked.filter((one) => one !== undefined);
        const outcome = await makeLlmSample(asker, slot, known).finally(() => asker.tell(undefined));
        if (outcome.sample !== undefined) accepted++;
        done++;
        show();
        return outcome;
      });
      const outcomes = withCosts(made, accounts, askers);
      await writeJournal(path.join(work, 'outcomes.jsonl'), outcomes);
      const rejected = await rejectedSamples(config.out);
      const reviewed = chosen(outcomes, config).filter(({ id }) => !rejected.has(id));
      const samples = await countedSamples(reviewed, counter);
      const report = reportOf(outcomes, samples);
      // Nothing is written for nothing: a dataset that is there stays.
      if (samples.length > 0)
        await writeDataset(config.out, samples, {
          seed: config.seed,
          tokenizer: counter.name,
          ifExists: 'overwrite',
          report,
          about: aboutOf(config, samples.length),
          sections: sectionsOf(config, documents, report),
        });
      return report;
    },
  );
}

/** What the card tells of the drafts. */
function sectionsOf(config: LlmTrackConfig, documents: readonly Document[], report: LlmTrackReport) {
  const { drafts, samples, leftOut, discarded, subTasks } = report;
  return [
    {
      title: 'Language models',
      lines: [
        ...assignmentLines(config, documents),
        `${drafts} drafts, ${samples} samples, ${leftOut} left out`,
        ...Object.entries(discarded).map(([stage, count]) => `${stage}: ${count} discarded`),
        ...reportLines(report),
      ],
    },
    {
      title: 'Sub-tasks',
      lines: subTasks.map((row) => `${row.subTask}: ${row.samples} of ${row.drafts} drafts`),
    },
    { title: 'Cost of one sample', lines: report.stages.map(stageLine) },
  ];
}
