/**
 * @file A mixture for documents that nobody has measured: prompts no longer than the training documents together, and no more places than
 * there may be different questions.
 */
import type { Document } from '../../corpus/document.ts';
import { taskIds } from '../../tasks/task.ts';
import { type CountTokens, estimateTokens } from '../../tokens.ts';
import { defaultHeldoutShare, splitByDocument } from '../split.ts';
import { type LengthShare, type MixtureRequest, mixtureLengths } from './mixture.ts';

/** What is taken from the documents: the lengths, or the number of places too. */
export const fitNames = ['lengths', 'sizes'] as const;

/** A mixture that says what is to be fitted to the documents. */
export interface FittingRequest extends MixtureRequest {
  readonly fit?: (typeof fitNames)[number] | undefined;
}

/** Tokens of text to a place: a question every few sentences. */
const tokensPerPlace = 20;
/** Enough that every task has a place of several lengths. */
const leastPlaces = 90;
/** Lengths that are kept however short the documents are. */
const leastLengths = 2;

/** The mixture as it is planned, and what was left out of it. */
export interface FittedMixture {
  readonly mixture: MixtureRequest;
  /** Tokens of the documents that may be trained on. */
  readonly tokens: number;
  /** Lengths beyond them, in tokens. */
  readonly left: readonly number[];
}

const lengthsWithin = (lengths: readonly LengthShare[], tokens: number): LengthShare[] =>
  lengths.filter((length, i) => i < leastLengths || length.tokens <= tokens);

/** The same documents give the same mixture. */
export function fitMixture(
  documents: readonly Document[],
  { fit, ...mixture }: FittingRequest,
  countTokens: CountTokens = estimateTokens,
): FittedMixture {
  const { train } = splitByDocument(documents, defaultHeldoutShare);
  const tokens = train.reduce((sum, { text }) => sum + countTokens(text), 0);
  if (fit === undefined) return { mixture, tokens, left: [] };
  const all = mixtureLengths[mixture.preset];
  // Lengths that somebody has named are not doubted.
  const lengths = mixture.lengths ?? lengthsWithin(all, tokens);
  const left = mixture.lengths ? [] : all.filter((one) => !lengths.includes(one)).map((one) => one.tokens);
  const most = Math.max(leastPlaces, Math.ceil(tokens / tokensPerPlace / taskIds.length) * taskIds.length);
  const samples = fit === 'sizes' ? Math.min(mixture.samples, most) : mixture.samples;
  return { mixture: { ...mixture, lengths, samples }, tokens, left };
}
