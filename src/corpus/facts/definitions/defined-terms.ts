/**
 * @file Terms that contracts and filings set in brackets behind what they mean: `Corran Estates LLP (the “Landlord”)`, `a credit agreement with Gem
 * Valley Bank (the “Credit Agreement”)`.
 */
import { longestSentence, type Prose, spanAt } from '../../structure/prose.ts';
import { type Definition, definitionAt } from './definition.ts';

const bracket =
  /\s\((?!see\b|cf\b|in (?!th(?:is|ese) )|from |e\.g|i\.e|as )(?:[^()“”"]{1,60}[,;]? )?(?:(?:hereinafter|hereafter|herein|together|collectively|each|referred to as|called|also)[ ,]+(?:and )?){0,3}(?:the |an? |this )?[“"]([^“”"()]{1,50})[,.]?[”"](?:(?: or|,| and)? (?:the )?[“"][^“”"()]{1,50}[”"])*\)/gu;
/** What is meant begins behind one of these. */
const boundary =
  /(?:^(?:\(?\d{1,2}(?:\.\d{1,2})*[.)]?\s)?|[;:“"(]|,\s(?:and|or)\s|\b(?:(?:between|among|and|is|are|was|were|into|by|from|under|over|acquired|adopted|issued|made|signed|means|has|have|had|approved|established|pay|paid|purchased|sold)\s))\s*(?=(?:an?|the|all|certain|any|our|such|each)\s|\p{Lu})/gu;
/** `(in these Byelaws, a "tenant")`: a term in small letters has its article. */
const articled = /(?:^|[\s(])(?:the|an?|this) [“"]/;
/** Before the brackets of a term the words are not of the next clause. */
const mostMeaning = 300;

function meaningStart(before: string): number | undefined {
  const from = Math.max(0, before.length - mostMeaning);
  const starts = [...before.slice(from).matchAll(boundary)].map(({ index, 0: found }) => from + index + found.length);
  // A name of its own is all that is meant: `Brindle Sensors, Inc.`; with an article the phrase begins there.
  const own = starts.filter((at) => /\p{L}{2}/u.test(before.slice(at)));
  return own.at(-1);
}

export function definedTerms({ text, sentences, skipped }: Prose): Definition[] {
  return Array.from(text.matchAll(bracket)).flatMap((match): Definition[] => {
    const [whole, term = ''] = match;
    const sentence = spanAt(sentences, match.index);
    if (sentence === undefined || spanAt(skipped, match.index) !== undefined) return [];
    if (
      sentence.end - sentence.start > longestSentence ||
      !(articled.test(whole) || /^(?:the )?[\p{Lu}\d]|^\p{Ll}+ing\b/u.test(term))
    )
      return [];
    const before = text.slice(sentence.start, match.index);
    const start = meaningStart(before);
    if (start === undefined) return [];
    const span = { start: sentence.start, end: Math.max(sentence.end, match.index + whole.length) };
    const at = match.index + whole.search(/[“"]/) + 1 - sentence.start;
    const found = definitionAt(text, span, { term, at, meaning: start, end: before.length });
    return found === undefined ? [] : [found];
  });
}
