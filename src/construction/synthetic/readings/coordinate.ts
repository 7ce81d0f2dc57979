/**
 * @file T1: the n-th word of a numbered part (in Chinese the n-th character).
 */
import { phrase } from '../../reading/phrase.ts';
import type { ReadingGenerator } from '../../reading/reading.ts';
import { wordsOf } from '../../reading/snippet.ts';

/** Asks for word n of part `id` (Chinese: character n), n from 3 to 40; gold: it, without punctuation. */
export const coordinate: ReadingGenerator = {
  id: 'coordinate',
  version: 1,
  task: 'T1',
  kind: 'passages',
  least: 128,
  most: 262144,
  reserve: 40,
  wording: phrase({
    en: 'Words are what spaces separate. What is word number {n} of part {id}, without punctuation at its ends?',
    zh: '不计标点，{id}的第{n}个字是什么？',
  }),
  exempt: {},
  propose(reading, rng) {
    const unit = rng.pick(reading.units);
    const words = wordsOf(unit, reading.language);
    const n = rng.integer(3, Math.min(40, words.length));
    const raw = words[n - 1]?.word ?? '';
    const word = raw.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
    if (word.length < (reading.language === 'zh' ? 1 : 4)) return undefined;
    return {
      reading,
      question: this.wording.say(reading.language, { n: String(n), id: unit.id }),
      gold: [word],
      rationale: `[${unit.id}] ${unit.text.slice(0, (words[n - 1]?.start ?? 0) + raw.length)}`,
      evidence: [unit],
    };
  },
};
