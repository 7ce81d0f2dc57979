/**
 * @file P1: the structure of a document, as far as rules can read it.
 */

import { findConversation, type Turn } from '../conversation/turns.ts';
import type { Span } from '../document.ts';
import { chineseDates, chineseNumbers, hasHan } from '../facts/chinese.ts';
import { type DateMention, findDates } from '../facts/dates.ts';
import { type Definition, findDefinitions } from '../facts/definitions.ts';
import { type DatedEvent, findEvents } from '../facts/events.ts';
import type { Name, SpeakerMention } from '../facts/names/name.ts';
import { findNamesIn } from '../facts/names/names-in.ts';
import { withToldNames } from '../facts/names/told-names.ts';
import { findNumbers, type NumberMention } from '../facts/numbers.ts';
import { findQuantities, type Quantity } from '../facts/quantities.ts';
import { findQuotations, type Quotation } from '../facts/quotations.ts';
import { findReferences, type Reference } from '../facts/references.ts';
import { findSummaries, type Summary } from '../facts/summaries.ts';
import { type FieldRecord, findRecords } from '../tables/field-records.ts';
import type { Table } from '../tables/table.ts';
import { readTables } from '../tables/tables.ts';
import { type DocumentForm, documentForm } from './form/form.ts';
import { type LanguagePart, languagesOf } from './language.ts';
import { findLists, type List } from './lists.ts';
import { findFences, proseOf } from './prose.ts';
import { findSections, type Section } from './sections.ts';
import { findParagraphs, findSentences } from './sentences.ts';

/** What rules find in a text; every span is in characters of it. */
export interface Structure {
  readonly form: DocumentForm;
  /** ISO 639-1, or `und`. */
  readonly language: string;
  /** One part where the text is in one language. */
  readonly languageParts: readonly LanguagePart[];
  readonly sections: readonly Section[];
  readonly paragraphs: readonly Span[];
  readonly sentences: readonly Span[];
  readonly tables: readonly Table[];
  readonly records: readonly FieldRecord[];
  /** Empty where the text is no dialogue. */
  readonly turns: readonly Turn[];
  readonly numbers: readonly NumberMention[];
  readonly dates: readonly DateMention[];
  /** Most mentioned first. */
  readonly names: readonly Name[];
  readonly lists: readonly List[];
  readonly definitions: readonly Definition[];
  readonly references: readonly Reference[];
  readonly quotations: readonly Quotation[];
  readonly events: readonly DatedEvent[];
  readonly quantities: readonly Quantity[];
  readonly summaries: readonly Summary[];
  /** What was left out because it could not be told with confidence, by reason: `event-unsure: 3`. */
  readonly omitted: Readonly<Record<string, number>>;
}

const inOrder = (a: { readonly span: Span }, b: { readonly span: Span }): number => a.span.start - b.span.start;

/** Mentions of two readings in text order; where they overlap, the first reading's is kept. */
function merge<T extends { readonly span: Span }>(preferred: readonly T[], others: readonly T[]): T[] {
  const taken = [...preferred].sort(inOrder);
  let at = 0;
  const free = others.filter(({ span }) => {
    while (at < taken.length && (taken[at]?.span.end ?? 0) <= span.start) at++;
    return at >= taken.length || (taken[at]?.span.start ?? 0) >= span.end;
  });
  return [...taken, ...free].sort(inOrder);
}

/** Forms in which words between quotation marks are labels and messages more often than somebody's. */
const technicalForms: ReadonlySet<DocumentForm> = new Set<DocumentForm>([
  'manual',
  'law',
  'changelog',
  'code',
  'table',
]);

/** Everything that stands in the prose of a text, between what else was found. */
function proseFacts(
  text: string,
  found: Pick<
    Structure,
    'form' | 'sections' | 'tables' | 'turns' | 'paragraphs' | 'sentences' | 'numbers' | 'dates' | 'names'
  >,
) {
  const omitted: Record<string, number> = {};
  const omit = (reason: string): void => {
    omitted[reason] = (omitted[reason] ?? 0) + 1;
  };
  const skipped = [...found.tables.map(({ span }) => span), ...findFences(text)].sort((a, b) => a.start - b.start);
  const lists = findLists(text, found.sections, skipped);
  const prose = proseOf(text, { ...found, lists });
  return {
    lists,
    definitions: findDefinitions(
      prose,
      new Set(found.names.filter(({ kind }) => kind !== 'term').map(({ name }) => name)),
      omit,
    ),
    references: findReferences(prose, omit),
    quotations: findQuotations(
      prose,
      {
        names: found.names,
        technical: technicalForms.has(found.form),
        story: found.form === 'book',
        turns: found.turns,
      },
      omit,
    ),
    events: findEvents(prose, found.dates, omit),
    quantities: findQuantities(prose, found.numbers, found.dates, omit),
    summaries: findSummaries(prose, omit),
    omitted,
  };
}
/** Where the labels of the turns stand. */
const speakersOf = (text: string, turns: readonly Turn[]): SpeakerMention[] =>
  turns.flatMap(({ speaker, span, bodyStart }) => {
    const start = text.slice(span.start, bodyStart).indexOf(speaker);
    return start < 0
      ? []
      : [{ name: speaker, span: { start: span.start + start, end: span.start + start + speaker.length } }];
  });

/** All spans are character offsets into `text`. `bench/corpus.ts` measures its speed. */
export function parseStructure(text: string): Structure {
  const chinese = hasHan(text);
  const sections = findSections(text);
  const { tables, omitted } = readTables(text);
  const { turns, unsure: speech } = findConversation(text);
  const { language, parts } = languagesOf(text);
  const { names, unsure } = findNamesIn(
    text,
    [language, ...parts.map((part) => part.language)],
    speakersOf(text, turns),
    tables,
  );
  const found = {
    form: documentForm(text, { sections, tables, turns }),
    language,
    languageParts: parts,
    sections,
    paragraphs: findParagraphs(text),
    sentences: findSentences(text),
    tables,
    records: findRecords(text),
    turns,
    numbers: chinese ? merge(chineseNumbers(text), findNumbers(text)) : findNumbers(text),
    dates: chinese ? merge(chineseDates(text), findDates(text)) : findDates(text),
    names,
  };
  const facts = proseFacts(text, found);
  const unsureFacts = {
    ...(unsure > 0 ? { 'name-unsure': unsure } : {}),
    ...(speech > 0 ? { 'speech-unsure': speech } : {}),
  };
  const told = withToldNames(text, names, facts.definitions, facts.quotations, language);
  return { ...found, ...facts, names: told, omitted: { ...omitted, ...facts.omitted, ...unsureFacts } };
}
