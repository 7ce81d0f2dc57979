/**
 * @file What a run may use up: tokens, minutes, money. When a limit is reached nothing new is asked; what is under way still
 * ends, so a limit can be passed by the requests of one moment.
 */
import { GolongrlError } from '../../errors.ts';
import type { ChatReply } from '../../llm/chat-model.ts';
import { cacheSaving } from '../../llm/cost-ledger.ts';
import type { EvaluationSettings } from './settings.ts';

/** Not asked, because a limit was reached. */
export class LimitReached extends GolongrlError {}

/** `cost` is in the currency of the settings' prices, which are for a million tokens. */
export interface Spending {
  readonly requests: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly cost: number;
}

/** Shared by the model and the judge; `check` comes before each request, `add` after each reply. */
export class Budget {
  private readonly settings: Pick<EvaluationSettings, 'limits' | 'price'>;
  private readonly start: number;
  private readonly now: () => number;
  private requests = 0;
  private promptTokens = 0;
  private completionTokens = 0;
  private cachedTokens = 0;

  constructor(settings: Pick<EvaluationSettings, 'limits' | 'price'>, now: () => number = () => performance.now()) {
    this.settings = settings;
    this.now = now;
    this.start = now();
  }

  /** Of this process alone: what earlier ones spent is in the cache and costs nothing again. */
  get spent(): Spending {
    const { price } = this.settings;
    const { requests, promptTokens, completionTokens } = this;
    const whole = (promptTokens * price.input + completionTokens * price.output) / 1e6;
    const cost = whole - cacheSaving(this.cachedTokens, price);
    return { requests, promptTokens, completionTokens, cost };
  }

  /** @throws LimitReached */
  check(): void {
    const { tokens, minutes, cost } = this.settings.limits;
    const { spent } = this;
    const used = spent.promptTokens + spent.completionTokens;
    const passed = (this.now() - this.start) / 60_000;
    if (tokens !== undefined && used >= tokens) throw reached(`${used} of ${tokens} tokens`);
    if (minutes !== undefined && passed >= minutes) throw reached(`${passed.toFixed(1)} of ${minutes} minutes`);
    if (cost !== undefined && spent.cost >= cost) throw reached(`a cost of ${spent.cost.toFixed(2)} of ${cost}`);
  }

  add(reply: ChatReply): void {
    this.requests++;
    this.cachedTokens += reply.cachedTokens ?? 0;
    this.promptTokens += reply.promptTokens;
    this.completionTokens += reply.completionTokens;
  }
}

const reached = (what: string): LimitReached =>
  new LimitReached('limit-reached', `Not asked: the limit is reached (${what}).`, 'Run again with a larger limit.');
