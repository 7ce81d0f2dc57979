/**
 * @file What somebody asked for and got, also where it failed later, and how the price of shared replies is divided: a reply is counted
 * once, by the first in line who used it, so that the costs of all add up to what was paid, whoever came first in time.
 */
import type { Answered, CachedClient, PricedModel } from './cached-client.ts';
import type { ChatRequest } from './chat-model.ts';
import { addCosts, type Cost, noCost, roundedCost } from './cost-ledger.ts';

/** One for each sample that is worked on; `used` maps the key of a reply to its cost. */
export class Account {
  private readonly client: Pick<CachedClient, 'ask' | 'askGroup'>;
  /** Replies used, by key. */
  readonly used = new Map<string, Cost>();

  constructor(client: Pick<CachedClient, 'ask' | 'askGroup'>) {
    this.client = client;
  }

  ask(model: PricedModel, request: ChatRequest): Promise<Answered> {
    return this.client.ask(model, request, this.note);
  }

  askGroup(model: PricedModel, request: ChatRequest, count: number): Promise<Answered[]> {
    return this.client.askGroup(model, request, count, this.note);
  }

  private readonly note = ({ key, cost }: Pick<Answered, 'key' | 'cost'>): void => void this.used.set(key, cost);
}

/** The cost of each account, in order. */
export function divideCosts(accounts: readonly Account[]): Cost[] {
  const counted = new Set<string>();
  return accounts.map(({ used }) => {
    let sum = noCost;
    for (const [key, cost] of used) if (!counted.has(key)) sum = addCosts(sum, cost);
    for (const key of used.keys()) counted.add(key);
    return roundedCost(sum);
  });
}
