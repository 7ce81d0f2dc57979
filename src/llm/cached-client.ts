/**
 * @file Asks models so that no reply is paid twice: a reply is on disk before it is used, equal requests that are under way share
 * one reply, and a failure leaves no trace. Equal means the same model at the same place. What earlier processes spent counts
 * towards the budget.
 */
import { z } from 'zod';
import { trusted } from '../storage/journal-line.ts';
import { AdaptivePool, type PoolOptions } from './adaptive-pool.ts';
import { ChatFailure, type ChatModel, type ChatReply, type ChatRequest } from './chat-model.ts';
import { type Cost, type CostLedger, type Price, replyCost, timesCost, worstCost } from './cost-ledger.ts';
import { type RequestCache, requestKey } from './request-cache.ts';

/** A model and what it charges. */
export interface PricedModel {
  readonly model: ChatModel;
  readonly price: Price;
}

/** A line's value in the cache: the cost as it was at the time. */
export interface StoredReply {
  readonly reply: ChatReply;
  readonly cost: Cost;
}

/** `key` finds the reply in the cache again. */
export interface Answered extends StoredReply {
  readonly key: string;
}

/** `ledger` is charged with what the cache holds already when the client opens. */
export interface CachedClientOptions {
  readonly cache: RequestCache<StoredReply>;
  readonly ledger: CostLedger;
  readonly pool?: PoolOptions;
  readonly signal?: AbortSignal | undefined;
}

/** Hears of each reply, also of those whose group failed. */
export type OnReply = (answered: Answered) => void;

const keyOf = ({ name, place }: ChatModel, request: ChatRequest): string =>
  requestKey({ model: name, ...(place === undefined ? {} : { place }), request });

/** What a line must have for the budget to hold and a reader to read. */
export const storedReplySchema = trusted<StoredReply>({
  reply: z.looseObject({ text: z.string() }),
  cost: z.object({ requests: z.number(), promptTokens: z.number(), completionTokens: z.number(), money: z.number() }),
});

/** A server that takes no schema, or not this one, says so at once and charges nothing. */
const refusesSchema = (error: unknown): boolean =>
  error instanceof ChatFailure &&
  ['http-400', 'http-422'].includes(error.code) &&
  /response_format|json_schema|schema|grammar|guided/i.test(error.message);

/** All values, or the first error once everything has come to its end. */
async function allEnded<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises);
  return await Promise.all(promises);
}

/** Safe to ask from many places at once: equal requests are sent once. */
export class CachedClient {
  private readonly options: CachedClientOptions;
  /** One pool a server: one that is overloaded does not slow the others. */
  private readonly pools = new Map<ChatModel | string, AdaptivePool>();
  private readonly underWay = new Map<string, Promise<Answered[]>>();
  /** Schemas that a model's server has refused. */
  private readonly refused = new Set<string>();

  private constructor(options: CachedClientOptions) {
    this.options = options;
  }

  /** @throws InputError when a line of the cache is no reply. */
  static open(options: CachedClientOptions): CachedClient {
    const { cache, ledger } = options;
    for (const [, { cost }] of cache.entries()) ledger.book(cost);
    return new CachedClient(options);
  }

  /** @throws ChatFailure after the last try, ResourceError when the budget does not hold the request. */
  async ask(priced: PricedModel, request: ChatRequest, onReply?: OnReply): Promise<Answered> {
    const key = keyOf(priced.model, request);
    const asked = this.share(key, async () => {
      const known = await this.options.cache.get(key);
      if (known !== undefined) return [{ key, ...known }];
      return await this.send(priced, request, [key], async (signal) => [
        await this.complete(priced.model, request, signal),
      ]);
    });
    const [answered] = await asked;
    if (answered === undefined) throw new Error('one request has one reply');
    onReply?.(answered);
    return answered;
  }

  /**
   * Several replies to one request, which differ by their random seed. All have come or failed when it ends.
   *
   * @throws as `ask` does
   */
  async askGroup(priced: PricedModel, request: ChatRequest, count: number, onReply?: OnReply): Promise<Answered[]> {
    const { model } = priced;
    const numbers = Array.from({ length: count }, (_, number) => number);
    if (model.completeGroup === undefined) {
      const { seed = 0 } = request;
      return await allEnded(numbers.map((number) => this.ask(priced, { ...request, seed: seed + number }, onReply)));
    }
    const keys = numbers.map((number) => requestKey({ group: keyOf(model, request), number }));
    const answers = await this.share(requestKey(keys), async () => {
      const known = await Promise.all(keys.map((key) => this.options.cache.get(key)));
      const found = known.flatMap((stored, number) =>
        stored === undefined ? [] : [{ key: keys[number] ?? '', ...stored }],
      );
      if (found.length === count) return found;
      return await this.send(priced, request, keys, async (signal) => {
        return (await model.completeGroup?.(request, count, signal)) ?? [];
      });
    });
    for (const answered of answers) onReply?.(answered);
    return answers;
  }

  /** Resolves when nothing is under way: what was asked has come and is on disk, or has failed. */
  async settled(): Promise<void> {
    while (this.underWay.size > 0) await Promise.allSettled(this.underWay.values());
  }

  /** One job under a key at a time. */
  private share(key: string, job: () => Promise<Answered[]>): Promise<Answered[]> {
    const shared = this.underWay.get(key);
    if (shared !== undefined) return shared;
    const asked = job().finally(() => this.underWay.delete(key));
    this.underWay.set(key, asked);
    return asked;
  }

  /** Sends within the budget, at the pace that the server bears; what comes is on disk at the end. */
  private async send(
    { model, price }: PricedModel,
    request: ChatRequest,
    keys: readonly string[],
    complete: (signal?: AbortSignal) => Promise<ChatReply[]>,
  ): Promise<Answered[]> {
    const { ledger, cache, signal } = this.options;
    const worst = worstCost(request, price);
    const giveBack = await ledger.reserve(timesCost(worst, keys.length));
    const answers: Answered[] = [];
    try {
      const replies = await this.poolOf(model).run(() => complete(signal), signal);
      for (const [number, reply] of replies.entries()) {
        // A server that does not say what it used has used the most: the budget is a promise.
        const told = reply.promptTokens > 0 || reply.completionTokens > 0;
        const cost = told ? replyCost(reply, price) : worst;
        ledger.book(cost);
        answers.push({ key: keys[number] ?? '', reply, cost });
      }
    } finally {
      giveBack();
    }
    await allEnded(answers.map(({ key, ...stored }) => cache.set(key, stored)));
    return answers;
  }

  /** The reply to a request; without its schema where the server refuses that. It is kept as the reply to the whole request. */
  private async complete(model: ChatModel, request: ChatRequest, signal?: AbortSignal): Promise<ChatReply> {
    const { jsonSchema, ...plain } = request;
    const schema = requestKey({ model: model.name, place: model.place, jsonSchema });
    if (jsonSchema === undefined || this.refused.has(schema)) return await model.complete(plain, signal);
    try {
      return await model.complete(request, signal);
    } catch (error) {
      if (!refusesSchema(error)) throw error;
      this.refused.add(schema);
      return await model.complete(plain, signal);
    }
  }

  private poolOf(model: ChatModel): AdaptivePool {
    const server = model.server ?? model;
    const pool = this.pools.get(server) ?? new AdaptivePool(this.options.pool);
    this.pools.set(server, pool);
    return pool;
  }
}
