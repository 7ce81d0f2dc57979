/**
 * @file Does a piece of an answer state one of the gold items? Whole and in another spelling, behind a label, with a gloss, or
 * inside a sentence that says nothing else. A gold inside a longer name, beside another candidate or denied is not stated.
 */

import { isClassifier, isCounted, isHead, isTitle, saysNothing } from './text/function-words.ts';
import { denies, makesBound, offersAlternative } from './text/hedges.ts';
import { keyText, type Token, type Words, wordsOf } from './text/tokens.ts';

/** The golds of a sample, prepared once for all of its responses; values of the maps are indices into `golds`. */
export interface GoldItems {
  readonly golds: readonly Words[];
  /** Keys of the golds as they stand, and in shorter forms. */
  readonly full: ReadonlyMap<string, number>;
  readonly short: ReadonlyMap<string, number>;
  /** Token sequences to look for in sentences, by first token, longest first. */
  readonly sequences: ReadonlyMap<string, readonly { readonly keys: readonly string[]; readonly index: number }[]>;
  readonly shapes: ReadonlySet<string>;
  readonly asked: ReadonlySet<string>;
  readonly caseSensitive: boolean;
  readonly mostTokens: number;
}

const han = /^\p{Script=Han}$/u;

/** The form of a word: digits 0, small letters a, capitals A, Chinese 中. */
export function shapeOf(raw: string): string {
  return raw
    .replace(/\p{Lu}+/gu, 'A')
    .replace(/\p{Ll}+/gu, 'a')
    .replace(/\p{N}+/gu, '0')
    .replace(/\p{Script=Han}+/gu, '中');
}

const keysOf = ({ tokens }: Words): string[] => tokens.map(({ key }) => key);
const joined = (keys: readonly string[]): string => keys.join(' ');

/** Words that all golds begin, or end, with: `Chapter` of `Chapter 2`, `Chapter 5`. */
function shared(lists: readonly (readonly string[])[]): { before: number; after: number } {
  const shortest = Math.min(...lists.map((list) => list.length));
  const same = (at: (list: readonly string[]) => string | undefined): boolean =>
    lists.every((list) => at(list) === at(lists[0] ?? []));
  let before = 0;
  while (before < shortest - 1 && same((list) => list[before])) before++;
  let after = 0;
  while (after < shortest - 1 - before && same((list) => list.at(-1 - after))) after++;
  return { before, after };
}

/** Shorter forms of a gold that name the same thing. */
function shortForms(keys: readonly string[], common: { before: number; after: number }): string[] {
  const forms: string[] = [];
  const start = keys.findIndex((key) => !isTitle(key));
  if (start > 0) forms.push(joined(keys.slice(start)));
  if (common.before > 0 || common.after > 0) forms.push(joined(keys.slice(common.before, keys.length - common.after)));
  const last = keys.at(-1) ?? '';
  if (keys.length > 1 && isClassifier(last) && (keys.length > 2 || /\d/.test(keys[0] ?? '')))
    forms.push(joined(keys.slice(0, -1)));
  return forms;
}

/** The question's words add nothing to an answer that repeats them; letter case is ignored by default. */
export interface ItemContext {
  readonly question?: string | undefined;
  readonly caseSensitive?: boolean | undefined;
}

/** Prepares the golds of a sample. */
export function goldItems(gold: readonly string[], { question = '', caseSensitive = false }: ItemContext): GoldItems {
  const golds = gold.map((line) => wordsOf(line, caseSensitive));
  const full = new Map<string, number>();
  const short = new Map<string, number>();
  const sequences = new Map<string, { keys: readonly string[]; index: number }[]>();
  golds.forEach((words, index) => {
    const key = keyText(words);
    if (key !== '' && !full.has(key)) full.set(key, index);
  });
  const lists = [...new Set(full.values())].map((index) => keysOf(golds[index] as Words));
  const common = lists.length > 1 ? shared(lists) : { before: 0, after: 0 };
  const ambiguous = new Set<string>();
  golds.forEach((words, index) => {
    const keys = keysOf(words);
    const texts = [keyText(words), ...shortForms(keys, common)];
    for (const form of texts.slice(1)) {
      if (full.has(form) || (short.has(form) && short.get(form) !== index)) ambiguous.add(form);
      else short.set(form, index);
    }
    for (const form of new Set(texts)) {
      const list = form.split(' ');
      const first = list[0] ?? '';
      if (first === '') continue;
      const entries = sequences.get(first) ?? [];
      entries.push({ keys: list, index });
      sequences.set(first, entries);
    }
  });
  for (const form of ambiguous) short.delete(form);
  for (const entries of sequences.values()) entries.sort((a, b) => b.keys.length - a.keys.length);
  const asked = new Set(wordsOf(question.slice(0, 8000)).tokens.map(({ key }) => stem(key)));
  const shapes = new Set(golds.flatMap(({ tokens }) => tokens.map(({ raw }) => shapeOf(raw))));
  return {
    golds,
    full,
    short,
    sequences,
    shapes,
    asked,
    caseSensitive,
    mostTokens: Math.max(1, ...golds.map(({ tokens }) => tokens.length)),
  };
}

/** Enough of a stem to see a word of the question again. */
function stem(key: string): string {
  const low = key.toLowerCase();
  return low.length > 5 ? low.replace(/(?:ings?|ed|es|s|ly)$/, '') : low.length > 3 ? low.replace(/s$/, '') : low;
}

const wasAsked = (items: GoldItems, key: string): boolean => items.asked.has(stem(key));

function lookUp(items: GoldItems, keys: readonly string[], shortToo: boolean): number | undefined {
  const text = joined(keys);
  return items.full.get(text) ?? (shortToo ? items.short.get(text) : undefined);
}

const articles = new Set(['the', 'a', 'an']);

/** The gold that a whole piece equals, word by word or but for titles, heads and counted words. */
function wholeMatch(items: GoldItems, tokens: readonly Token[]): number | undefined {
  if (tokens.length === 0 || tokens.length > items.mostTokens + 6) return undefined;
  let keys = tokens.map(({ key }) => key);
  const direct = lookUp(items, keys, true);
  if (direct !== undefined) return direct;
  if (keys.length > 1 && articles.has(keys[0]?.toLowerCase() ?? '')) {
    keys = keys.slice(1);
    const bare = lookUp(items, keys, true);
    if (bare !== undefined) return bare;
  }
  const start = keys.findIndex((key) => !isTitle(key.toLowerCase()));
  if (start > 0) {
    const untitled = lookUp(items, keys.slice(start), true);
    if (untitled !== undefined) return untitled;
  }
  // A head or a counted word that the answer adds: `Part P2`, `31 points`, `柳林村`.
  for (let from = 0; from <= Math.min(2, keys.length - 1); from++) {
    if (from > 0) {
      const key = keys[from - 1] ?? '';
      if (!isHead(key) && !wasAsked(items, key) && !/^\d{1,2}$/.test(key)) break;
    }
    for (let to = keys.length; to > Math.max(from, keys.length - 3); to--) {
      if (to < keys.length) {
        const key = keys[to] ?? '';
        if (!isClassifier(key) && !isCounted(key) && !isHead(key) && !(wasAsked(items, key) && !/\d/.test(key))) break;
      }
      if (from === 0 && to === keys.length) continue;
      if (from > 0 && /^\d{1,2}$/.test(keys[from - 1] ?? '')) continue;
      const found = items.full.get(joined(keys.slice(from, to)));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** The gold that a line begins with, and how many words name it: the longest as it stands, else the shortest in another form. */
export function leadingItem(items: GoldItems, { tokens }: Words): { index: number; words: number } | undefined {
  let other: { index: number; words: number } | undefined;
  for (let i = Math.min(tokens.length - 1, items.mostTokens + 3); i >= 1; i--) {
    const exact = items.full.get(joined(tokens.slice(0, i).map(({ key }) => key)));
    if (exact !== undefined) return { index: exact, words: i };
    const owner = tokens[i - 1]?.key.endsWith("'s") === true;
    const index = owner
      ? items.full.get(joined(tokens.slice(0, i).map(({ key }) => key)).slice(0, -2))
      : wholeMatch(items, tokens.slice(0, i));
    if (index !== undefined) other = { index, words: i };
  }
  return other;
}

/** `Adams, John Quincy` as `John Quincy Adams`. */
function inverted(items: GoldItems, { text, tokens }: Words): number | undefined {
  const comma = text.indexOf(',');
  if (comma < 0 || text.indexOf(',', comma + 1) >= 0 || tokens.length < 2 || tokens.length > 6) return undefined;
  const at = tokens.findIndex(({ start }) => start > comma);
  if (at < 1 || tokens.some(({ key }) => /\d/.test(key))) return undefined;
  return lookUp(
    items,
    [...tokens.slice(at), ...tokens.slice(0, at)].map(({ key }) => key),
    true,
  );
}

/** The gold that a piece is, but for the order of its words: `Chidi, her younger brother`. */
const glossStart = /^(?:because|since|as|which|who|whose|where|with|per|see|according|due|based|from)$/i;
const gap = (words: Words, i: number): string =>
  words.text.slice(words.tokens[i - 1]?.end ?? 0, words.tokens[i]?.start);
const hedgeAtStart = /^[\s\W]{0,6}(?:or|possibly|maybe|perhaps|alternatively|and\/or|vs|或|也许|可能|抑或)(?![a-z])/i;

/** Whether the rest of a piece names a rival of the golds: a word of their form that the question does not hold. */
function hasRival(items: GoldItems, tokens: readonly Token[], sentenceStart: boolean): boolean {
  return tokens.some((token, i) => isRival(items, token, sentenceStart && i === 0));
}

function isRival(items: GoldItems, { key, raw }: Token, atStart: boolean): boolean {
  if (saysNothing(key.toLowerCase()) || wasAsked(items, key) || isTitle(key.toLowerCase())) return false;
  if (/\d/.test(raw)) return true;
  if (han.test(raw)) return false;
  if (/[_\p{Ll}]\p{Lu}|_/u.test(raw)) return true;
  if (/^\p{Lu}/u.test(raw)) return !atStart;
  return false;
}

/** A gold at the start of a piece with a gloss behind it, or at its end behind a label. */
function glossed(items: GoldItems, words: Words, listed: boolean): number | undefined {
  const { tokens, text } = words;
  const last = Math.min(tokens.length - 1, items.mostTokens + 5);
  for (let i = last; i >= 1; i--) {
    const between = gap(words, i);
    const opens = /[(（[:：;；.\n]|(?:^|\s)-+\s|[=→]/.test(between);
    const comma = /[,，、]/.test(between);
    if (!opens && !comma && !glossStart.test(tokens[i]?.key ?? '')) continue;
    const found = wholeMatch(items, tokens.slice(0, i));
    if (found === undefined) continue;
    const rest = text.slice(tokens[i - 1]?.end ?? 0);
    if (hedgeAtStart.test(rest)) return undefined;
    if (comma && !opens && !listed && hasRival(items, tokens.slice(i), false)) return undefined;
    if (comma && !opens && /^\s*[、]/.test(between)) return undefined;
    return found;
  }
  for (let i = 1; i < Math.min(tokens.length, 9); i++) {
    if (!/[:：)）.]\s*["'(]*\s*$|\s-\s|^\s*[=→]\s*$/.test(gap(words, i)) && !/^[=→]$/.test(tokens[i - 1]?.key ?? ''))
      continue;
    const label = tokens.slice(0, i);
    if (
      !label.every(
        ({ key }) =>
          saysNothing(key.toLowerCase()) ||
          wasAsked(items, key) ||
          isHead(key) ||
          /^(?:\d{1,2}(?:st|nd|rd|th)?|[=→]|[a-z])$/i.test(key),
      )
    )
      break;
    const found = wholeMatch(items, tokens.slice(i));
    if (found !== undefined) return found;
  }
  return undefined;
}

const magnitude = /^(?:hundred|thousand|million|billion|trillion|dozen|k|bn|m|百|千|万|亿|%|‰|percent|s|th)$/i;

/** A gold in a piece: its index, and the tokens `from` up to `to`, which is excluded. */
export interface Mention {
  readonly index: number;
  readonly from: number;
  readonly to: number;
}

/** Where golds stand in a piece, word by word, without overlap. */
export function mentions(items: GoldItems, { tokens }: Words): Mention[] {
  const found: Mention[] = [];
  for (let at = 0; at < tokens.length; ) {
    const entries = items.sequences.get(tokens[at]?.key ?? '') ?? [];
    const entry = entries.find(({ keys }) => keys.every((key, k) => tokens[at + k]?.key === key));
    if (entry === undefined) {
      at++;
      continue;
    }
    found.push({ index: entry.index, from: at, to: at + entry.keys.length });
    at += entry.keys.length;
  }
  return found;
}

/** Whether the word beside a mention makes it part of a longer name. */
function extendsName(items: GoldItems, words: Words, beside: number, inside: number): boolean {
  const token = words.tokens[beside];
  if (token === undefined) return false;
  const between = beside < inside ? gap(words, inside) : gap(words, beside);
  const key = token.key.toLowerCase();
  if (!/^[\s"']*$/.test(between)) return /^-$/.test(between);
  if (saysNothing(key) || wasAsked(items, key) || isTitle(key) || isHead(key)) {
    // "of" and "and" join names: The Hague Academy, Trinidad and Tobago.
    return beside > inside && /^(?:of)$/.test(key) && /^\p{Lu}/u.test(words.tokens[beside + 1]?.raw ?? '');
  }
  if (beside > inside && magnitude.test(key) && /\d/.test(words.tokens[inside]?.key ?? '')) return true;
  if (isCounted(key) || isClassifier(key)) return false;
  if (han.test(token.raw)) return between === '';
  if (/^\p{Lu}|\d|_/u.test(token.raw)) return true;
  // A noun behind a name in small letters goes with it: gravel pit.
  return beside > inside && /^\p{Ll}/u.test(words.tokens[inside]?.raw ?? '') && !/(?:ly|ed)$/.test(key);
}

/** Whether a capital is the sentence's, not a name's: the first word, unless a comma sets it off from the rest. */
const opensSentence = (words: Words, i: number): boolean =>
  i === 0 && !(words.tokens.length > 1 && /^\s*[,，、/]/.test(gap(words, 1)));

/** Whether a number only counts a part of the text: chapter 6. */
const isNumbered = (tokens: readonly Token[], i: number): boolean =>
  /^\d+$/.test(tokens[i]?.key ?? '') && (isHead(tokens[i - 1]?.key ?? '') || tokens[i - 1]?.key === 'page');

/** The golds that a sentence states, in its order; empty where it denies, offers others, or says something else as well. */
export function statedInSentence(items: GoldItems, words: Words): readonly number[] {
  const found = mentions(items, words);
  if (found.length === 0) return [];
  const { tokens, text } = words;
  const covered = new Uint8Array(tokens.length);
  for (const { from, to } of found) covered.fill(1, from, to);
  const rest = tokens.filter((_, i) => covered[i] === 0);
  const restText = rest
    .map(({ raw }) => (han.test(raw) ? raw : ` ${raw} `))
    .join('')
    .replace(/ +/g, ' ');
  if (denies(restText) || offersAlternative(restText)) return [];
  const numeric = found.some(({ from, to }) => tokens.slice(from, to).some(({ key }) => /\d/.test(key)));
  if (numeric && makesBound(restText)) return [];
  for (const { from, to } of found)
    if (extendsName(items, words, from - 1, from) || extendsName(items, words, to, to - 1)) return [];
  if (
    text.length > 0 &&
    tokens.some(
      (token, i) => covered[i] === 0 && isRival(items, token, opensSentence(words, i)) && !isNumbered(tokens, i),
    )
  )
    return [];
  const named = found.every(({ from, to }) =>
    tokens.slice(from, to).some(({ raw }) => /[\p{Lu}\d_]|\p{Script=Han}/u.test(raw)),
  );
  if (!named && rest.some(({ key }) => !saysNothing(key) && !wasAsked(items, key) && !isHead(key) && !isCounted(key)))
    return [];
  if (
    rest.some(({ raw, key }) => han.test(raw) && !saysNothing(raw) && !wasAsked(items, key) && !isClassifier(key)) &&
    items.asked.size > 0
  )
    return [];
  return [...new Set(found.map(({ index }) => index))];
}

/** `not X but Y` says Y. */
const notThisBut =
  /^\s*(?:(?:it(?:'s| is| was) )?not [^,.;]{1,80}?,? but (?:rather )?|(?:不是|并非|不为)[^，,。]{1,40}[，,]?\s*而是)/i;
const deniedAtStart = /^\s*(?:it(?:'s| is| was) not\b|not\b|不是|并非|绝非|不为|不属于)/i;

/** The golds that one piece of an answer states: usually one, several in a sentence, none of another. */
export function statedItems(items: GoldItems, whole: string, listed = false): readonly number[] {
  const piece = whole.replace(notThisBut, '');
  if (deniedAtStart.test(piece) && !items.golds.some(({ text }) => deniedAtStart.test(text))) return [];
  const words = wordsOf(piece, items.caseSensitive);
  if (words.tokens.length === 0) return [];
  const found = wholeMatch(items, words.tokens) ?? inverted(items, words) ?? glossed(items, words, listed);
  if (found !== undefined) return [found];
  const stated = statedInSentence(items, words);
  if (stated.length > 0) return stated;
  // What stands in parentheses at the end explains, unless it offers another.
  const gloss = /^([^()（）]{1,2000}\S)\s*([(（][^()（）]{1,400}[)）])[.。]?\s*$/.exec(words.text);
  return gloss === null || hedgeAtStart.test(gloss[2] ?? '')
    ? stated
    : statedInSentence(items, wordsOf(gloss[1] ?? '', items.caseSensitive));
}
