/** @file T8: dated events that several texts tell, quoted without their dates, to be put in the order of time. */
import type { Context, ContextDocument, QuestionGenerator } from '../../question.ts';
import { letterOf, optionLines } from '../../views/lines.ts';
import { drawEvents, namesSomebody, undatedEvents } from '../../views/narrative/undated.ts';
import { timesIn } from '../../views/provisions/quoting.ts';
import { solve } from './solve.ts';
import { asked } from './wordings.ts';

const events = { least: 5, most: 8 };
/** So many texts tell them; of one text no more than this share. */
const leastTexts = 3;
const mostOfOne = 3;

const sameKinds = new Set(['encyclopedia', 'speech', 'news', 'filing', 'report', 'paper']);
const leastShared = 2;

const longWords = (title: string): string[] => title.toLowerCase().match(/\p{L}{4,}|\p{Script=Han}{2}/gu) ?? [];

/** Of the chosen texts those of one kind or one series: nobody orders the news of a town among the dates of a chemist. */
function ofOneKind({ documents, chosen }: Context): ContextDocument[] {
  const [first, ...others] = chosen.flatMap((i) => documents[i] ?? []);
  if (first === undefined) return [];
  const alike = others.filter(
    ({ facts, title }) =>
      (facts.form === first.facts.form && sameKinds.has(facts.form)) ||
      longWords(title).filter((word) => longWords(first.title).includes(word)).length >= leastShared,
  );
  return [first, ...alike];
}

export const eventsAcross: QuestionGenerator = {
  id: 'events-across',
  version: 2,
  task: 'T8',
  subtask: 'events of several sources',
  asks: 'Quotes events that several texts tell, without their dates, to be put in the order in which they happened.',
  languages: ['en', 'zh'],
  scope: 'documents',
  several: { least: 3, most: 8, each: 500 },
  forms: ['book', 'other', 'report', 'paper', 'filing', 'speech', 'encyclopedia', 'news'],
  least: 2048,
  reserve: 420,
  wordings: asked,
  exempt: { g6: 'the events stand in several texts' },
  contract: {
    en: 'After [Answer], write the letters in the order in which the events happened, earliest first, one on each line.',
    zh: '请在[答案]后按事件发生的先后写出字母，最早的在前，每行一个。',
  },
  places(document, facts) {
    const whole = { document, title: 'T', span: { start: 0, end: document.text.length }, facts };
    const found = undatedEvents(whole, facts.language === 'zh' ? 'zh' : 'en').filter(namesSomebody);
    return found.length === 0
      ? 'no dated event that can be told without its date'
      : found.map(({ proof }) => proof.span);
  },
  draw(context, random) {
    const all = ofOneKind(context).flatMap((entry) => {
      return entry === undefined
        ? []
        : random
            .shuffle(
              undatedEvents(entry, context.language).filter(
                (event) => namesSomebody(event) && timesIn(context, event.words) <= 1,
              ),
            )
            .slice(0, mostOfOne);
    });
    if (new Set(all.map(({ proof }) => proof.document)).size < leastTexts) return 'too few texts that tell events';
    const drawn = drawEvents(all, events, random)?.events;
    if (drawn === undefined || new Set(drawn.map(({ proof }) => proof.document)).size < leastTexts)
      return 'too few events of different times';
    const shown = random.shuffle(drawn);
    const titleOf = new Map(context.documents.map(({ document, title }) => [document, title]));
    return {
      slots: { options: optionLines(shown.map(({ words }) => words)) },
      gold: drawn.map((event) => letterOf(shown.indexOf(event))),
      rationale: drawn.map(({ iso, words, proof }) => `${iso}: ${words} (${titleOf.get(proof.document)})`).join('\n'),
      proof: drawn.map((event) => event.proof),
    };
  },
  solve,
};
