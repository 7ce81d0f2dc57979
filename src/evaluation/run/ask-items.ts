/**
 * @file The first half of an evaluation: each item is asked, unless its answer is known, and what came back is noted by item and
 * repeat. A failure is a row of its own and no answer; the next run asks it again.
 */
import { z } from 'zod';
import { GolongrlError, messageOf } from '../../errors.ts';
import type { AdaptivePool } from '../../llm/adaptive-pool.ts';
import type { ChatModel, ChatReply, ChatRequest } from '../../llm/chat-model.ts';
import { cutShort, limitOf, usedUp } from '../../llm/cut-replies.ts';
import { EndpointError } from '../../llm/endpoint-error.ts';
import { type RequestCache, requestKey } from '../../llm/request-cache.ts';
import { random } from '../../random.ts';
import { trusted } from '../../storage/journal-line.ts';
import type { Agent, Ask, Benchmark, Item, ItemFacts, Sampling, Truncation, TruncationRule } from '../benchmark.ts';
import { type TokenCodec, truncateMessages } from '../truncate.ts';
import type { Budget } from './budget.ts';
import { mapOrdered } from './map-ordered.ts';
import type { EvaluationSettings } from './settings.ts';

/** A line of `responses/*.jsonl`. */
export interface ResponseRow {
  readonly id: string;
  readonly repeat: number;
  /** Key of the (last) request in the cache. */
  readonly key?: string;
  readonly finish?: ChatReply['finish'];
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly truncation?: Truncation;
  /** Why there is no response: a code and a message. */
  readonly error?: { readonly code: string; readonly message: string };
}

/** What a cache line holds: the reply, and where a conversation has a scored message, that. */
export interface CachedReply extends ChatReply {
  readonly answer?: string;
}

/** What a cache line must have to be counted and scored. */
export const cachedReplySchema = trusted<CachedReply>({
  text: z.string(),
  promptTokens: z.number(),
  completionTokens: z.number(),
});

/** What all items of a run share: one pool, one cache, one budget. */
export interface AskContext {
  readonly settings: EvaluationSettings;
  readonly model: ChatModel;
  readonly pool: AdaptivePool;
  readonly cache: RequestCache<CachedReply>;
  readonly budget: Budget;
  readonly codec: TokenCodec;
  readonly signal?: AbortSignal | undefined;
}

/** An item with one row for each repeat, failures included. */
export interface AskedItem {
  readonly facts: ItemFacts;
  readonly responses: readonly ResponseRow[];
}

/** Sampling of a benchmark under the settings of a run. */
export function samplingOf(benchmark: Benchmark, settings: EvaluationSettings): Sampling {
  const { temperature, topP, maxTokens, repeats } = settings;
  const own = benchmark.sampling;
  const { repetitionPenalty, ...rest } = own;
  return {
    ...rest,
    ...(settings.profile === 'upstream' && repetitionPenalty !== undefined ? { repetitionPenalty } : {}),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(repeats === undefined ? {} : { repeats }),
  };
}

/** The published rule with the limit of this run. A rule of `none` becomes one where the run sets a limit of its own. */
export function truncationOf(benchmark: Benchmark, settings: EvaluationSettings): TruncationRule {
  const { truncation } = benchmark;
  if (settings.overlong === 'send') return { type: 'none' };
  if (settings.inputTokens === undefined || benchmark.agent !== undefined) return truncation;
  return { type: truncation.type === 'none' ? 'prompt-tokens' : truncation.type, limit: settings.inputTokens };
}

const describe = (error: unknown): { readonly code: string; readonly message: string } =>
  error instanceof GolongrlError
    ? { code: error.code, message: error.message }
    : { code: 'unexpected', message: messageOf(error) };

/** A reply that the run's own limit ended counts as it is; one that the server cut before it is none. @throws ChatFailure */
function checkWhole(model: ChatModel, request: ChatRequest, reply: ChatReply): void {
  const limit = limitOf(model, request);
  if (reply.finish === 'length' && limit !== undefined && !usedUp(reply, limit)) throw cutShort(reply, limit);
}

/** Asks, or finds the reply that was given before. */
async function cachedReply(context: AskContext, request: ChatRequest): Promise<{ key: string; reply: CachedReply }> {
  const { model, pool, cache, budget, signal } = context;
  const { name, fields } = model;
  const key = requestKey({ model: name, ...(fields === undefined ? {} : { fields }), request });
  const known = await cache.get(key);
  if (known !== undefined) return { key, reply: known };
  const reply = await pool.run(async () => {
    budget.check();
    const fresh = await model.complete(request, signal);
    budget.add(fresh);
    checkWhole(model, request, fresh);
    return fresh;
  }, signal);
  await cache.set(key, reply);
  return { key, reply };
}

async function askOnce(
  context: AskContext,
  benchmark: Benchmark,
  agent: Agent | undefined,
  item: Item,
  repeat: number,
): Promise<ResponseRow> {
  const { settings, codec, cache, model } = context;
  const { repeats: _, ...sampling } = samplingOf(benchmark, settings);
  const { id } = item.facts;
  const cut = await truncateMessages(item.messages, truncationOf(benchmark, settings), codec);
  const truncation = cut.truncation ?? item.truncation;
  const note = truncation === undefined ? {} : { truncation };
  const none = { id, repeat, promptTokens: 0, completionTokens: 0, ...note };
  if (truncation !== undefined && settings.overlong === 'refuse') {
    const message = `The prompt has ${truncation.original} ${truncation.unit}, more than the limit; it was not asked.`;
    return { ...none, error: { code: 'overlong', message } };
  }
  let [promptTokens, completionTokens] = [0, 0];
  let last: { key: string; reply: CachedReply } | undefined;
  const ask: Ask = async (messages, tools, stream) => {
    const seed = random(settings.seed, 'evaluation', benchmark.name, stream ?? id, repeat).uint32() >>> 1;
    const found = await cachedReply(context, {
      messages,
      ...(tools === undefined ? {} : { tools }),
      ...sampling,
      seed,
    });
    if (stream === undefined) {
      last = found;
      promptTokens += found.reply.promptTokens;
      completionTokens += found.reply.completionTokens;
    }
    return found.reply;
  };
  try {
    if (agent === undefined) await ask(cut.messages);
    else {
      const answer = await agent.answer(item, ask);
      // The scored message may not be the last reply; it is kept under a key of its own.
      const key = requestKey({ model: model.name, agent: benchmark.name, id, repeat, last: last?.key, answer });
      if (last !== undefined) {
        await cache.set(key, { ...last.reply, answer });
        last = { ...last, key };
      }
    }
    if (last === undefined) throw new Error('nothing was asked');
    return { id, repeat, key: last.key, finish: last.reply.finish, promptTokens, completionTokens, ...note };
  } catch (error) {
    context.signal?.throwIfAborted();
    if (error instanceof EndpointError) throw error;
    return { ...none, error: describe(error) };
  }
}

/** The first `limit` items of each subset. */
async function* limited(items: AsyncIterable<Item>, limit: number | undefined): AsyncGenerator<Item> {
  const taken = new Map<string, number>();
  for await (const item of items) {
    const count = taken.get(item.facts.subset) ?? 0;
    if (limit !== undefined && count >= limit) continue;
    taken.set(item.facts.subset, count + 1);
    yield item;
  }
}

/** The items of a benchmark under the settings of a run. */
export function itemsOf(
  benchmark: Benchmark,
  path: string,
  settings: EvaluationSettings,
  onFile: (file: string) => void,
): AsyncIterable<Item> {
  return limited(benchmark.load({ path, seed: settings.seed, prompts: settings.prompts, onFile }), settings.limit);
}

/**
 * Asks all items, in order; at most a few more prompts are in memory than requests are under way.
 *
 * @throws when aborted
 */
export async function* askItems(
  context: AskContext,
  benchmark: Benchmark,
  path: string,
  onFile: (file: string) => void,
): AsyncGenerator<AskedItem> {
  const { settings } = context;
  const { repeats } = samplingOf(benchmark, settings);
  // An agent has a memory; repeats must not share it.
  const load = { path, seed: settings.seed, prompts: settings.prompts, onFile };
  const agents = Array.from({ length: repeats }, () => benchmark.agent?.(load));
  const items = itemsOf(benchmark, path, settings, onFile);
  yield* mapOrdered(items, 2 * settings.concurrency, async (item) => ({
    facts: item.facts,
    responses: await Promise.all(agents.map((agent, repeat) => askOnce(context, benchmark, agent, item, repeat))),
  }));
}
