/**
 * @file T2 over a dialogue (Long-Range Entity and Commitment Tracking): four speakers promise something each; later turns fulfil,
 * pass on or cancel the promises. Who still owes one is asked.
 */
import { listsCandidates } from '../../reading/exemptions.ts';
import { addNotes } from '../../reading/insert.ts';
import { letterOptions } from '../../reading/options.ts';
import { phrase } from '../../reading/phrase.ts';
import type { ReadingGenerator } from '../../reading/reading.ts';

const promises = {
  en: ['send the minutes', 'book the hall', 'mend the lamp', 'return the atlas', 'bring the ladder', 'print the map'],
  zh: ['发会议记录', '预订礼堂', '修理台灯', '归还地图册', '带梯子', '打印地图'],
} as const;
const people = {
  en: ['Agnes', 'Boris', 'Clement', 'Delia', 'Egon', 'Frida'],
  zh: ['王明', '李红', '张伟', '刘洋', '陈静', '赵磊'],
} as const;

/** Asks who still owes a promise after it was passed on once or twice; gold: the letter among four names. */
export const commitment: ReadingGenerator = {
  id: 'commitment',
  version: 1,
  task: 'T2',
  kind: 'dialogue',
  least: 512,
  most: 262144,
  reserve: 160,
  wording: phrase({
    en: 'At the end of this conversation, who still has to {promise}?\n{options}',
    zh: '对话结束时，还要{promise}的人是谁？\n{options}',
  }),
  exempt: { g4: listsCandidates },
  propose(reading, rng) {
    const zh = reading.language === 'zh';
    const [promise, other] = rng.sample(promises[reading.language], 2);
    const chain = rng.sample(people[reading.language], 4);
    const [first, second, third, fourth] = chain;
    if (promise === undefined || other === undefined || first === undefined || third === undefined) return undefined;
    if (second === undefined || fourth === undefined) return undefined;
    const promised = (who: string, what: string): string => (zh ? `${who}答应${what}。` : `${who} will ${what}.`);
    const passed = (a: string, b: string, what: string): string =>
      zh ? `${b}代替${a}去${what}。` : `${b}, not ${a}, will now ${what}.`;
    const changes = rng.integer(1, 2);
    const holder = changes === 1 ? second : third;
    const own = [
      promised(first, promise),
      passed(first, second, promise),
      ...(changes === 2 ? [passed(second, third, promise)] : []),
    ];
    const decoys = [promised(fourth, other), passed(fourth, first, other)];
    const marks = rng.shuffle([...own.map(() => true), ...decoys.map(() => false)]);
    const notes = marks.map((mine) => (mine ? own : decoys).shift() ?? '');
    const placed = addNotes(reading, notes, rng);
    const options = letterOptions(
      holder,
      chain.filter((name) => name !== holder),
      rng,
    );
    if (placed === undefined || options === undefined) return undefined;
    const hosts = placed.hosts.filter((_, i) => marks[i] === true);
    return {
      reading: placed.reading,
      question: this.wording.say(reading.language, { promise, options: options.lines }),
      gold: [options.letter],
      rationale: `${notes.filter((_, i) => marks[i]).join('\n')}\n${holder} (${options.letter})`,
      evidence: hosts.toReversed(),
      composed: true,
    };
  },
};
