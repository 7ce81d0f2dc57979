/**
 * @file T1: what stands where a sentence sends the reader: the heading of the provision that it refers to, or the one period, sum or percentage in it.
 * The quoted sentence does not say it.
 */
import type { Span } from '../../../../corpus/document.ts';
import { nounOf } from '../../provision-words.ts';
import type { Context, QuestionGenerator } from '../../question.ts';
import { type Figure, figuresWithin } from '../../views/figures.ts';
import { hasOwnTitle, nouns } from '../../views/naming.ts';
import {
  type Citation,
  chosenProvisions,
  citationProof,
  headingProof,
  isWithin,
  type Provisions,
  provisionPlaces,
} from '../../views/provisions.ts';
import { beginning, ending, oneLine, quotable, timesIn, withoutNumber } from '../../views/quoting.ts';
import { solve } from './solve.ts';
import { asked, measures, whats } from './wordings.ts';

const longestQuote = { en: 90, zh: 36 } as const;
const shortestQuote = { en: 28, zh: 10 } as const;

/** The one sentence around a reference, if that is its only one. */
function sentenceOf({ entry: { facts } }: Provisions, { span }: Citation): Span | undefined {
  const sentence = facts.sentences.find(({ start, end }) => start <= span.start && span.end <= end);
  if (sentence === undefined) return undefined;
  const inside = facts.references.filter((one) => one.span.start >= sentence.start && one.span.end <= sentence.end);
  return inside.length === 1 ? sentence : undefined;
}

/** Words of a sentence beside its reference that stand nowhere else; the longer side. */
function quoteOf(context: Context, found: Provisions, citation: Citation, sentence: Span): string | undefined {
  const { text } = found.entry.document;
  const longest = longestQuote[context.language];
  const sides = [
    ending(withoutNumber(oneLine(text.slice(sentence.start, citation.span.start))), longest),
    beginning(
      oneLine(text.slice(citation.span.end, sentence.end)).replace(/^(?:[款项]?的?规定[，,]?|[,.;，。；）)])+\s*/, ''),
      longest,
    ),
  ];
  const [quote = ''] = sides
    .map((side) =>
      side
        .replace(/[.。;；,，:：]+$/, '')
        .replace(/,? (?:and|or|but|see|in|under|with|by|of|to|as)$/, '')
        .trim(),
    )
    .sort((a, b) => b.length - a.length);
  const clean = quote.length >= shortestQuote[context.language] && quotable(quote) && !/^\d+\.\d+/.test(quote);
  return clean && timesIn(context, quote) === 1 ? quote : undefined;
}

const escaped = (text: string): string => text.replace(/[.]/g, '\\.');

/** What a reference names: all of a provision, or the numbered part of it. */
function partOf(
  {
    entry: {
      document: { text },
    },
  }: Provisions,
  { to, label }: Citation,
): Span | undefined {
  if (/[款项]/.test(label)) return undefined;
  const number = /\d+(?:\.\d+)*/.exec(label)?.[0];
  const whole = { start: to.bodyStart, end: to.span.end };
  if (number === undefined || number === to.number || /\p{Script=Han}/u.test(label)) return whole;
  const head = new RegExp(`(?:^|\\n)${escaped(number)} `).exec(text.slice(whole.start, whole.end));
  if (head === null) return undefined;
  const start = whole.start + head.index + (head[0].startsWith('\n') ? 1 : 0);
  const next = /\n\s*(?:\n|\d+\.\d+ )/.exec(text.slice(start, whole.end));
  return { start, end: next === null ? whole.end : start + next.index };
}

/** The figure of a kind that the part alone has. */
function onlyFigure(found: Provisions, part: Span): Figure | undefined {
  const figures = figuresWithin(found.entry, part);
  return figures.find(({ kind }) => figures.filter((other) => other.kind === kind).length === 1);
}

export const byReference: QuestionGenerator = {
  id: 'by-reference',
  version: 1,
  task: 'T1',
  subtask: 'retrieval through a reference',
  asks: 'Follows the reference in a quoted sentence and asks for the heading or the one figure of what it refers to.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 1024,
  reserve: 110,
  wordings: asked,
  places: (document, facts) =>
    provisionPlaces(document, facts, ({ citations }) =>
      citations.some(({ from, to }) => from !== undefined && from !== to),
    ),
  draw(context, random) {
    const found = chosenProvisions(context.chosen.map((i) => context.documents[i]));
    if (typeof found === 'string') return found;
    for (const citation of random.shuffle(found.citations)) {
      const { from, to } = citation;
      if (from === undefined || isWithin(from, to) || isWithin(to, from) || found.unsure.has(to.name)) continue;
      const sentence = sentenceOf(found, citation);
      const quote = sentence === undefined ? undefined : quoteOf(context, found, citation, sentence);
      if (quote === undefined) continue;
      const part = partOf(found, citation);
      const figure = part === undefined ? undefined : onlyFigure(found, part);
      if (figure === undefined && !hasOwnTitle(found, to)) continue;
      const what =
        figure === undefined
          ? whats.heading.say(context.language, { noun: nounOf(nouns(found, context.language)) })
          : whats.value.say(context.language, { measure: measures[figure.kind][context.language] });
      return {
        slots: { document: found.entry.title, quote, what },
        gold: [figure?.text ?? to.title],
        rationale: `${quote} ... ${citation.label}\n${to.name}: ${figure?.text ?? to.title}`,
        proof: [
          citationProof(found, citation),
          figure === undefined ? headingProof(found, to) : { document: found.entry.document, span: figure.span },
        ],
      };
    }
    return 'no sentence whose only reference leads to one heading or figure';
  },
  solve,
};
