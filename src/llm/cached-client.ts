/**
 * @file Asks models so that no reply is paid twice: a reply is on disk before it is used, equal requests that are under way share
 * one reply, and a failure leaves no trace. What earlier processes spent counts towards the budget.
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
    const key = requestKey({ model: priced.model.name, request });
    const known = await this.options.cache.get(key);
    if (known !== undefined) return { key, ...known };
    const shared = this.underWay.get(key);
    if (shared !== undefined) return await shared;
    const asked = this.send(key, priced, request).finally(() => this.underWay.delete(key));
    this.underWay.set(key, asked);
    return await asked;
  }

  private async send(key: string, { model, price }: PricedModel, request: ChatRequest): Promise<Answered> {
    const { cache, ledger, signal } = this.options;
    return await this.poolOf(model).run(async () => {
      const release = ledger.reserve(worstCost(request, price));
      try {
        const reply = await model.complete(request, signal);
        const cost = replyCost(reply, price);
        ledger.book(cost);
        await cache.set(key, { reply, cost });
        return { key, reply, cost };
      } finally {
        release();
      }
    }, signal);
  }

  private poolOf(model: ChatModel): AdaptivePool {
    const pool = this.pools.get(model) ?? new AdaptivePool(this.options.pool);
    this.pools.set(model, pool);
    return pool;
  }
}
