/**
 * @file T3: misspellings put into the text, each two neighbouring letters exchanged in a word that the text spells right
 * elsewhere. What else looks odd stands in the original and repeats or is capitalised: only the injected forms are gold.
 */
import { phrase } from '../../reading/phrase.ts';
import type { Reading, ReadingGenerator, Unit } from '../../reading/reading.ts';

/** Words of six letters or more that stand at least three times: the right spelling is in the text. */
function dictionary(reading: Reading): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { text } of reading.units)
    for (const [word] of text.matchAll(/(?<![\p{L}-])[a-z]{6,14}(?![\p{L}-])/gu))
      counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** Asks for two to five injected misspellings; gold: the wrong forms, in any order. */
export const typoSweep: ReadingGenerator = {
  id: 'typo-sweep',
  version: 1,
  task: 'T3',
  kind: 'passages',
  least: 512,
  most: 262144,
  reserve: 60,
  wording: phrase({
    en: '{count} words were misspelled by exchanging two neighbouring letters; each stands in its right spelling elsewhere in the text. Which are the misspelled words, as they stand?',
    zh: '{count}个英文单词中有相邻两个字母被对调，文中别处有其正确拼写。请写出这些错词。',
  }),
  rarelyChinese: 'misspells English words, which few Chinese documents hold',
  exempt: {},
  propose(reading, rng) {
    const counts = dictionary(reading);
    const count = rng.integer(2, Math.max(2, Math.min(5, Math.floor(reading.units.length / 4))));
    const units: Unit[] = [...reading.units];
    const changed: { word: string; wrong: string; at: number }[] = [];
    for (const at of rng.shuffle(reading.units.map((_, i) => i))) {
      const unit = reading.units[at];
      const words = [...(unit?.text ?? '').matchAll(/(?<![\p{L}-])[a-z]{6,14}(?![\p{L}-])/gu)].filter(
        ([word]) => (counts.get(word) ?? 0) >= 3 && !changed.some((other) => other.word === word),
      );
      if (unit === undefined || words.length === 0) continue;
      const match = rng.pick(words);
      const [word] = match;
      const i = rng.integer(1, word.length - 3);
      const wrong = word.slice(0, i) + word.charAt(i + 1) + word.charAt(i) + word.slice(i + 2);
      if (wrong === word || counts.has(wrong)) continue;
      units[at] = {
        ...unit,
        text: unit.text.slice(0, match.index) + wrong + unit.text.slice(match.index + word.length),
      };
      changed.push({ word, wrong, at });
      if (changed.length === count) break;
    }
    if (changed.length < count) return undefined;
    return {
      reading: { ...reading, units },
      question: this.wording.say(reading.language, { count: String(count) }),
      gold: changed.map(({ wrong }) => wrong),
      rationale: changed.map(({ word, wrong, at }) => `${units[at]?.id} ${wrong}: ${word}`).join('\n'),
      evidence: changed.map(({ at }) => units[at]).filter((unit) => unit !== undefined),
      composed: true,
    };
  },
};
