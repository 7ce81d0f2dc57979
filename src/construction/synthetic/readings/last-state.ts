/**
 * @file T2 over a dialogue: a plan that is changed at least three times in the course of it. The options are its earlier
 * states, so that a stale reading is wrong.
 */
import { listsCandidates } from '../../reading/exemptions.ts';
import { addNotes } from '../../reading/insert.ts';
import { letterOptions } from '../../reading/options.ts';
import { phrase, type ReadingLanguage } from '../../reading/phrase.ts';
import type { ReadingGenerator } from '../../reading/reading.ts';

/** The week, Monday first: what the plans of a dialogue move between. */
export const days: Readonly<Record<ReadingLanguage, readonly string[]>> = {
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  zh: ['星期一', '星期二', '星期三', '星期四', '星期五', '星期六', '星期日'],
};
const subjects: Readonly<Record<ReadingLanguage, readonly string[]>> = {
  en: ['the visit to the archive', 'the choir rehearsal', 'the garden lunch', 'the chess match'],
  zh: ['参观档案馆', '合唱排练', '花园午餐', '象棋比赛'],
};

/** Asks for the day that a plan, moved three times, ends on; gold: the letter among its four days. */
export const lastState: ReadingGenerator = {
  id: 'last-state',
  version: 1,
  task: 'T2',
  kind: 'dialogue',
  least: 512,
  most: 262144,
  reserve: 150,
  wording: phrase({
    en: 'On which day does {subject} take place, as this conversation leaves it?\n{options}',
    zh: '按这段对话最后的说法，{subject}定在哪一天？\n{options}',
  }),
  exempt: { g4: listsCandidates },
  propose(reading, rng) {
    const [subject, decoy] = rng.sample(subjects[reading.language], 2);
    const states = rng.sample(days[reading.language], 4);
    const others = rng.sample(days[reading.language], 3);
    const last = states.at(-1);
    if (subject === undefined || decoy === undefined || last === undefined) return undefined;
    const say = (what: string, day: string): string =>
      reading.language === 'zh' ? `对了，${what}改到${day}。` : `By the way, ${what} is now on ${day}.`;
    // The decoy's changes stand between those of the subject; the order within each is kept.
    const notes = rng
      .shuffle([...states.map(() => true), ...others.map(() => false)])
      .map((own) => ({ own, text: own ? say(subject, states.shift() ?? '') : say(decoy, others.shift() ?? '') }));
    const placed = addNotes(
      reading,
      notes.map(({ text }) => text),
      rng,
    );
    const named = notes
      .filter(({ own }) => own)
      .map(({ text }) => days[reading.language].find((day) => text.includes(day)) ?? '');
    const options = letterOptions(last, named.slice(0, -1), rng);
    if (placed === undefined || options === undefined) return undefined;
    const hosts = placed.hosts.filter((_, i) => notes[i]?.own === true);
    return {
      reading: placed.reading,
      question: this.wording.say(reading.language, { subject, options: options.lines }),
      gold: [options.letter],
      rationale: `${notes
        .filter(({ own }) => own)
        .map(({ text }) => text)
        .join('\n')}\n${options.letter}`,
      evidence: hosts.toReversed(),
      composed: true,
    };
  },
};
