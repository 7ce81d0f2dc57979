/**
 * @file T5 over a dialogue (text to table): each speaker with the number of their turns and the identifier of their last one.
 */
import { wholeText } from '../../reading/exemptions.ts';
import { phrase } from '../../reading/phrase.ts';
import type { ReadingGenerator } from '../../reading/reading.ts';

/** Asks for each speaker's number of turns and last turn; gold: one JSON table. */
export const speakerTable: ReadingGenerator = {
  id: 'speaker-table',
  version: 1,
  task: 'T5',
  kind: 'dialogue',
  least: 256,
  most: 262144,
  reserve: 60,
  wording: phrase({
    en: 'Make a table of this conversation with the columns speaker, turns and last: one row for each speaker, the number of their turns, the identifier of their last turn.',
    zh: '请为这段对话列表，栏目为 speaker、turns、last：每位说话人一行，依次为姓名、发言次数、最后一次发言的编号。',
  }),
  exempt: { g6: wholeText },
  propose(reading) {
    const turns = new Map<string, string[]>();
    for (const { id, speaker = '' } of reading.units) turns.set(speaker, [...(turns.get(speaker) ?? []), id]);
    const data = [...turns].map(([speaker, ids]) => [speaker, String(ids.length), ids.at(-1) ?? '']);
    if (data.length < 3) return undefined;
    return {
      reading,
      question: this.wording.say(reading.language, {}),
      gold: [JSON.stringify({ columns: ['speaker', 'turns', 'last'], data })],
      rationale: [...turns].map(([speaker, ids]) => `${speaker}: ${ids.length}, ${ids.at(-1)}`).join('\n'),
      evidence: reading.units,
      composed: reading.composed,
    };
  },
};
