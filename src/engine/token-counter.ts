/**
 * @file Counting tokens with the tokenizer that the user names, and by the estimate where none is named. Construction draws
 * and measures thousands of texts for a sample, which a tokenizer is too slow for: it goes by an estimate that is fitted to the
 * tokenizer on the documents themselves, and what is written of a sample is counted.
 */
import { basename } from 'node:path';
import { type CountTokens, estimateName, estimateTokens, fitEstimate } from '../tokens.ts';

/** What a card calls a tokenizer: its folder or file, or that there is the estimate. */
export const tokenizerName = (tokenizer: string | undefined): string =>
  tokenizer === undefined ? estimateName : basename(tokenizer);

/** Two ways to the length of a text in tokens, one fast and one exact. */
export interface TokenCounter {
  /** `tokenizerName`. */
  readonly name: string;
  /** At once, and within some per cent of `count` on texts like those that it was opened with. */
  readonly estimate: CountTokens;
  /** Exact where a tokenizer is named. */
  count(text: string): Promise<number>;
}

/** The same sample with the tokens of its prompt counted. */
export async function countedSample<T extends { readonly prompt: string; readonly tokens: number }>(
  sample: T,
  counter: TokenCounter,
): Promise<T> {
  return { ...sample, tokens: await counter.count(sample.prompt) };
}

/** The same samples with the tokens of their prompts counted, one after another. */
export async function countedSamples<T extends { readonly prompt: string; readonly tokens: number }>(
  samples: readonly T[],
  counter: TokenCounter,
): Promise<T[]> {
  const counted: T[] = [];
  for (const sample of samples) counted.push(await countedSample(sample, counter));
  return counted;
}

/** Texts that the estimate is fitted on, and characters of each. */
const [fittedTexts, fittedCharacters] = [48, 12_000];

/**
 * @param tokenizer folder of a model with tokenizer.json, or a GGUF file; the estimate without it
 * @param documents texts like those that will be counted
 * @throws InputError when there is no tokenizer at the path.
 */
export async function openTokenCounter(
  tokenizer: string | undefined,
  documents: readonly { readonly text: string }[] = [],
): Promise<TokenCounter> {
  if (tokenizer === undefined)
    return { name: tokenizerName(tokenizer), estimate: estimateTokens, count: async (text) => estimateTokens(text) };
  const { loadTokenizer } = await import('./tokenizer.ts');
  const { encode } = await loadTokenizer(tokenizer);
  const count = async (text: string): Promise<number> => (await encode(text)).length;
  const step = Math.max(1, documents.length / fittedTexts);
  const counted = [];
  for (let at = 0; at < documents.length; at += step) {
    const text = (documents[Math.floor(at)]?.text ?? '').slice(0, fittedCharacters);
    counted.push({ text, tokens: await count(text) });
  }
  return {
    name: tokenizerName(tokenizer),
    estimate: counted.length === 0 ? estimateTokens : fitEstimate(counted),
    count,
  };
}
