/**
 * @file Asks models so that no reply is paid twice: a reply is on disk before it is used, equal requests that are under way share
 * one reply, and a failure leaves no trace but what it cost. Equal means the same model at the same place. What earlier processes spent counts
 * towards the budget.
 */
import { z } from 'zod';
import { trusted } from '../storage/journal-line.ts';
import { AdaptivePool, type PoolOptions } from './adaptive-pool.ts';
import { ChatFailure, type ChatModel, type ChatReply, type ChatRequest } from './chat-model.ts';
import { type Cost, type CostLedger, type Price, replyCost, timesCost, worstCost } from './cost-ledger.ts';
import { costSchema, cutShort, type LostReply, limitOf, lostKey, mostCuts, usedUp, withRoom } from './cut-replies.ts';
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
  /** Where the costs of lost replies are kept. Absent: they are known to this process alone. */
  readonly lost?: RequestCache<LostReply>;
  readonly ledger: CostLedger;
  readonly pool?: PoolOptions;
  readonly signal?: AbortSignal | undefined;
  /** Told after each reply, for progress; the ledger knows what was spent. */
  readonly onActivity?: () => void;
}

/** Hears of each reply that was used or lost, also of those whose group failed. */
export type OnReply = (used: Pick<Answered, 'key' | 'cost'>) => void;

const keyOf = ({ name, place, fields }: ChatModel, request: ChatRequest): string =>
  requestKey({
    model: name,
    ...(place === undefined ? {} : { place }),
    ...(fields === undefined ? {} : { fields }),
    request,
  });

/** What a line must have for the budget to hold and a reader to read. */
export const storedReplySchema = trusted<StoredReply>({ reply: z.looseObject({ text: z.string() }), cost: costSchema });

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
  /** Probes that the ledger has been charged with. */
  private readonly probed = new Set<string>();

  private constructor(options: CachedClientOptions) {
    this.options = options;
  }

  /** @throws InputError when a line of the cache is no reply. */
  static open(options: CachedClientOptions): CachedClient {
    const { cache, lost, ledger } = options;
    for (const [, { cost }] of cache.entries()) ledger.book(cost);
    for (const [, { cost }] of lost?.entries() ?? []) ledger.book(cost);
    return new CachedClient(options);
  }

  /**
   * Finds out how each model is asked, all at once, so that what is wrong with one is said before anything is paid.
   *
   * @throws EndpointError of the first that cannot be used; a failure that may pass is left to the first request.
   */
  async prepare(models: Iterable<PricedModel>): Promise<void> {
    const ends = await Promise.allSettled([...models].map((priced) => this.prepareOne(priced)));
    for (const end of ends) if (end.status === 'rejected' && !(end.reason instanceof ChatFailure)) throw end.reason;
  }

  /**
   * A reply that the model ended by itself. One that ran into a limit of tokens is asked for again with more room.
   *
   * @throws ChatFailure after the last try, ResourceError when the budget does not hold the request.
   */
  async ask(priced: PricedModel, request: ChatRequest, onReply?: OnReply): Promise<Answered> {
    return await this.askOne(priced, request, false, onReply);
  }

  private async askOne(
    priced: PricedModel,
    request: ChatRequest,
    rollout: boolean,
    onReply: OnReply = () => undefined,
  ): Promise<Answered> {
    const key = keyOf(priced.model, request);
    try {
      const [answered] = await this.share(key, async () => {
        const known = await this.options.cache.get(key);
        return [known === undefined ? await this.untilWhole(priced, request, key, rollout) : { key, ...known }];
      });
      if (answered === undefined) throw new Error('one request has one reply');
      onReply(answered);
      return answered;
    } finally {
      for (const lost of await this.lostOf(key)) onReply(lost);
    }
  }

  /**
   * Several replies to one request, which differ by their random seed: rollouts of a policy. One that used up its room counts as it is.
   * All have come or failed when it ends.
   *
   * @throws as `ask` does
   */
  async askGroup(priced: PricedModel, request: ChatRequest, count: number, onReply?: OnReply): Promise<Answered[]> {
    const { model } = priced;
    const numbers = Array.from({ length: count }, (_, number) => number);
    if (model.completeGroup === undefined) {
      const { seed = 0 } = request;
      return await allEnded(
        numbers.map((number) => this.askOne(priced, { ...request, seed: seed + number }, true, onReply)),
      );
    }
    const keys = numbers.map((number) => requestKey({ group: keyOf(model, request), number }));
    const answers = await this.share(requestKey(keys), async () => {
      const known = await Promise.all(keys.map((key) => this.options.cache.get(key)));
      const found = known.flatMap((stored, number) =>
        stored === undefined ? [] : [{ key: keys[number] ?? '', ...stored }],
      );
      if (found.length === count) return found;
      const answers = await this.send(priced, request, keys, async (signal) => {
        return (await model.completeGroup?.(request, count, signal)) ?? [];
      });
      await this.keep(answers);
      return answers;
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

  /** Costs of the lost replies to a request. */
  private async lostOf(key: string): Promise<{ readonly key: string; readonly cost: Cost }[]> {
    const found = [];
    for (let number = 0; ; number++) {
      const lost = await this.options.lost?.get(lostKey(key, number));
      if (lost === undefined) return found;
      found.push({ key: lostKey(key, number), cost: lost.cost });
    }
  }

  /** Asks until the model ends by itself, or has used up the room that a rollout has; each time with more room. */
  private async untilWhole(
    priced: PricedModel,
    request: ChatRequest,
    key: string,
    rollout: boolean,
  ): Promise<Answered> {
    const { model } = priced;
    const { attempts = mostCuts } = this.options.pool ?? {};
    await this.prepareOne(priced);
    let written: ChatReply | undefined;
    for (let round = 0; round < Math.min(attempts, mostCuts); round++) {
      const asked = rollout ? request : withRoom(model, request, round);
      const [answered] = await this.sendMore(priced, asked, key, round, written);
      if (answered === undefined) break;
      // Thoughts may have been met with here for the first time: then the room has grown meanwhile.
      const limit = limitOf(model, asked);
      if (answered.reply.finish !== 'length' || (rollout && usedUp(answered.reply, limit))) {
        await this.keep([answered]);
        return answered;
      }
      written = answered.reply;
      await this.lose(key, { cost: answered.cost, limit });
    }
    throw cutShort(written, limitOf(model, request));
  }

  /** As `send`; a server that does not take the larger room gives nothing. */
  private async sendMore(priced: PricedModel, request: ChatRequest, key: string, round: number, cut?: ChatReply) {
    try {
      return await this.send(priced, request, [key], async (signal) => [await priced.model.complete(request, signal)]);
    } catch (error) {
      const refused = error instanceof ChatFailure && ['http-400', 'http-422'].includes(error.code);
      if (round > 0 && cut !== undefined && refused) return [];
      throw error;
    }
  }

  private async keep(answers: readonly Answered[]): Promise<void> {
    await allEnded(answers.map(({ key, ...stored }) => this.options.cache.set(key, stored)));
  }

  private async lose(key: string, reply: LostReply): Promise<void> {
    const before = await this.lostOf(key);
    await this.options.lost?.set(lostKey(key, before.length), reply);
  }

  private async prepareOne({ model, price }: PricedModel): Promise<void> {
    const { ledger, signal } = this.options;
    if (model.prepare === undefined) return;
    const usage = await this.poolOf(model).run(async () => await model.prepare?.(signal), signal);
    if (usage === undefined || this.probed.has(usage.id)) return;
    this.probed.add(usage.id);
    ledger.book(replyCost(usage, price));
  }

  /** Sends within the budget, at the pace that the server bears. */
  private async send(
    { model, price }: PricedModel,
    request: ChatRequest,
    keys: readonly string[],
    complete: (signal?: AbortSignal) => Promise<ChatReply[]>,
  ): Promise<Answered[]> {
    const { ledger, signal, onActivity } = this.options;
    const limit = limitOf(model, request);
    const worst = worstCost({ ...request, ...(limit === undefined ? {} : { maxTokens: limit }) }, price);
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
    onActivity?.();
    return answers;
  }

  private poolOf(model: ChatModel): AdaptivePool {
    const server = model.server ?? model;
    const pool = this.pools.get(server) ?? new AdaptivePool(this.options.pool);
    this.pools.set(server, pool);
    return pool;
  }
}
