/**
 * @file Exchanges that were recorded once, and a model that repeats them. A request is known by its seed, which names draft, purpose and number,
 * and by the hash of its messages. A seed that is known with another hash is an exchange that a changed prompt has made stale.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sha256 } from '../../../src/corpus/make-document.ts';
import type { ChatModel, ChatReply, ChatRequest } from '../../../src/llm/chat-model.ts';
import { estimateTokens } from '../../../src/tokens.ts';

/** One reply as the file keeps it. */
export interface Exchange {
  readonly model: string;
  readonly seed: number;
  /** First 12 digits of the SHA-256 of the messages. */
  readonly prompt: string;
  /** Versions of the prompts at that time. */
  readonly versions: string;
  readonly reply: string;
}

export const exchangesFile = fileURLToPath(new URL('exchanges.jsonl', import.meta.url));

export const readExchanges = (file = exchangesFile): Exchange[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Exchange);

export const promptHash = ({ messages }: Pick<ChatRequest, 'messages'>): string =>
  sha256(JSON.stringify(messages)).slice(0, 12);

const tokensOf = ({ messages }: ChatRequest): number =>
  messages.reduce((sum, { content }) => sum + estimateTokens(content), 0);

export const replyOf = (request: ChatRequest, text: string): ChatReply => ({
  text,
  toolCalls: [],
  finish: 'stop',
  promptTokens: tokensOf(request),
  completionTokens: estimateTokens(text),
});

/** All models of a build, by recorded exchanges; what is not recorded goes to `missing`. */
export function recordedModel(
  name: string,
  exchanges: readonly Exchange[],
  missing: (request: ChatRequest, stale: Exchange | undefined) => Promise<ChatReply>,
  onUse?: (exchange: Exchange) => void,
): ChatModel {
  const own = exchanges.filter(({ model }) => model === name);
  const known = new Map(own.map((exchange) => [`${exchange.seed} ${exchange.prompt}`, exchange]));
  return {
    name,
    complete: async (request) => {
      const found = known.get(`${request.seed} ${promptHash(request)}`);
      if (found !== undefined) {
        onUse?.(found);
        return replyOf(request, found.reply);
      }
      return await missing(
        request,
        own.find(({ seed }) => seed === request.seed),
      );
    },
  };
}
