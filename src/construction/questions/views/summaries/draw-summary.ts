/**
 * @file T9: an author's summary is left out of the prompt and asked for. What the generators of T9 share: which summaries of a document serve,
 * and the problem that one of them makes.
 */
import type { Document, Span } from '../../../../corpus/document.ts';
import type { Structure } from '../../../../corpus/structure/structure.ts';
import type { Random } from '../../../../random.ts';
import { factsOf } from '../../facts-within.ts';
import type { Context, ContextDocument, QuestionDraft, Refusal } from '../../question.ts';
import { withoutNotes } from './borne-out.ts';
import { isLongEnough, type OwnSummary, sizeOf, summaryWords } from './own-summaries.ts';
import { backedWords, worthOf } from './summary-worth.ts';

/** Finds the summaries of one sort. */
export type FindSummaries = (document: Document, facts: Structure) => readonly OwnSummary[];

/** Those of one part are references of one question. */
interface Served {
  readonly first: OwnSummary;
  readonly all: readonly OwnSummary[];
  /** What of each the rest backs. */
  readonly gold: readonly string[];
  /** The sentences that it can be written from. */
  readonly proof: readonly Span[];
}

interface Found {
  readonly served: readonly Served[];
  readonly why: Refusal | undefined;
}

const unbacked: Refusal = 'the summary tells what the rest does not';
/** References of one question, at most. */
const references = 3;

/** The words as one paragraph: marks of lists and of type are no part of it. */
const wordsOf = ({ text }: Document, summary: OwnSummary): string =>
  withoutNotes(summaryWords(text, summary))
    .replace(/^\s*(?:[-*•·]|\d{1,2}[.)、])\s+/gm, '')
    .replace(/\*\*|_{3,}/g, '')
    .replace(/(?<=\p{Script=Han}|[，。；：、])\s*\n\s*(?=\p{Script=Han})/gu, '')
    .replace(/\s+/g, ' ')
    .replace(/\*([^\s*](?:[^*]{0,80}[^\s*])?)\*/g, '$1')
    .trim();

function search(document: Document, find: FindSummaries, share: number): Found {
  const groups = new Map<string, OwnSummary[]>();
  for (const one of find(document, factsOf(document))) {
    const key = `${one.of.start}-${one.of.end}-${one.name}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  let why: Refusal | undefined;
  const served = [...groups.values()].flatMap((group): Served[] => {
    const all = group.slice(0, references);
    const [first] = all;
    if (first === undefined) return [];
    const rest = { of: first.of, cuts: all.flatMap(({ cuts }) => cuts), known: share };
    const backed = all.map((one) => backedWords(document.text, wordsOf(document, one), rest));
    const gold = backed.filter((words) => isLongEnough(words, first.name !== ''));
    const proof = gold[0] === undefined ? unbacked : worthOf(document.text, gold[0], rest);
    if (typeof proof === 'string') why = proof;
    return typeof proof === 'string' ? [] : [{ first, all, gold, proof }];
  });
  return { served, why };
}

/**
 * The summaries of one sort, judged once a document.
 *
 * @param share Of the longer words of a summary, so many stand in the rest; 0 where the author may use others.
 */
export function summaryFinder(find: FindSummaries, share = 0): (document: Document) => Found {
  const known = new WeakMap<Document, Found>();
  return (document) => {
    const found = known.get(document) ?? search(document, find, share);
    known.set(document, found);
    return found;
  };
}

const placeOf = ({ first: { of }, all }: Served): Span => ({
  start: Math.min(of.start, ...all.flatMap(({ cuts }) => cuts.map(({ start }) => start))),
  end: Math.max(of.end, ...all.flatMap(({ cuts }) => cuts.map(({ end }) => end))),
});

/** The whole of what is summed up must be in the prompt. */
export function summaryPlaces({ served, why }: Found, none: Refusal): readonly Span[] | Refusal {
  return served.length > 0 ? served.map(placeOf) : (why ?? none);
}

const holds = (outer: Span, inner: Span): boolean => outer.start <= inner.start && inner.end <= outer.end;

/** Words as people round them. */
const roundedSize = (size: number): number => Math.max(20, 10 * Math.round(size / 10));

/** What the words of a question need beside the length. */
export interface SummaryDraft {
  readonly slots: (entry: ContextDocument, name: string) => Readonly<Record<string, string>>;
  /** Summaries that know the names of the work and the part. */
  readonly templates: (entry: ContextDocument, name: string) => readonly string[];
}

/** A problem over a summary of one of the chosen documents. */
export function drawSummary(
  context: Context,
  random: Random,
  finder: (document: Document) => Found,
  { slots, templates }: SummaryDraft,
): QuestionDraft | Refusal {
  const cases = context.chosen.flatMap((i) => {
    const entry = context.documents[i];
    if (entry === undefined) return [];
    return finder(entry.document)
      .served.filter((one) => holds(entry.span, placeOf(one)))
      .map((one) => ({ entry, one }));
  });
  if (cases.length === 0) return 'no whole part with its summary is in the excerpt';
  const { entry, one } = random.pick(cases);
  const { document } = entry;
  const { gold } = one;
  // The words of the heading would say what is left out.
  const name = one.first.name;
  return {
    slots: { ...slots(entry, name), words: String(roundedSize(sizeOf(gold[0] ?? ''))) },
    gold,
    rationale: one.proof.map(({ start, end }) => document.text.slice(start, end).replace(/\s+/g, ' ')).join('\n'),
    proof: random.shuffle(one.proof).map((span) => ({ document, span })),
    cuts: one.all.flatMap(({ cuts }) => cuts.map((span) => ({ document, span }))),
    templates: templates(entry, name),
  };
}
