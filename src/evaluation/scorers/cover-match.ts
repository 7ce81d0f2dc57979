/**
 * @file Cover exact match: the gold stands in the response as whole words, both normalised (reference `score_frame.py`).
 * QwenLong-L1.5 section 5.1 takes the larger of this and a judge's verdict for multi-hop questions.
 */
import { words } from '../../rewards/text.ts';
import { containsWhole, withoutArticles, withoutPunctuation } from './python-text.ts';

/** Compatibility decomposition, lower case, no articles, no thousands separators, no punctuation, single spaces. */
function normalize(text: string): string {
  const plain = withoutArticles(text.normalize('NFKD').toLowerCase()).replace(/(\p{Nd}),(\p{Nd})/gu, '$1$2');
  return words(withoutPunctuation(plain)).join(' ');
}

/**
 * Whether `gold` is covered by `response`; a gold of nothing but articles and punctuation never is.
 *
 * @example coverMatch('It was the Eiffel Tower, in 1889.', 'Eiffel Tower') // true
 */
export function coverMatch(response: string, gold: string): boolean {
  const target = normalize(gold);
  return target !== '' && containsWhole(normalize(response), target);
}
