/**
 * @file Cuts a quotation out of a unit that stands in the reading exactly once.
 */
import type { Random } from '../../random.ts';
import type { Reading, Unit } from './reading.ts';

/** How often a wording stands in the reading, up to two. */
export function timesQuoted(reading: Reading, wording: string): number {
  let times = 0;
  for (const { text } of reading.units) {
    const at = text.indexOf(wording);
    if (at < 0) continue;
    times += text.indexOf(wording, at + 1) < 0 ? 1 : 2;
    if (times > 1) break;
  }
  return times;
}

const quotable = (wording: string): boolean => !/[“”"\n#|]|____/.test(wording) && /\p{L}/u.test(wording);

/** Words of a unit with their offsets; in Chinese, characters. */
export const wordsOf = (unit: Unit, language: Reading['language']): { word: string; start: number }[] =>
  [...unit.text.matchAll(language === 'zh' ? /[\p{L}\p{N}]/gu : /\S+/g)].map((match) => ({
    word: match[0],
    start: match.index,
  }));

/** Six to ten words (twelve characters of Chinese); undefined when none of a few tries is unique. */
export function drawSnippet(reading: Reading, unit: Unit, rng: Random): string | undefined {
  const words = wordsOf(unit, reading.language);
  const size = reading.language === 'zh' ? 12 : rng.integer(6, 10);
  if (words.length < size) return undefined;
  for (let i = 0; i < 6; i++) {
    const from = rng.integer(0, words.length - size);
    const first = words[from];
    const last = words[from + size - 1];
    if (first === undefined || last === undefined) continue;
    const wording = unit.text.slice(first.start, last.start + last.word.length);
    if (quotable(wording) && timesQuoted(reading, wording) === 1) return wording;
  }
  return undefined;
}

/** Snippets of distinct units, in the order of the reading. */
export function drawSnippets(
  reading: Reading,
  count: number,
  rng: Random,
): { unit: Unit; quote: string }[] | undefined {
  const found: { unit: Unit; quote: string; at: number }[] = [];
  for (const at of rng.shuffle(reading.units.map((_, i) => i))) {
    const unit = reading.units[at];
    const quote = unit === undefined ? undefined : drawSnippet(reading, unit, rng);
    if (unit !== undefined && quote !== undefined) found.push({ unit, quote, at });
    if (found.length === count) return found.sort((a, b) => a.at - b.at);
  }
  return undefined;
}
