/**
 * @file What requests cost, and a budget that is never exceeded: the most that a request can cost is set aside before it is sent,
 * and only what it did cost stays booked. Money is in the currency of the prices.
 */
import { ResourceError } from '../errors.ts';
import type { ChatReply, ChatRequest } from './chat-model.ts';

/** For a million tokens. */
export interface Price {
  readonly input: number;
  readonly output: number;
}

export interface Cost {
  readonly requests: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly money: number;
}

export interface Budget {
  readonly money?: number | undefined;
  /** Prompt and completion tokens together. */
  readonly tokens?: number | undefined;
}

export const noCost: Cost = { requests: 0, promptTokens: 0, completionTokens: 0, money: 0 };

export const addCosts = (a: Cost, b: Cost): Cost => ({
  requests: a.requests + b.requests,
  promptTokens: a.promptTokens + b.promptTokens,
  completionTokens: a.completionTokens + b.completionTokens,
  money: a.money + b.money,
});

/** Without the last digits, which depend on the order of the sum: replies come in any order. */
export const roundedCost = (cost: Cost): Cost => ({ ...cost, money: Math.round(cost.money * 1e9) / 1e9 });

const priced = (promptTokens: number, completionTokens: number, { input, output }: Price): Cost => ({
  requests: 1,
  promptTokens,
  completionTokens,
  money: (promptTokens * input + completionTokens * output) / 1e6,
});

export const replyCost = (reply: ChatReply, price: Price): Cost =>
  priced(reply.promptTokens, reply.completionTokens, price);

/** Tokens added for each message by chat templates, at most. */
const templateTokens = 64;

/** The most that a request can cost: no tokenizer in use makes more tokens than bytes. */
export function worstCost({ messages, maxTokens = 0 }: ChatRequest, price: Price): Cost {
  const bytes = messages.reduce((sum, { content }) => sum + Buffer.byteLength(content) + templateTokens, 0);
  return priced(bytes, maxTokens, price);
}

export class CostLedger {
  private readonly budget: Budget;
  private booked: Cost = noCost;
  private reserved: Cost = noCost;

  constructor(budget: Budget = {}) {
    this.budget = budget;
  }

  get spent(): Cost {
    return this.booked;
  }

  /** Sets the worst case aside; the function returned gives it back. @throws ResourceError when the budget does not hold it. */
  reserve(worst: Cost): () => void {
    const next = addCosts(addCosts(this.booked, this.reserved), worst);
    const { money = Number.POSITIVE_INFINITY, tokens = Number.POSITIVE_INFINITY } = this.budget;
    const nextTokens = next.promptTokens + next.completionTokens;
    if (next.money > money || nextTokens > tokens) {
      const limit = next.money > money ? `${money} of money` : `${tokens} tokens`;
      const spent = `${this.booked.money.toFixed(4)} and ${this.booked.promptTokens + this.booked.completionTokens} tokens`;
      throw new ResourceError(
        'budget-spent',
        `The budget of ${limit} does not hold the next request: ${spent} are spent, and the request may cost ${worst.money.toFixed(4)} and ${worst.promptTokens + worst.completionTokens} tokens.`,
        'Raise the budget and run the same command with --resume: what was paid for is kept.',
      );
    }
    this.reserved = addCosts(this.reserved, worst);
    return () => {
      this.reserved = addCosts(this.reserved, {
        requests: -worst.requests,
        promptTokens: -worst.promptTokens,
        completionTokens: -worst.completionTokens,
        money: -worst.money,
      });
    };
  }

  book(cost: Cost): void {
    this.booked = addCosts(this.booked, cost);
  }
}
