/**
 * @file F1 over tokens as LongBench v1 defines it for questions: words of English, characters of Chinese, by the language of the data
 * set. The reference (`score_jsonl.py`) takes the language of each string instead, so that one Chinese name in an answer turns it into
 * characters and no word of it can be right any more. `upstream` keeps the reference's Chinese normaliser, whose filter of punctuation
 * removes nothing because it compares two-letter categories with one-letter names; `strict` removes punctuation, separators and
 * controls as intended.
 */
import { sharedCount, words } from '../../rewards/text.ts';
import type { CompatProfile } from '../benchmark.ts';
import { withoutArticles, withoutPunctuation } from './python-text.ts';

interface F1Options {
  readonly profile: CompatProfile;
  /** Of the data set. */
  readonly language: 'en' | 'zh';
}

function tokens(text: string, { profile, language }: F1Options): string[] {
  if (language === 'en') return words(withoutArticles(withoutPunctuation(text.toLowerCase())));
  const folded = text.normalize('NFKC');
  const kept = profile === 'upstream' ? folded : folded.replace(/[\p{P}\p{Z}\p{C}]/gu, '');
  return Array.from(kept.toLowerCase());
}

/** Harmonic mean of precision and recall over the multisets of tokens. */
function f1(prediction: string, gold: string, options: F1Options): number {
  const [said, expected] = [tokens(prediction, options), tokens(gold, options)];
  if (said.length === 0 || expected.length === 0) return said.length === expected.length ? 1 : 0;
  const common = sharedCount(expected, said);
  if (common === 0) return 0;
  const [precision, recall] = [common / said.length, common / expected.length];
  return (2 * precision * recall) / (precision + recall);
}

/** The best F1 over the golds; 0 where there are none. */
export function tokenF1(prediction: string, golds: readonly string[], options: F1Options): number {
  return Math.max(0, ...golds.map((gold) => f1(prediction, gold, options)));
}
