/**
 * @file T6 over a dialogue: quotations and their speakers, one line `Q1 Ann` each.
 */
import { phrase } from '../../reading/phrase.ts';
import type { ReadingGenerator } from '../../reading/reading.ts';
import { drawSnippets } from '../../reading/snippet.ts';

/** Asks who says three or four quotations, each of another speaker; gold: lines `Q1 Ann`. */
export const speakerMatch: ReadingGenerator = {
  id: 'speaker-match',
  version: 1,
  task: 'T6',
  kind: 'dialogue',
  least: 256,
  most: 262144,
  reserve: 110,
  wording: phrase({
    en: 'Who says each of these? Write {count} lines such as “Q9 Name”.\n{quotes}',
    zh: '下列各句分别是谁说的？请写{count}行，如“Q9 姓名”。\n{quotes}',
  }),
  exempt: {},
  propose(reading, rng) {
    const found = drawSnippets(reading, Math.min(6, reading.units.length), rng);
    const speakers = new Set<string>();
    const distinct = (found ?? []).filter(
      ({ unit: { speaker = '' } }) => !speakers.has(speaker) && speakers.add(speaker),
    );
    const listed = rng.shuffle(distinct).slice(0, 4);
    if (listed.length < 3) return undefined;
    return {
      reading,
      question: this.wording.say(reading.language, {
        count: String(listed.length),
        quotes: listed.map(({ quote }, i) => `Q${i + 1}: “${quote}”`).join('\n'),
      }),
      gold: listed.map(({ unit }, i) => `Q${i + 1} ${unit.speaker}`),
      rationale: listed.map(({ unit, quote }) => `[${unit.id}] ${unit.speaker}: ${quote}`).join('\n'),
      evidence: listed.map(({ unit }) => unit),
      composed: reading.composed,
    };
  },
};
