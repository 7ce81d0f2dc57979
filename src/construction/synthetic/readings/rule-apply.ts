/**
 * @file T6 (rule induction from examples): a hidden filing rule, shown on words of the text at six places of it, is to be
 * applied to four further words.
 */
import type { Random } from '../../../random.ts';
import { addNotes } from '../../reading/insert.ts';
import { phrase } from '../../reading/phrase.ts';
import type { ReadingGenerator } from '../../reading/reading.ts';

const rules: readonly ((word: string) => string)[] = [
  (word) => `${word.slice(0, 2).toUpperCase()}${word.length}`,
  (word) => `${word.slice(-3).toUpperCase()}-${word.charAt(0).toUpperCase()}`,
  (word) => [...word].reverse().join('').toUpperCase(),
  (word) => `${word.replace(/[aeiou]/g, '').toUpperCase()}`,
  (word) => `${word.charAt(0).toUpperCase()}${word.length}${word.slice(-1).toUpperCase()}`,
];

function drawWords(texts: readonly string[], count: number, rng: Random): string[] {
  const words = new Set<string>();
  for (const text of rng.sample(texts, 40))
    for (const [word] of text.matchAll(/(?<![\p{L}-])[a-z]{5,10}(?![\p{L}-])/gu)) words.add(word);
  return rng.sample([...words].sort(), count);
}

/** Asks for the codes of four words by a rule shown on six; gold: lines `word CODE`. */
export const ruleApply: ReadingGenerator = {
  id: 'rule-apply',
  version: 1,
  task: 'T6',
  kind: 'passages',
  least: 256,
  most: 262144,
  reserve: 140,
  wording: phrase({
    en: 'The text files six words under codes, all by one rule. File these four by the same rule, one line such as “word CODE” each: {words}.',
    zh: '文中按同一规则给六个英文单词编了代码。请按同一规则为下列四个单词编码，每行如“word CODE”：{words}。',
  }),
  rarelyChinese: 'its rule rewrites words of letters, which few Chinese documents hold',
  exempt: { g4: 'each line repeats a word of the question by design; its code is not in it' },
  propose(reading, rng) {
    const words = drawWords(
      reading.units.map(({ text }) => text),
      10,
      rng,
    );
    const rule = rng.pick(rules);
    if (words.length < 10) return undefined;
    const shown = words.slice(0, 6);
    const asked = words.slice(6);
    const notes = shown.map((word) =>
      reading.language === 'zh'
        ? `（单词“${word}”的代码是${rule(word)}。）`
        : `(The word “${word}” is filed under ${rule(word)}.)`,
    );
    const placed = addNotes(reading, notes, rng);
    if (placed === undefined) return undefined;
    return {
      reading: placed.reading,
      question: this.wording.say(reading.language, { words: asked.join(', ') }),
      gold: asked.map((word) => `${word} ${rule(word)}`),
      rationale: notes.join('\n'),
      evidence: rng.shuffle(placed.hosts),
      composed: true,
    };
  },
};
