/** @file T6: passages quoted without their place, each to be given the heading under which it stands. */
import type { QuestionGenerator } from '../../question.ts';
import { itemLines } from '../../views/lines.ts';
import { quotable, type Segment, segmentsOf } from '../../views/narrative/segments.ts';
import { solve } from './solve.ts';
import { asked } from './wordings.ts';

const matched = { least: 5, most: 9 };
const leastSegments = 4;

export const passagesToChapters: QuestionGenerator = {
  id: 'passages-to-chapters',
  version: 5,
  task: 'T6',
  subtask: 'fragments to chapters',
  asks: 'Asks under which headings of a work passages stand that are quoted without their place.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 1024,
  reserve: 420,
  wordings: asked,
  contract: {
    en: 'After [Answer], write one line for each passage: its number, a colon, and the heading as it stands; a bare number before it, as in “3.”, is left out.',
    zh: '请在[答案]后逐行写出，每段一行：编号、冒号、原文中的标题；标题前单独的序号（如“三、”“3.”）不写。',
  },
  exempt: { g6: 'the passages are spread over the whole work' },
  places(document, facts) {
    const whole = { start: 0, end: document.text.length };
    const segments = segmentsOf({ document, title: document.title, span: whole, facts });
    if (segments.length < leastSegments) return 'fewer than four headings that tell its parts apart';
    return segments.map(({ span }) => ({ start: span.start, end: Math.min(span.end, span.start + 600) }));
  },
  draw(context, random) {
    const entry = context.documents[context.chosen[0] ?? 0];
    if (entry === undefined) return 'no document';
    const { document, facts } = entry;
    const segments = segmentsOf(entry);
    const titles = segments.map(({ title }) => title);
    const all = context.documents.map(({ document: other, span }) => other.text.slice(span.start, span.end)).join('\n');
    const passages = segments.flatMap((segment) => {
      const own = quotable(document.text, facts.sentences, segment.span, titles);
      // The title of the whole stands in the question.
      const isWhole = entry.title.includes(segment.title);
      return own.length === 0 || isWhole ? [] : [{ segment, own }];
    });
    if (passages.length < leastSegments) return 'fewer than four parts with a passage that can be quoted';
    const count = random.integer(matched.least, matched.most);
    const drawn: { segment: Segment; span: { start: number; end: number }; words: string }[] = [];
    // Most parts give one passage, some two.
    for (const { segment, own } of random.shuffle(
      [...random.shuffle(passages), ...random.sample(passages, 3)].slice(0, count + 2),
    )) {
      const span = random.pick(own);
      const words = document.text.slice(span.start, span.end);
      if (drawn.some((other) => other.words === words) || all.indexOf(words) !== all.lastIndexOf(words)) continue;
      drawn.push({ segment, span, words });
      if (drawn.length === count) break;
    }
    if (drawn.length < matched.least || new Set(drawn.map(({ segment }) => segment)).size < leastSegments)
      return 'too few passages that stand there once';
    return {
      slots: { work: entry.title, items: itemLines(drawn.map(({ words }) => `“${words}”`)) },
      gold: drawn.map(({ segment }, i) => `${i + 1}: ${segment.title}`),
      rationale: drawn.map(({ segment, words }) => `${segment.title}: ${words}`).join('\n'),
      proof: random.shuffle(drawn.map(({ span }) => ({ document, span }))),
    };
  },
  solve,
};
