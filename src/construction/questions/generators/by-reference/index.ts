/**
 * @file T1: what a provision sends the reader to: the heading of the one provision that it refers to, or the one period, sum or percentage in it.
 */
import type { Context, QuestionGenerator } from '../../question.ts';
import { type Figure, figuresWithin } from '../../views/provisions/figures.ts';
import { hasOwnTitle } from '../../views/provisions/naming.ts';
import {
  type Citation,
  chosenProvisions,
  citationProof,
  headingProof,
  type Provisions,
  provisionPlaces,
} from '../../views/provisions/provisions.ts';
import { besides, hasParts, placeOf } from './references.ts';
import { solve } from './solve.ts';
import { asked, measures, whats } from './wordings.ts';

const common =
  /^(?:which|their|there|these|those|under|within|shall|other|where|after|before|section|article|clause|period|provisions?|apply|applies|referred|accordance|所规|规定|应当|可以|不得|按照|依照|甲方|乙方|本条|情形|第[一二三四五六七八九十百\d]*)$/u;

/** Words that say what a sentence is about, by their beginnings. */
const matter = (words: string): ReadonlySet<string> =>
  new Set(
    (/\p{Script=Han}/u.test(words)
      ? [...words.matchAll(/(?=(\p{Script=Han}{2}))/gu)].map(([, two = '']) => two)
      : (words.toLowerCase().match(/\p{Ll}{5,}/gu) ?? [])
    )
      .filter((word) => !common.test(word))
      .map((word) => word.slice(0, 6)),
  );

/** Signs on either side of a reference. */
const beside = { en: 40, zh: 8 } as const;

/** Whatever may be read as a figure of a kind: `three successive days`, `any hour of the preceding 72`. */
const traces: Readonly<Record<Figure['kind'], RegExp>> = {
  period:
    /\b(?:minute|hour|day|week|month|quarter|year)s?\b|[\d零〇一二两三四五六七八九十百半][ 个]*(?:分钟|小时|工作日|日|天|周|星期|月|年)/gi,
  money: /[£$€¥]|元/g,
  percentage: /%|per cent|percent|百分之/gi,
};

/** The figure of a kind that a provision alone has, in a sentence about the same as the one that refers to it. */
function onlyFigure(found: Provisions, citation: Citation): Figure | undefined {
  const { to, label } = citation;
  // A numbered part of it may be meant.
  if ((/\d\.\d/.test(label) && !label.endsWith(to.number)) || hasParts(found, to)) return undefined;
  const { document, facts } = found.entry;
  const { before = '', after = '' } = besides(found, citation) ?? {};
  // What stands beside the reference says for what it is looked up.
  const near = /\p{Script=Han}/u.test(label) ? beside.zh : beside.en;
  const own = matter(`${before.slice(-near)} ${after.slice(0, near)}`);
  const body = { start: to.bodyStart, end: to.span.end };
  const words = document.text.slice(body.start, body.end);
  const figures = figuresWithin(found.entry, body);
  return figures.find(({ kind, span }) => {
    if (figures.filter((other) => other.kind === kind).length > 1 || (words.match(traces[kind]) ?? []).length > 1)
      return false;
    const sentence = facts.sentences.find(({ start, end }) => start <= span.start && span.end <= end);
    if (sentence === undefined) return false;
    return [...matter(document.text.slice(sentence.start, sentence.end))].some((word) => own.has(word));
  });
}

/** Whether the heading of what is referred to is to be looked up: it tells it from all others, and the provision that refers does not say it. */
function asksHeading(found: Provisions, { from, to, label }: Citation): boolean {
  if (from === undefined || !hasOwnTitle(found, to)) return false;
  const text = found.entry.document.text.slice(from.span.start, from.span.end).toLowerCase().replace(/\s+/g, ' ');
  // A numbered item may have a heading of its own.
  const isPart = /^sections? /i.test(label) && !label.endsWith(to.number);
  return !isPart && !/[*`_]/.test(to.title) && !text.includes(to.title.toLowerCase());
}

/** One of the provisions, as the questions call it. */
const nounOf = ({ all }: Provisions, { language }: Context): string => {
  const name = all[0]?.name ?? '';
  return language === 'zh' ? name.slice(-1) : name.replace(/ \S+$/, '');
};

export const byReference: QuestionGenerator = {
  id: 'by-reference',
  version: 5,
  task: 'T1',
  subtask: 'retrieval through a reference',
  asks: 'Follows the only reference of a named provision or sentence and asks for the heading or the one figure of what it refers to.',
  languages: ['en', 'zh'],
  scope: 'document',
  forms: ['law', 'manual', 'other'],
  least: 1024,
  reserve: 110,
  wordings: asked,
  places: (document, facts) =>
    provisionPlaces(document, facts, ({ citations }) =>
      citations.some(({ from, to }) => from !== undefined && from !== to),
    ),
  draw(context, random) {
    const found = chosenProvisions(context);
    if (typeof found === 'string') return found;
    const noun = nounOf(found, context);
    for (const citation of random.shuffle(found.citations)) {
      const place = placeOf(context, found, citation);
      const figure = onlyFigure(found, citation);
      if (place === undefined || (figure === undefined && !asksHeading(found, citation))) continue;
      const { to, label } = citation;
      const what =
        figure === undefined
          ? whats.heading.say(context.language, { noun })
          : whats.value.say(context.language, { noun, measure: measures[figure.kind][context.language] });
      return {
        slots: { document: found.entry.title, place, noun, what },
        gold: [figure?.text ?? to.title],
        rationale: `${place} ... ${label}\n${to.name}: ${figure?.text ?? to.title}`,
        proof: [
          citationProof(found, citation),
          figure === undefined ? headingProof(found, to) : { document: found.entry.document, span: figure.span },
        ],
      };
    }
    return 'no provision or sentence whose only reference leads to one heading or figure';
  },
  solve,
};
