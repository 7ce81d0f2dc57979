/**
 * @file Counting tokens with the tokenizer that the user names, and by the estimate where none is named. Construction draws
 * and measures thousands of texts for a sample, which a tokenizer is too slow for: it goes by an estimate that is fitted to the
 * tokenizer on the documents themselves, and what is written of a sample is counted.
 */
import { basename } from 'node:path';
import { type CountTokens, estimateName, estimateTokens, fitEstimate } from '../tokens.ts';

export interface TokenCounter {
  /** For the dataset's card: the tokenizer's folder or file, or that it is the estimate. */
  readonly name: string;
  /** At once, and within some per cent of `count` on texts like those that it was opened with. */
  readonly estimate: CountTokens;
  /** Exact where a tokenizer is named. */
  count(text: string): Promise<number>;
}

/** Texts that the estimate is fitted on, and characters of each. */
const [fittedTexts, fittedCharacters] = [48, 12_000];

/**
 * @param tokenizer folder of a model with tokenizer.json, or a GGUF file; the estimate without it
 * @param texts some of those that will be counted
 * @throws InputError when there is no tokenizer at the path.
 */
export async function openTokenCounter(
  tokenizer: string | undefined,
  texts: readonly string[] = [],
): Promise<TokenCounter> {
  if (tokenizer === undefined)
    return { name: estimateName, estimate: estimateTokens, count: async (text) => estimateTokens(text) };
  const { loadTokenizer } = await import('./tokenizer.ts');
  const { encode } = await loadTokenizer(tokenizer);
  const count = async (text: string): Promise<number> => (await encode(text)).length;
  const step = Math.max(1, texts.length / fittedTexts);
  const counted = [];
  for (let at = 0; at < texts.length; at += step) {
    const text = (texts[Math.floor(at)] ?? '').slice(0, fittedCharacters);
    counted.push({ text, tokens: await count(text) });
  }
  return { name: basename(tokenizer), estimate: counted.length === 0 ? estimateTokens : fitEstimate(counted), count };
}
