/**
 * @file T9 over a dialogue (query-focused): what one speaker says: the first sentence of each of their turns, in order.
 */
import { firstSentence } from '../../reading/cut-units.ts';
import { freeText } from '../../reading/exemptions.ts';
import { phrase } from '../../reading/phrase.ts';
import type { ReadingGenerator } from '../../reading/reading.ts';

/** Asks for the first sentences of two to four turns of a speaker; gold: them, as one line. */
export const speakerDigest: ReadingGenerator = {
  id: 'speaker-digest',
  version: 1,
  task: 'T9',
  kind: 'dialogue',
  least: 512,
  most: 262144,
  reserve: 60,
  wording: phrase({
    en: 'Summarise what {speaker} says from turn {from} to turn {to} in the words of this conversation: the first sentence of each of these turns of {speaker}, in order.',
    zh: '请用原话概括{speaker}从{from}到{to}所说的内容：按顺序写出{speaker}在其间每次发言的第一句话。',
  }),
  exempt: { g3: freeText },
  propose(reading, rng) {
    const speakers = [...new Set(reading.units.map(({ speaker }) => speaker ?? ''))];
    const speaker = rng.pick(speakers);
    const turns = reading.units.filter((unit) => unit.speaker === speaker);
    const count = rng.integer(2, 4);
    const first = turns.length < count ? -1 : rng.integer(0, turns.length - count);
    const own = first < 0 ? [] : turns.slice(first, first + count);
    const sentences = own.map(({ document, span }) => firstSentence(document, span));
    const reference = sentences.join(reading.language === 'zh' ? '' : ' ');
    const words = reading.language === 'zh' ? reference.length : reference.split(/\s+/).length;
    const last = own.at(-1);
    const [start] = own;
    if (
      start === undefined ||
      last === undefined ||
      sentences.includes('') ||
      /\n/.test(reference) ||
      words < 25 ||
      words > 300
    )
      return undefined;
    return {
      reading,
      question: this.wording.say(reading.language, { speaker, from: start.id, to: last.id }),
      gold: [reference],
      rationale: own.map(({ id }) => id).join(' '),
      evidence: own,
      composed: reading.composed,
    };
  },
};
