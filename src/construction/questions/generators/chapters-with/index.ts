/** @file T3: every part of a work, by its heading, in which both of two names stand; other parts have one of them. */
import type { QuestionGenerator } from '../../question.ts';
import { type PlacedName, placedNames, placeOf, segmentsOf } from '../../views/narrative/segments.ts';
import { solve } from './solve.ts';
import { asked } from './wordings.ts';

const found = { least: 2, most: 8 };
/** Parts that have one of the names, and the share of all that has both. */
const leastMisses = 2;
const mostShare = 0.4;
const leastSegments = 6;
/** Reports of companies and offices have more. */
const mostTables = 5;

interface Pair {
  readonly names: readonly [PlacedName, PlacedName];
  readonly both: readonly number[];
}

function pairsOf(names: readonly PlacedName[], parts: number): Pair[] {
  return names.flatMap((a, i) =>
    names.slice(i + 1).flatMap((b): Pair[] => {
      const both = [...a.held].filter((part) => b.held.has(part));
      const misses = a.held.size + b.held.size - 2 * both.length;
      const fits = both.length >= found.least && both.length <= found.most && both.length <= mostShare * parts;
      return fits && misses >= leastMisses && a.held.size > both.length && b.held.size > both.length
        ? [{ names: [a, b], both }]
        : [];
    }),
  );
}

export const chaptersWith: QuestionGenerator = {
  id: 'chapters-with',
  version: 4,
  task: 'T3',
  subtask: 'every part that names both',
  asks: 'Asks for every part of a work in which two names stand together.',
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
    const segments = segmentsOf({ document, title: document.title, span: whole, facts });
    if (segments.length < leastSegments) return 'fewer than six headings that tell its parts apart';
    const pairs = pairsOf(
      placedNames(
        facts.names,
        segments.map(({ text }) => text),
      ),
      segments.length,
    );
    if (pairs.length === 0) return 'no two names that stand together in some of its parts';
    return segments.map(({ span }) => ({ start: span.start, end: Math.min(span.end, span.start + 600) }));
  },
  draw(context, random) {
    const entry = context.documents[context.chosen[0] ?? 0];
    if (entry === undefined) return 'no document';
    const segments = segmentsOf(entry);
    // Parts without a heading of their own would have to be named.
    const shown = entry.document.text.slice(entry.span.start, entry.span.end);
    const pairs = pairsOf(
      placedNames(
        entry.facts.names,
        segments.map(({ text }) => text),
      ),
      segments.length,
    );
    const fit = pairs.filter(({ names, both }) => {
      const told = both.map((i) => segments[i]?.title ?? '').join(' ');
      return names.every(({ name }) => !told.includes(name) && !entry.title.includes(name) && shown.includes(name));
    });
    if (fit.length === 0) return 'no two names that stand together in some parts of the excerpt';
    const many = fit.filter(({ both }) => both.length > found.least);
    const { names: pair, both } = random.pick(many.length > 0 ? many : fit);
    const [a, b] = random.shuffle(pair.map(({ name }) => name));
    const chosen = both.flatMap((i) => segments[i] ?? []);
    return {
      slots: { work: entry.title, one: a ?? '', other: b ?? '' },
      gold: chosen.map(({ title }) => title),
      rationale: chosen.map(({ title }) => `${title}: ${a}, ${b}`).join('\n'),
      // A part with one of the names is looked at as well.
      proof: random.shuffle(
        pair.flatMap(({ name, held }) =>
          [...held].flatMap((i) => {
            const segment = segments[i];
            return segment === undefined ? [] : [{ document: entry.document, span: placeOf(name, segment) }];
          }),
        ),
      ),
    };
  },
  solve,
};
