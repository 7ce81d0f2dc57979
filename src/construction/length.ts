/**
 * @file Prompt lengths: the estimate used where no tokenizer is given, and the length bins of long samples.
 */
import { countWords } from '../corpus/make-document.ts';

/** Tokens of a text under some tokenizer. */
export type CountTokens = (text: string) => number;

/** English prose in byte-pair vocabularies of 100 to 150 K entries comes to about 1.35 tokens a word. */
const tokensPerWord = 1.35;

/** The estimate used where no tokenizer is given. */
export const estimateTokens: CountTokens = (text) => Math.ceil(countWords(text) * tokensPerWord);
/** What the dataset card calls it. */
export const estimateName = `words x ${tokensPerWord}`;

/** Bins of long samples, in units of 1,024 tokens. */
export const lengthBins = [8, 16, 32, 64, 128] as const;
export type LengthBin = (typeof lengthBins)[number];

/** A prompt belongs to a bin when it is within 20 % of it. */
const binTolerance = 0.2;

/** The bin that a length belongs to, if any. */
export function lengthBin(tokens: number): LengthBin | undefined {
  return lengthBins.find((bin) => Math.abs(tokens - bin * 1024) <= binTolerance * bin * 1024);
}
