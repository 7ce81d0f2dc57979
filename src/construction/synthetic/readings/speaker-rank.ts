/**
 * @file T7 over a dialogue: the speakers with the most turns. More than twice as many speak as are asked for: naming all is a dump.
 */
import { wholeText } from '../../reading/exemptions.ts';
import { phrase } from '../../reading/phrase.ts';
import type { ReadingGenerator } from '../../reading/reading.ts';
import { untied } from './mention-rank.ts';

/** Asks for the three or four speakers with the most turns; gold: their names, most turns first. */
export const speakerRank: ReadingGenerator = {
  id: 'speaker-rank',
  version: 1,
  task: 'T7',
  kind: 'dialogue',
  least: 2048,
  most: 262144,
  reserve: 50,
  wording: phrase({
    en: 'Which {k} speakers have the most turns in this conversation? Most turns first.',
    zh: '这段对话中发言次数最多的{k}个人是谁？从多到少排列。',
  }),
  exempt: { g6: wholeText },
  propose(reading) {
    const turns = new Map<string, number>();
    for (const { speaker = '' } of reading.units) turns.set(speaker, (turns.get(speaker) ?? 0) + 1);
    const ranked = [...turns].sort((a, b) => b[1] - a[1]);
    const k = untied(
      ranked.map(([, count]) => count),
      Math.min(4, Math.floor((ranked.length - 1) / 2)),
    );
    if (k === undefined) return undefined;
    return {
      reading,
      question: this.wording.say(reading.language, { k: String(k) }),
      gold: ranked.slice(0, k).map(([speaker]) => speaker),
      rationale: ranked.map(([speaker, count]) => `${speaker} ${count}`).join('\n'),
      evidence: reading.units,
      composed: reading.composed,
    };
  },
};
