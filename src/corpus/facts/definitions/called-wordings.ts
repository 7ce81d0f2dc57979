/**
 * @file Sentences that tell what something is called: `We call a *dry band* any stripe that ...`, `“not-spot” – the trade’s word for a place
 * without a signal –`, `“escape of water”, which it defines as ...`, `SemVer, by which we mean that ...`, `Rime ice, that is, ice that ...`.
 */
import type { Found } from './definition.ts';

const open = '(?:\\\\emph\\{|["“*_]{1,2})';
const close = '(?:\\}|["”*_]{1,2})';
const set = `${open}([^"“”*_{}\\n]{2,40})${close}`;
const weCall = '\\b[Ww]e\\s+(?:shall\\s+|will\\s+)?call\\s+';

interface Wording {
  readonly pattern: RegExp;
  /** Where the meaning ends before the sentence does. */
  readonly until?: RegExp;
}
const of = (pattern: string, until?: RegExp): Wording => ({
  pattern: new RegExp(pattern, 'u'),
  ...(until === undefined ? {} : { until }),
});

const wordings: readonly Wording[] = [
  of(`${weCall}(?:an?\\s+|the\\s+)?${set}\\s+(?=(?:any|an?|the|each|every)\\s)`),
  of(
    `${weCall}(?:an?|any|the)\\s\\p{Ll}+\\s(?:an?\\s|the\\s)?["“*_]{0,2}(\\p{Ll}[\\p{Ll}-]*(?:\\s\\p{Ll}[\\p{Ll}-]*)?)["”*_]{0,2}\\s+(?=(?:if|when)\\s)`,
  ),
  of(
    `["“]([^"“”]{1,50}?),?["”],?\\s+which\\s+(?:it|they|we|the\\s\\p{Ll}+|\\p{Lu}\\p{L}+)\\s+(?:defines?|defined|describes?)\\s+as\\s+`,
  ),
  of(
    `(?:^|\\s)["“*_]{0,2}([\\p{L}\\d][\\p{L}\\d'’-]{1,30})["”*_]{0,2},\\s+by\\s+which\\s+(?:we|I)\\s+mean\\s+(?:that\\s+)?`,
  ),
  of(
    `["“]([^"“”]{1,40}?),?["”],?\\s*[–—,]\\s*(?:the|an?|our|their)\\s(?:[\\p{L}’'-]+\\s){0,2}(?:word|term|name|phrase|expression)\\s(?:we\\suse\\s)?for\\s+`,
    /\s[–—]\s|[,;]\s/,
  ),
  of(
    `\\b(?:in|of|with|from|called)\\s((?:\\p{Ll}+\\s)?\\p{Ll}+),\\sthe\\s(?:term|word|name)\\s(?:she|he|they|we|I|\\p{Lu}\\p{L}+)\\s(?:uses?|used|gave|coined)\\s(?:for|to)\\s`,
  ),
  of(`\\bis\\s(?:an?|the)\\s(\\p{Lu}\\p{L}+\\s\\p{Ll}+):\\s(?=an?\\s)`, /,\s|[.;]/),
  of(
    `^(\\p{Lu}\\p{Ll}+(?:\\s\\p{Ll}+){0,2}),\\s(?:that\\sis|i\\.e\\.)(?:\\sto\\ssay)?,?\\s(?=\\p{Ll}+(?:\\s\\p{Ll}+)?\\s(?:that|which|who)\\b)`,
    /,\s/,
  ),
];

/** Undefined where the words call nothing by a name. */
export function readCalled(words: string): Found | undefined {
  for (const { pattern, until } of wordings) {
    const match = pattern.exec(words);
    const term = match?.[1];
    if (match === null || term === undefined || /^(?:it|this|that|these|those|which|so|him|her|them)$/i.test(term))
      continue;
    const meaning = match.index + match[0].length;
    const stop = until === undefined ? -1 : words.slice(meaning).search(until);
    return {
      term,
      at: words.indexOf(term, match.index),
      meaning,
      ...(stop < 0 ? {} : { end: meaning + stop }),
    };
  }
  return undefined;
}
