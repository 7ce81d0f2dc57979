/**
 * @file T1 over a dialogue: who says a quoted sentence.
 */
import { phrase } from '../../reading/phrase.ts';
import type { ReadingGenerator } from '../../reading/reading.ts';
import { drawSnippet } from '../../reading/snippet.ts';

/** Asks who says a sentence of six to ten words (Chinese: twelve characters); gold: the name. */
export const whoSaid: ReadingGenerator = {
  id: 'who-said',
  version: 1,
  task: 'T1',
  kind: 'dialogue',
  least: 256,
  most: 262144,
  reserve: 50,
  wording: phrase({ en: 'Who says “{quote}” in this conversation?', zh: '这段对话中，“{quote}”是谁说的？' }),
  exempt: {},
  propose(reading, rng) {
    const unit = rng.pick(reading.units);
    const quote = drawSnippet(reading, unit, rng);
    if (quote === undefined || unit.speaker === undefined) return undefined;
    return {
      reading,
      question: this.wording.say(reading.language, { quote }),
      gold: [unit.speaker],
      rationale: `[${unit.id}] ${unit.speaker}: ${quote}`,
      evidence: [unit],
      composed: reading.composed,
    };
  },
};
