/**
 * @file An evaluation from settings to summary: ask, score, summarise, one benchmark after another. Running it again in the same
 * directory asks only what has no answer yet, so resuming after a kill, a limit or failures is the same call.
 */

import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { InputError, UsageError } from '../../errors.ts';
import { AdaptivePool } from '../../llm/adaptive-pool.ts';
import { ChatFailure, type ChatModel, type ChatReply } from '../../llm/chat-model.ts';
import { type EndpointOptions, openEndpoint } from '../../llm/endpoint.ts';
import { EndpointRecords } from '../../llm/endpoint-records.ts';
import { RequestCache } from '../../llm/request-cache.ts';
import { hubCommit } from '../../storage/hub.ts';
import { lockDirectory } from '../../storage/lock.ts';
import type { Benchmark } from '../benchmark.ts';
import { hashFile } from '../benchmark-files.ts';
import { benchmarkByName } from '../benchmarks/registry.ts';
import { comparePaired } from '../compare/statistics.ts';
import { type PromptName, promptHash, promptOrigin, wordingOf } from '../prompts.ts';
import { estimatedTokens, type TokenCodec } from '../truncate.ts';
import {
  type AskContext,
  type AskedItem,
  askItems,
  cachedReplySchema,
  itemsOf,
  type ResponseRow,
  samplingOf,
} from './ask-items.ts';
import { Budget, type Spending } from './budget.ts';
import {
  type DataFacts,
  EvaluationDirectory,
  type EvaluationRecord,
  type EvaluationSummary,
  evaluationSchemaVersion,
} from './evaluation-directory.ts';
import { type Judge, judgePromptHash, openJudge } from './judge.ts';
import { mapOrdered } from './map-ordered.ts';
import { type SampleRow, scoreItem } from './score-samples.ts';
import type { EvaluationSettings } from './settings.ts';
import { summarizeBenchmark } from './summary.ts';

/** For progress alone. `done` counts items of the benchmark, `failed` the responses to them that are errors. */
export type EvaluationEvent =
  /** Something a person should know; the run goes on. */
  | { readonly type: 'notice'; readonly text: string }
  | { readonly type: 'benchmark-start'; readonly benchmark: string; readonly phase: 'ask' | 'score' }
  | {
      readonly type: 'progress';
      readonly benchmark: string;
      readonly phase: 'ask' | 'score';
      readonly done: number;
      readonly failed: number;
      /** Requests allowed at once now. */
      readonly concurrency: number;
      readonly spent: Spending;
    };

/** `out` may hold an evaluation that was begun: it is continued. */
export interface EvaluationOptions {
  readonly out: string;
  readonly settings: EvaluationSettings;
  readonly versions: Readonly<Record<string, string>>;
  /** Called as responses come in and are scored. */
  readonly onEvent?: (event: EvaluationEvent) => void;
  readonly signal?: AbortSignal | undefined;
  /** Instead of the endpoint of the settings: the embedded engine, say. */
  readonly model?: ChatModel;
  /** Scores what is there and asks the model nothing. */
  readonly rescore?: boolean;
}

/** What the settings say of an endpoint; a key stays in its environment variable. */
const endpointOf = (
  {
    url,
    model,
    apiKeyEnv,
    thinkingTokens,
    extraBody,
    omit,
  }: Omit<NonNullable<EvaluationSettings['judge']>, 'votes' | 'swap' | 'maxTokens' | 'concurrency'>,
  more: Pick<EndpointOptions, 'records' | 'onNotice' | 'title' | 'timeout' | 'thinkingTokens'>,
): ChatModel =>
  openEndpoint({
    url,
    model,
    apiKey: process.env[apiKeyEnv],
    apiKeyEnv,
    extraBody,
    omit,
    ...more,
    thinkingTokens: thinkingTokens ?? more.thinkingTokens,
  });

/** Asks each model what it takes. @throws EndpointError when one cannot be used; what may pass is left to the first item. */
async function prepareAll(models: readonly (ChatModel | undefined)[], signal?: AbortSignal): Promise<void> {
  const ends = await Promise.allSettled(models.map((model) => model?.prepare?.(signal)));
  for (const end of ends) {
    if (end.status === 'rejected' && !(end.reason instanceof ChatFailure)) throw end.reason;
  }
}

/** A tokenizer for truncation; without one tokens are estimated. */
async function openCodec(folder: string | undefined): Promise<TokenCodec> {
  if (folder === undefined) return estimatedTokens;
  const file = folder.endsWith('.json') ? folder : path.join(folder, 'tokenizer.json');
  const source = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new InputError('tokenizer-missing', `Cannot read ${file}.`, 'Give the folder of the model.', { cause });
  });
  const { Tokenizer } = await import('tokenizers');
  const native = Tokenizer.fromString(source);
  return {
    name: path.basename(path.dirname(path.resolve(file))),
    async measure(text) {
      const ids = (await native.encode(text, null, { addSpecialTokens: false })).getIds();
      return {
        count: ids.length,
        ends: (head, tail) => native.decode([...ids.slice(0, head), ...ids.slice(-tail)], true),
      };
    },
  };
}

/** Settings that decide what was asked; a directory holds answers for one set of them. */
const askedBy = (settings: EvaluationSettings): string => {
  const { model, seed, temperature, topP, maxTokens, inputTokens, overlong, prompts, extraBody, omit } = settings;
  const names = settings.benchmarks.map(({ name }) => name);
  const asked = [names, model, seed, temperature, topP, maxTokens, inputTokens, overlong, prompts, extraBody, omit];
  return JSON.stringify(asked);
};

async function checkSame(
  directory: EvaluationDirectory,
  settings: EvaluationSettings,
): Promise<EvaluationRecord | undefined> {
  const record = await directory.readRecord();
  if (record === undefined || askedBy(record.settings) === askedBy(settings)) return record;
  throw new UsageError(
    'run-differs',
    `${directory.path} holds a run with other settings (model ${record.settings.model}, seed ${record.settings.seed}, ${record.settings.benchmarks.map(({ name }) => name).join(', ')}).`,
    'Choose another --out; what was asked there stays in its cache.',
  );
}

/** Sizes and hashes of the files that a benchmark reads; the files of a run must not change under it. */
async function dataFacts(
  files: readonly string[],
  place: string,
  benchmark: Benchmark,
  settings: EvaluationSettings,
  items: number,
): Promise<DataFacts> {
  const facts = await Promise.all(
    files.map(async (file) => ({
      name: path.relative(place, file) || path.basename(file),
      bytes: (await stat(file)).size,
      sha256: await hashFile(file),
    })),
  );
  const prompts = benchmark.prompts.map((name) => {
    const wording = wordingOf(settings.prompts, name as PromptName);
    return [name, { sha256: promptHash(wording), origin: promptOrigin(name, wording) }] as const;
  });
  const revision = await hubCommit(place);
  return { path: place, ...(revision ? { revision } : {}), files: facts, items, prompts: Object.fromEntries(prompts) };
}

/** @throws UsageError when a file that an earlier part of the run read is another one now */
async function checkData(name: string, before: DataFacts | undefined, place: string): Promise<void> {
  for (const { name: file, sha256 } of before?.files ?? []) {
    const full = (await stat(place)).isFile() ? place : path.join(place, file);
    if ((await hashFile(full)) === sha256) continue;
    throw new UsageError('data-changed', `${name}: ${full} has changed since this run began.`, 'Choose another --out.');
  }
}

interface Stage {
  readonly directory: EvaluationDirectory;
  readonly context: AskContext;
  readonly judge: Judge | undefined;
  readonly marks: EvaluationRecord['marks'];
  readonly onEvent: (event: EvaluationEvent) => void;
}

/** Asks a benchmark and keeps what came back, however the asking ends. */
async function askBenchmark(
  stage: Stage,
  benchmark: Benchmark,
  place: string,
  files: Set<string>,
): Promise<AskedItem[]> {
  const { directory, context, onEvent } = stage;
  const asked: AskedItem[] = [];
  let failed = 0;
  onEvent({ type: 'benchmark-start', benchmark: benchmark.name, phase: 'ask' });
  for await (const item of askItems(context, benchmark, place, (file) => files.add(file))) {
    asked.push(item);
    failed += item.responses.filter(({ error }) => error !== undefined).length;
    onEvent({
      type: 'progress',
      benchmark: benchmark.name,
      phase: 'ask',
      done: asked.length,
      failed,
      concurrency: context.pool.limit,
      spent: context.budget.spent,
    });
  }
  if (asked.length === 0) {
    throw new InputError('no-items', `${benchmark.name}: got no item out of ${place}.`, `Expected ${benchmark.files}.`);
  }
  await directory.writeItems(
    benchmark.name,
    asked.map(({ facts }) => facts),
  );
  await directory.writeResponses(
    benchmark.name,
    asked.flatMap(({ responses }) => responses),
  );
  return asked;
}

/** Items and responses of an earlier run. */
async function askedBefore(
  directory: EvaluationDirectory,
  { name }: Benchmark,
  known: DataFacts | undefined,
): Promise<AskedItem[]> {
  const byId = new Map<string, ResponseRow[]>();
  for (const row of await directory.readResponses(name)) byId.set(row.id, [...(byId.get(row.id) ?? []), row]);
  const asked = (await directory.readItems(name)).map((facts) => ({ facts, responses: byId.get(facts.id) ?? [] }));
  const items = known?.items ?? asked.length;
  if (asked.length === items && asked.every(({ responses }) => responses.length > 0)) return asked;
  throw new InputError(
    'evaluation-damaged',
    `${directory.path}: items/${name}.jsonl and responses/${name}.jsonl do not hold the ${items} items that were asked and their responses`,
    'Put the files back from a copy, or go on without --rescore: what was answered is in the cache.',
  );
}

async function scoreBenchmark(stage: Stage, benchmark: Benchmark, asked: readonly AskedItem[]): Promise<SampleRow[]> {
  const { context, judge, marks, onEvent } = stage;
  const { profile, judge: judgeSettings } = context.settings;
  const scoring = { benchmark, profile, cache: context.cache, judge, marks };
  const rows: SampleRow[] = [];
  onEvent({ type: 'benchmark-start', benchmark: benchmark.name, phase: 'score' });
  let [done, failed] = [0, 0];
  for await (const samples of mapOrdered(asked, 2 * (judgeSettings?.concurrency ?? 8), (item) =>
    scoreItem(scoring, item),
  )) {
    rows.push(...samples);
    failed += samples.filter(({ state }) => state === 'error').length;
    done++;
    if (judge === undefined && done % 500 !== 0 && done !== asked.length) continue;
    onEvent({
      type: 'progress',
      benchmark: benchmark.name,
      phase: 'score',
      done,
      failed,
      concurrency: context.pool.limit,
      spent: context.budget.spent,
    });
  }
  return rows;
}

/** Unweighted mean of the six benchmarks of the paper's table; null unless all six have an answer. */
function longContextMean(
  rows: readonly SampleRow[],
  chosen: readonly Benchmark[],
  seed: number,
): EvaluationSummary['longContextMean'] {
  const names = chosen.filter(({ longContext }) => longContext).map(({ name }) => name);
  if (names.length < 6) return null;
  const answered = rows.filter((row) => names.includes(row.benchmark) && row.state !== 'error');
  if (new Set(answered.map(({ benchmark }) => benchmark)).size < 6) return null;
  const pairs = answered.map((row) => ({
    task: row.benchmark,
    cluster: `${row.benchmark} ${row.cluster}`,
    before: 0,
    after: row.score,
  }));
  const { after, ci95 } = comparePaired(pairs, { seed, leastClusters: 1 }).mean;
  return { score: after, ci95 };
}

/**
 * Runs an evaluation, or what is left of one.
 *
 * @throws UsageError when the directory holds a run with other settings or other data
 */
export async function runEvaluation(options: EvaluationOptions): Promise<EvaluationSummary> {
  const { settings } = options;
  const chosen = settings.benchmarks.map(({ name, path: place }) => ({ benchmark: benchmarkByName(name), place }));
  const directory = new EvaluationDirectory(options.out);
  const before = await checkSame(directory, settings);
  const unlock = await lockDirectory(directory.file('cache'));
  try {
    return await evaluateLocked(options, chosen, directory, before);
  } finally {
    await unlock();
  }
}

type Chosen = readonly { readonly benchmark: Benchmark; readonly place: string }[];

async function evaluateLocked(
  options: EvaluationOptions,
  chosen: Chosen,
  directory: EvaluationDirectory,
  before: EvaluationRecord | undefined,
): Promise<EvaluationSummary> {
  const { settings, signal, onEvent = () => undefined } = options;
  const cache = await RequestCache.open(directory.file('cache', 'requests.jsonl'), cachedReplySchema);
  const verdicts = await RequestCache.open<ChatReply>(directory.file('cache', 'verdicts.jsonl'), cachedReplySchema);
  try {
    const codec = await openCodec(settings.tokenizer);
    const budget = new Budget(settings);
    const { timeout, attempts } = settings;
    const records = new EndpointRecords(directory.file('cache', 'endpoints.json'));
    const more = { records, timeout, onNotice: (text: string) => onEvent({ type: 'notice', text }) };
    // The published limits count thoughts too: there is room beside them only where somebody wants it.
    const model = options.model ?? endpointOf(settings, { ...more, title: '--url', thinkingTokens: 0 });
    const pool = new AdaptivePool({ most: settings.concurrency, attempts });
    const judging = settings.judge;
    const judgeModel = judging === undefined ? undefined : endpointOf(judging, { ...more, title: '--judge-url' });
    if (cache.count === 0 && options.rescore !== true) await prepareAll([model, judgeModel], signal);
    const judge =
      judging === undefined || judgeModel === undefined
        ? undefined
        : openJudge({
            ...judging,
            model: judgeModel,
            cache: verdicts,
            budget,
            attempts,
            seed: settings.seed,
            prompts: settings.prompts,
            signal,
          });
    const marks = model.marks ?? before?.marks;
    const context: AskContext = { settings, model, pool, cache, budget, codec, signal };
    const stage: Stage = { directory, context, judge, marks, onEvent };
    const record: EvaluationRecord = {
      schemaVersion: evaluationSchemaVersion,
      kind: 'evaluation',
      status: 'running',
      settings,
      data: before?.data ?? {},
      ...(judge === undefined ? {} : { judgePrompts: judgePromptHash(settings.prompts) }),
      ...(marks === undefined ? {} : { marks }),
      tokenizer: codec.name,
      versions: { ...options.versions },
    };
    // What is there is read before anything changes: a damaged evaluation stays as it is.
    const answered = new Map<string, readonly AskedItem[]>();
    if (options.rescore === true)
      for (const { benchmark } of chosen)
        answered.set(benchmark.name, await askedBefore(directory, benchmark, before?.data[benchmark.name]));
    await directory.writeRecord(record);
    const rows: SampleRow[] = [];
    const summaries = [];
    for (const { benchmark, place } of chosen) {
      let asked = answered.get(benchmark.name);
      if (asked === undefined) {
        const files = new Set<string>();
        await checkData(benchmark.name, before?.data[benchmark.name], place);
        asked = await askBenchmark(stage, benchmark, place, files);
        const facts = await dataFacts([...files], place, benchmark, settings, asked.length);
        record.data[benchmark.name] = facts;
        await directory.writeRecord(record);
      }
      const own = await scoreBenchmark(stage, benchmark, asked);
      for (const row of own) rows.push(row);
      summaries.push(summarizeBenchmark(benchmark, own, settings.seed));
    }
    const benchmarksChosen = chosen.map(({ benchmark }) => benchmark);
    const summary: EvaluationSummary = {
      benchmarks: summaries,
      longContextMean: longContextMean(rows, benchmarksChosen, settings.seed),
      spent: budget.spent,
    };
    await directory.writeSamples(rows);
    await directory.writeSummary(summary);
    const complete = rows.every(({ state }) => state !== 'error');
    await directory.writeRecord({ ...record, status: complete ? 'done' : 'incomplete' });
    return summary;
  } finally {
    await cache.close();
    await verdicts.close();
  }
}

/** What an evaluation would ask. */
export interface EvaluationPlan {
  readonly benchmark: string;
  readonly items: number;
  readonly requests: number;
  /** Four characters a token. */
  readonly promptTokens: number;
  readonly mostCompletionTokens: number;
  readonly mostCost: number;
}

/** Reads all files and asks nothing. Conversations with tools count their questions only. */
export async function planEvaluation(settings: EvaluationSettings): Promise<EvaluationPlan[]> {
  const plans: EvaluationPlan[] = [];
  for (const { name, path: place } of settings.benchmarks) {
    const benchmark = benchmarkByName(name);
    const { repeats, maxTokens } = samplingOf(benchmark, settings);
    let [items, characters] = [0, 0];
    for await (const { facts } of itemsOf(benchmark, place, settings, () => undefined)) {
      items++;
      characters += facts.characters;
    }
    const promptTokens = Math.round((characters / 4) * repeats);
    const mostCompletionTokens = items * repeats * maxTokens;
    const { input, output } = settings.price;
    const mostCost = (promptTokens * input + mostCompletionTokens * output) / 1e6;
    plans.push({ benchmark: name, items, requests: items * repeats, promptTokens, mostCompletionTokens, mostCost });
  }
  return plans;
}
