/**
 * @file Replies that are cut off at a limit of tokens. Where an answer is wanted such a reply is none: it is counted, asked for again with
 * twice the room, and kept for nobody. A rollout of a policy that used up the room it was given is one: it did not solve its exercise.
 */
import { z } from 'zod';
import { trusted } from '../storage/journal-line.ts';
import { ChatFailure, type ChatModel, type ChatReply, type ChatRequest } from './chat-model.ts';
import type { Cost } from './cost-ledger.ts';

/** A reply that was paid for and is none: it was cut off. It is counted, and never given to anybody. */
export interface LostReply {
  readonly cost: Cost;
  /** Tokens that it could have at most; absent where nothing limited it. */
  readonly limit?: number | undefined;
}

/** A cost as it is on disk. */
export const costSchema = z.object({
  requests: z.number(),
  promptTokens: z.number(),
  completionTokens: z.number(),
  cachedTokens: z.number().optional(),
  money: z.number(),
});

/** What a line must have for the budget to hold. */
export const lostReplySchema = trusted<LostReply>({ cost: costSchema });

/** Times that a reply which is cut off is asked for. */
export const mostCuts = 3;

/** Where the costs of a lost reply are kept; `number` counts those of one request. */
export const lostKey = (key: string, number: number): string => `${key}-${number}`;

/** Tokens that a reply can have at most, thoughts included. */
export const limitOf = (model: ChatModel, request: ChatRequest): number | undefined =>
  model.mostTokens?.(request) ?? request.maxTokens;

/** The request with twice the room in each round after the first. */
export function withRoom(model: ChatModel, request: ChatRequest, round: number): ChatRequest {
  const { maxTokens } = request;
  if (maxTokens === undefined || round === 0) return request;
  return { ...request, maxTokens: maxTokens + (2 ** round - 1) * (limitOf(model, request) ?? maxTokens) };
}

/** Whether a reply ran into the limit that it was given, and not into a smaller one of the server. Servers count differently by a few. */
export const usedUp = ({ completionTokens }: ChatReply, limit: number | undefined): boolean =>
  limit !== undefined && (completionTokens === 0 || completionTokens >= 0.95 * limit);

/** What is thrown when a reply is cut off each time. */
export function cutShort(reply: ChatReply | undefined, limit: number | undefined): ChatFailure {
  const tokens = reply?.completionTokens ?? 0;
  const own = limit !== undefined && tokens < 0.95 * limit;
  const why = own ? `; it was allowed ${limit}: the server's own limit (its context) is smaller` : '';
  return new ChatFailure('cut-short', `The reply was cut off at ${tokens} tokens each time${why}.`, {
    retryable: true,
  });
}
