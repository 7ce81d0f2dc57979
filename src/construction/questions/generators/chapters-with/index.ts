/** @file T3: every part of a work, by its heading, in which both of two names stand or both of two people speak; other parts have one of them. */
import type { QuestionGenerator } from '../../question.ts';
import { segmentsOf } from '../../views/narrative/segments.ts';
import { found, pairsOf } from './pairs.ts';
import { solve } from './solve.ts';
import { asked, clauses } from './wordings.ts';

const leastSegments = 6;
/** Reports of companies and offices have more. */
const mostTables = 5;

export const chaptersWith: QuestionGenerator = {
  id: 'chapters-with',
  version: 5,
  task: 'T3',
  subtask: 'every part that names both',
  asks: 'Asks for every part of a work in which two names stand together, or in which two people both speak.',
  languages: ['en', 'zh'],
  scope: 'document',
  forms: ['book', 'paper', 'report', 'manual', 'law', 'news', 'conversation', 'other'],
  least: 1024,
  reserve: 120,
  wordings: asked,
  contract: {
    en: 'After [Answer], write the headings as the text has them, one on each line; a bare number before a heading, as in “3.”, is left out, and “Chapter 3” is written.',
    zh: '请在[答案]后照原文写出各标题，每行一个；标题前单独的序号（如“三、”“3.”）不写，“第三章”之类照写。',
  },
  exempt: { g6: 'every part of the work has to be looked at' },
  places(document, facts) {
    const whole = { start: 0, end: document.text.length };
    if (facts.tables.length >= mostTables) return 'a report of figures: that two names stand together says nothing';
    const entry = { document, title: document.title, span: whole, facts };
    const segments = segmentsOf(entry);
    if (segments.length < leastSegments) return 'fewer than six headings that tell its parts apart';
    if (pairsOf(entry, segments).length === 0) return 'no two names that stand together in some of its parts';
    return segments.map(({ span }) => ({ start: span.start, end: Math.min(span.end, span.start + 600) }));
  },
  draw(context, random) {
    const entry = context.documents[context.chosen[0] ?? 0];
    if (entry === undefined) return 'no document';
    const segments = segmentsOf(entry);
    const fit = pairsOf(entry, segments).filter(({ names, both }) => {
      const told = both.map((i) => segments[i]?.title ?? '').join(' ');
      return names.every(({ name }) => !told.includes(name) && !entry.title.includes(name));
    });
    if (fit.length === 0) return 'no two names that stand together in some parts of the excerpt';
    const many = fit.filter(({ both }) => both.length > found.least);
    const { how, names: pair, both } = random.pick(many.length > 0 ? many : fit);
    const [one = '', other = ''] = random.shuffle(pair.map(({ name }) => name));
    const chosen = both.flatMap((i) => segments[i] ?? []);
    return {
      slots: { work: entry.title, clause: clauses[how].say(context.language, { one, other }) },
      gold: chosen.map(({ title }) => title),
      rationale: chosen.map(({ title }) => `${title}: ${one}, ${other}`).join('\n'),
      // A part with one of the names is looked at as well.
      proof: random.shuffle(
        pair.flatMap(({ places }) => [...places.values()].map((span) => ({ document: entry.document, span }))),
      ),
    };
  },
  solve,
};
