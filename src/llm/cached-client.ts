/**
 * @file Asks models so that no reply is paid twice: a reply is on disk before it is used, equal requests that are under way share
 * one reply, and a failure leaves no trace. Equal means the same model at the same place. What earlier processes spent counts
 * towards the budget.
 */
import { AdaptivePool, type PoolOptions } from './adaptive-pool.ts';
import type { ChatModel, ChatReply, ChatRequest } from './chat-model.ts';
import { type Cost, type CostLedger, type Price, replyCost, worstCost } from './cost-ledger.ts';
import { type RequestCache, requestKey } from './request-cache.ts';

/** A model and what it charges. */
export interface PricedModel {
  readonly model: ChatModel;
  readonly price: Price;
}

export interface StoredReply {
  readonly reply: ChatReply;
  readonly cost: Cost;
}

export interface Answered extends StoredReply {
  readonly key: string;
}

export interface CachedClientOptions {
  readonly cache: RequestCache<StoredReply>;
  readonly ledger: CostLedger;
  readonly pool?: PoolOptions;
  readonly signal?: AbortSignal | undefined;
}

const keyOf = ({ name, place }: ChatModel, request: ChatRequest): string =>
  requestKey({ model: name, ...(place === undefined ? {} : { place }), request });

export class CachedClient {
  private readonly options: CachedClientOptions;
  /** One pool a model: a server that is overloaded does not slow the others. */
  private readonly pools = new Map<ChatModel, AdaptivePool>();
  private readonly underWay = new Map<string, Promise<Answered>>();

  private constructor(options: CachedClientOptions) {
    this.options = options;
  }

  static async open(options: CachedClientOptions): Promise<CachedClient> {
    for await (const { cost } of options.cache.values()) options.ledger.book(cost);
    return new CachedClient(options);
  }

  /** @throws ChatFailure after the last try, ResourceError when the budget does not hold the request. */
  async ask(priced: PricedModel, request: ChatRequest): Promise<Answered> {
    const key = keyOf(priced.model, request);
    const known = await this.options.cache.get(key);
    if (known !== undefined) return { key, ...known };
    const shared = this.underWay.get(key);
    if (shared !== undefined) return await shared;
    const asked = this.send(priced, request, 1, async (signal) => [await priced.model.complete(request, signal)])
      .then(async ([answer]) => {
        if (answer === undefined) throw new Error('one request has one reply');
        return await this.keep(key, answer);
      })
      .finally(() => this.underWay.delete(key));
    this.underWay.set(key, asked);
    return await asked;
  }

  /**
   * Several replies to one request, which differ by their random seed.
   *
   * @throws as `ask` does
   */
  async askGroup(priced: PricedModel, request: ChatRequest, count: number): Promise<Answered[]> {
    const { model } = priced;
    const numbers = Array.from({ length: count }, (_, number) => number);
    if (model.completeGroup === undefined) {
      const { seed = 0 } = request;
      return await Promise.all(numbers.map((number) => this.ask(priced, { ...request, seed: seed + number })));
    }
    const keys = numbers.map((number) => requestKey({ group: keyOf(model, request), number }));
    const known = await Promise.all(keys.map((key) => this.options.cache.get(key)));
    const found = known.flatMap((stored, number) =>
      stored === undefined ? [] : [{ key: keys[number] ?? '', ...stored }],
    );
    if (found.length === count) return found;
    const replies = await this.send(priced, request, count, async (signal) => {
      return (await model.completeGroup?.(request, count, signal)) ?? [];
    });
    return await Promise.all(replies.map((reply, number) => this.keep(keys[number] ?? '', reply)));
  }

  /** Sends within the budget, at the pace that the server bears. */
  private async send(
    { model, price }: PricedModel,
    request: ChatRequest,
    count: number,
    complete: (signal?: AbortSignal) => Promise<ChatReply[]>,
  ): Promise<StoredReply[]> {
    const { ledger, signal } = this.options;
    const worst = worstCost(request, price);
    return await this.poolOf(model).run(async () => {
      const releases: (() => void)[] = [];
      try {
        for (let i = 0; i < count; i++) releases.push(ledger.reserve(worst));
        const replies = await complete(signal);
        return replies.map((reply) => {
          // A server that does not say what it used has used the most: the budget is a promise.
          const told = reply.promptTokens > 0 || reply.completionTokens > 0;
          const cost = told ? replyCost(reply, price) : worst;
          ledger.book(cost);
          return { reply, cost };
        });
      } finally {
        for (const release of releases) release();
      }
    }, signal);
  }

  private async keep(key: string, stored: StoredReply): Promise<Answered> {
    await this.options.cache.set(key, stored);
    return { key, ...stored };
  }

  private poolOf(model: ChatModel): AdaptivePool {
    const pool = this.pools.get(model) ?? new AdaptivePool(this.options.pool);
    this.pools.set(model, pool);
    return pool;
  }
}
