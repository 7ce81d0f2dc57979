/**
 * @file What requests cost, and a budget that is never exceeded: the most that a request can cost is set aside before it is sent,
 * and only what it did cost stays booked. What does not fit beside the requests under way waits for them, first come first served; what
 * would not fit without them is refused. Money is in the currency of the prices.
 */
import { ResourceError } from '../errors.ts';
import type { ChatReply, ChatRequest } from './chat-model.ts';

/** For a million tokens. */
export interface Price {
  readonly input: number;
  readonly output: number;
  /** Of prompt tokens that the server had read before; absent: as `input`. */
  readonly cachedInput?: number | undefined;
}

/** What was used; `money` is in the currency of the prices. */
export interface Cost {
  readonly requests: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Of the prompt tokens, those at the price of cached ones; absent where there are none. */
  readonly cachedTokens?: number;
  readonly money: number;
}

/** Undefined limits nothing. */
export interface Budget {
  readonly money?: number | undefined;
  /** Prompt and completion tokens together. */
  readonly tokens?: number | undefined;
}

/** The start of a sum. */
export const noCost: Cost = { requests: 0, promptTokens: 0, completionTokens: 0, money: 0 };

const cachedOf = (tokens: number): Pick<Cost, 'cachedTokens'> => (tokens > 0 ? { cachedTokens: tokens } : {});

/** Field by field. */
export const addCosts = (a: Cost, b: Cost): Cost => ({
  requests: a.requests + b.requests,
  promptTokens: a.promptTokens + b.promptTokens,
  completionTokens: a.completionTokens + b.completionTokens,
  ...cachedOf((a.cachedTokens ?? 0) + (b.cachedTokens ?? 0)),
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

/** What the cached part of a prompt costs less than the rest. */
export const cacheSaving = (cachedTokens: number, { input, cachedInput = input }: Price): number =>
  (cachedTokens * (input - cachedInput)) / 1e6;

/** One request at a price for a million tokens, cached prompt, other prompt and completion apart. */
export function replyCost(
  {
    promptTokens,
    completionTokens,
    cachedTokens = 0,
  }: Pick<ChatReply, 'promptTokens' | 'completionTokens' | 'cachedTokens'>,
  price: Price,
): Cost {
  const whole = priced(promptTokens, completionTokens, price);
  return { ...whole, ...cachedOf(cachedTokens), money: whole.money - cacheSaving(cachedTokens, price) };
}

/** Tokens added for each message by chat templates, at most. */
const templateTokens = 64;

/** Servers that charge for tools and schemas read them as text. */
const textBytes = (value: unknown): number => (value === undefined ? 0 : Buffer.byteLength(JSON.stringify(value)));

/** The most that a request can cost: no tokenizer in use makes more tokens than bytes. */
export function worstCost({ messages, maxTokens = 0, tools, jsonSchema }: ChatRequest, price: Price): Cost {
  const bytes = messages.reduce((sum, { content }) => sum + Buffer.byteLength(content) + templateTokens, 0);
  return priced(bytes + textBytes(tools) + textBytes(jsonSchema), maxTokens, price);
}

/** For a worst case of several requests alike. */
export const timesCost = (cost: Cost, times: number): Cost => ({
  requests: cost.requests * times,
  promptTokens: cost.promptTokens * times,
  completionTokens: cost.completionTokens * times,
  ...cachedOf((cost.cachedTokens ?? 0) * times),
  money: cost.money * times,
});

const tokensOf = ({ promptTokens, completionTokens }: Cost): number => promptTokens + completionTokens;
const told = (cost: Cost): string => `${cost.money.toFixed(4)} and ${tokensOf(cost)} tokens`;

interface Waiting {
  readonly worst: Cost;
  readonly grant: () => void;
  readonly refuse: (error: ResourceError) => void;
}

/** `reserve` before sending, `book` after the reply, then give back what was reserved. */
export class CostLedger {
  private readonly budget: Budget;
  private booked: Cost = noCost;
  /** The worst cases of what is under way. */
  private readonly reserved = new Set<Cost>();
  private readonly waiting: Waiting[] = [];

  constructor(budget: Budget = {}) {
    this.budget = budget;
  }

  get spent(): Cost {
    return this.booked;
  }

  /**
   * Sets the worst case aside, once it fits; the function returned gives it back.
   *
   * @throws ResourceError when the rest of the budget does not hold it
   */
  async reserve(worst: Cost): Promise<() => void> {
    const own = { ...worst };
    await new Promise<void>((grant, refuse) => {
      this.waiting.push({ worst: own, grant, refuse });
      this.settle();
    });
    return () => {
      this.reserved.delete(own);
      this.settle();
    };
  }

  /** Adds what a request has cost. */
  book(cost: Cost): void {
    this.booked = addCosts(this.booked, cost);
  }

  /** In turn, so that small requests do not keep a large one waiting for ever. */
  private settle(): void {
    for (let next = this.waiting[0]; next !== undefined; next = this.waiting[0]) {
      const { worst, grant, refuse } = next;
      const held = [...this.reserved].reduce(addCosts, noCost);
      if (!this.holds(addCosts(this.booked, worst))) refuse(this.refusal(worst, held));
      else if (this.holds(addCosts(addCosts(this.booked, held), worst))) {
        this.reserved.add(worst);
        grant();
      } else return;
      this.waiting.shift();
    }
  }

  private holds(cost: Cost): boolean {
    const { money = Number.POSITIVE_INFINITY, tokens = Number.POSITIVE_INFINITY } = this.budget;
    return cost.money <= money && tokensOf(cost) <= tokens;
  }

  private refusal(worst: Cost, held: Cost): ResourceError {
    const { money, tokens } = this.budget;
    const limits = [money === undefined ? [] : [`${money} of money`], tokens === undefined ? [] : [`${tokens} tokens`]];
    return new ResourceError(
      'budget-spent',
      `The budget of ${limits.flat().join(' and ')} does not hold the next request: ${told(this.booked)} are spent, ${told(held)} set aside for requests under way, and the request may cost ${told(worst)}.`,
      'Raise the budget and run the same command with --resume: what was paid for is kept.',
    );
  }
}
