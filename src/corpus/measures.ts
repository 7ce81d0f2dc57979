/**
 * @file What is counted of a document: the fields of filter expressions and of P2's criteria. One list, so that a criterion can
 * ask for anything that a filter can.
 */
import { estimateTokens } from '../tokens.ts';
import { hasHan } from './facts/chinese.ts';
import { countWords, textWords } from './make-document.ts';
import type { Structure } from './structure/structure.ts';

/** Names of the counts, as filters and criteria write them. */
export const measureNames = [
  'characters',
  'words',
  'tokens',
  'sections',
  'headingLevels',
  'paragraphs',
  'sentences',
  'tables',
  'numericTables',
  'records',
  'numbers',
  'numbersWithUnits',
  'dates',
  'exactDates',
  'names',
  'turns',
  'timedTurns',
  'speakers',
  'longParagraphs',
  'summaryWords',
  'lists',
  'steps',
  'definitions',
  'references',
  'resolvedReferences',
  'quotations',
  'attributedQuotations',
  'events',
  'quantities',
  'measuredQuantities',
  'summaries',
] as const;

/** Name of a count; see `measureNames`. */
export type MeasureName = (typeof measureNames)[number];

/** All counts of one document; `characters` are UTF-16 units, `tokens` an estimate. */
export type Measures = Readonly<Record<MeasureName, number>>;

/** A table that can be reckoned with: at least 4 rows of data, and a column besides the first in which they are numbers. */
function isNumeric({ rows, columns }: Structure['tables'][number]): boolean {
  const data = rows.filter(({ heading, total }) => !heading && !total);
  return data.length >= 4 && columns.some(({ type }, column) => column > 0 && type === 'number');
}

/** What a fragment needs to be recognised: about 100 words. */
const fragmentTokens = 135;

/** Of so much of a paragraph the estimate is mostly enough already, and more can only add to it; of less than `shortest` it never is. */
const looked = 900;
const shortest = 40;

function isLong(text: string, { start, end }: Structure['paragraphs'][number]): boolean {
  if (end - start < shortest) return false;
  const isEnough = (stop: number): boolean => estimateTokens(text.slice(start, stop)) >= fragmentTokens;
  return (end - start > looked && isEnough(start + looked)) || isEnough(end);
}

/** Words of a passage in its own language: Chinese ones have no blanks between them. */
const wordsOf = (passage: string): number => textWords(passage, hasHan(passage) ? 'zh' : 'en');

/** Tokens are the estimate. */
export function measure(text: string, structure: Structure): Measures {
  const { sections, paragraphs, tables, turns, numbers, dates, lists, references, quotations, quantities, summaries } =
    structure;
  return {
    characters: text.length,
    words: countWords(text),
    tokens: estimateTokens(text),
    sections: sections.length,
    headingLevels: new Set(sections.map(({ level }) => level)).size,
    paragraphs: paragraphs.length,
    sentences: structure.sentences.length,
    tables: tables.length,
    numericTables: tables.filter(isNumeric).length,
    records: structure.records.length,
    numbers: numbers.length,
    numbersWithUnits: numbers.filter(({ unit }) => unit !== undefined).length,
    dates: dates.length,
    exactDates: new Set(dates.filter(({ precision }) => precision === 'day').map(({ iso }) => iso)).size,
    names: structure.names.length,
    turns: turns.length,
    timedTurns: turns.filter(({ time }) => time !== undefined).length,
    speakers: new Set(turns.map(({ speaker }) => speaker)).size,
    longParagraphs: paragraphs.filter((paragraph) => isLong(text, paragraph)).length,
    summaryWords: Math.max(0, ...summaries.map(({ span }) => wordsOf(text.slice(span.start, span.end)))),
    lists: lists.length,
    steps: lists.filter(({ steps }) => steps).reduce((sum, { items }) => sum + items.length, 0),
    definitions: structure.definitions.length,
    references: references.length,
    resolvedReferences: references.filter(({ target }) => target !== undefined).length,
    quotations: quotations.length,
    attributedQuotations: quotations.filter(({ speaker }) => speaker !== undefined).length,
    events: structure.events.length,
    quantities: quantities.length,
    measuredQuantities: quantities.filter(({ measures }) => measures !== undefined).length,
    summaries: summaries.length,
  };
}
