/**
 * @file T1: what stands where a sentence sends the reader: the heading of the provision that it refers to, or the one period, sum or percentage in it.
 * The quoted sentence does not say it.
 */
import type { Span } from '../../../../corpus/document.ts';
import { nounOf } from '../../provision-words.ts';
import type { Context, QuestionGenerator } from '../../question.ts';
import { type Figure, figuresWithin } from '../../views/provisions/figures.ts';
import { hasOwnTitle, nouns } from '../../views/provisions/naming.ts';
import {
  type Citation,
  chosenProvisions,
  citationProof,
  headingProof,
  isWithin,
  type Provisions,
  provisionPlaces,
} from '../../views/provisions/provisions.ts';
import { oneLine, quotable, timesIn, withoutNumber } from '../../views/provisions/quoting.ts';
import { solve } from './solve.ts';
import { asked, measures, whats } from './wordings.ts';

const longestQuote = { en: 190, zh: 90 } as const;
const shortestQuote = { en: 40, zh: 14 } as const;
/** A piece of a quote so long is looked for in the text. */
const shortestPiece = { en: 24, zh: 8 } as const;

/** Other places of the law that a sentence may send to, and a list that a reference begins. */
const another =
  /\b(?:sections?|articles?|clauses?|paragraphs?|subsections?|schedules?|annex(?:es)?|appendix|chapters?|parts?|tables?|regulations?)\s*[\d(IVX]|\b(?:this|that|such) (?:section|article|clause|paragraph|subsection)\b|第[〇零一二三四五六七八九十百\d]+[条款项章节]|[前本上][款条项]|附[件表录]/i;
const listed =
  /^\s*(?:(?:,|and|or|to|through|–|-|、|和|及|或者?|至|到)\s*)+[(（第\d]|^\s*[(（][\da-z一二三四五六七八九十]/;

/** The one sentence around a reference, if that is its only one. */
function sentenceOf({ entry: { facts, document } }: Provisions, { span }: Citation): Span | undefined {
  const sentence = facts.sentences.find(({ start, end }) => start <= span.start && span.end <= end);
  if (sentence === undefined) return undefined;
  const inside = facts.references.filter((one) => one.span.start >= sentence.start && one.span.end <= sentence.end);
  const before = withoutNumber(document.text.slice(sentence.start, span.start).trimStart());
  const after = document.text.slice(span.end, sentence.end);
  return inside.length > 1 || another.test(before) || another.test(after) || listed.test(after) ? undefined : sentence;
}

/** `Variant S. Two pumps ...`, `Note: ...`. */
const labelled = /^[^.:：]{1,30}[.:：]\s/;

const pairs = ['()', '（）', '《》', '[]', '「」'] as const;
const balanced = (words: string): boolean =>
  pairs.every(([open = '', close = '']) => words.split(open).length === words.split(close).length) &&
  words.split('"').length % 2 === 1;

/** A whole sentence, with `…` for its reference; in it are words that stand nowhere else. */
function quoteOf(context: Context, found: Provisions, citation: Citation, sentence: Span): string | undefined {
  const { text } = found.entry.document;
  const { language } = context;
  const before = text.slice(sentence.start, citation.span.start);
  const after = text.slice(citation.span.end, sentence.end);
  if (/\n\s*\n|…/.test(`${before}${after}`) || /[:：]\s*$/.test(after)) return undefined;
  const quote = withoutNumber(oneLine(`${before}…${after}`)).replace(/[.。;；\s]+$/, '');
  const pieces = quote.split('…').map((piece) => piece.trim());
  const clean =
    quote.length >= shortestQuote[language] &&
    quote.length <= longestQuote[language] &&
    (language === 'zh' ? /^[\p{L}\d《（]/u : /^\p{Lu}/u).test(quote) &&
    !labelled.test(quote) &&
    quotable(quote) &&
    balanced(quote) &&
    pieces.length === 2;
  const telling = pieces.some((piece) => piece.length >= shortestPiece[language] && timesIn(context, piece) === 1);
  return clean && telling ? quote : undefined;
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

/** The figure of a kind that the part alone has, in a sentence about the same as the one that refers to it. */
function onlyFigure(found: Provisions, part: Span, quote: string): Figure | undefined {
  const { document, facts } = found.entry;
  // What stands beside the reference says for what it is looked up.
  const [before = '', after = ''] = quote.split('…');
  const near = /\p{Script=Han}/u.test(quote) ? beside.zh : beside.en;
  const own = matter(`${before.slice(-near)} ${after.slice(0, near)}`);
  const figures = figuresWithin(found.entry, part);
  return figures.find(({ kind, span }) => {
    if (figures.filter((other) => other.kind === kind).length > 1) return false;
    const sentence = facts.sentences.find(({ start, end }) => start <= span.start && span.end <= end);
    if (sentence === undefined) return false;
    return [...matter(document.text.slice(sentence.start, sentence.end))].some((word) => own.has(word));
  });
}

export const byReference: QuestionGenerator = {
  id: 'by-reference',
  version: 5,
  task: 'T1',
  subtask: 'retrieval through a reference',
  asks: 'Follows the reference in a quoted sentence and asks for the heading or the one figure of what it refers to.',
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
    for (const citation of random.shuffle(found.citations)) {
      const { from, to } = citation;
      if (from === undefined || isWithin(from, to) || isWithin(to, from) || found.unsure.has(to.name)) continue;
      const sentence = sentenceOf(found, citation);
      const quote = sentence === undefined ? undefined : quoteOf(context, found, citation, sentence);
      if (quote === undefined) continue;
      const part = partOf(found, citation);
      const figure = part === undefined ? undefined : onlyFigure(found, part, quote);
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
