/**
 * @file What is counted of a document: the fields of filter expressions and of P2's criteria. One list, so that a criterion can
 * ask for anything that a filter can.
 */
import { countWords } from './make-document.ts';
import type { Structure } from './structure/structure.ts';

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
] as const;
export type MeasureName = (typeof measureNames)[number];
export type Measures = Readonly<Record<MeasureName, number>>;

/** In byte-pair vocabularies of 100 to 150 K entries: a word up to this long is one token, the letters of its rest make one in four. */
const wholeWord = 7;
const lettersPerToken = 4;
/** A Han character is about 0.7 tokens there; a digit is one, and a mark or line end mostly one. */
const tokensPerHan = 0.7;
const tokensPerMark = 0.85;

/** Tokens without a tokenizer. `bench/corpus.ts` measures its error. */
export function estimateTokens(text: string): number {
  let [words, rest, han, digits, marks, length] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const isHan = code >= 0x3400 && code <= 0x9fff;
    const isLetter = !isHan && ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code >= 0xc0);
    if (isLetter) {
      if (length === 0) words++;
      length++;
      if (length > wholeWord) rest++;
      continue;
    }
    length = 0;
    if (isHan) han++;
    else if (code >= 48 && code <= 57) digits++;
    else if (code !== 32) marks++;
  }
  return Math.ceil(words + rest / lettersPerToken + digits + marks * tokensPerMark + han * tokensPerHan);
}

/** A table that can be reckoned with: at least 4 rows, and a column besides the first in which they are numbers. */
function isNumeric({ rows, columns }: Structure['tables'][number]): boolean {
  const numeric = (column: number): boolean =>
    rows.every((row) => /^[-($€£]*\d[\d,.]*[%)]*$/.test(row[column]?.value ?? ''));
  return rows.length >= 4 && columns.some((_, column) => column > 0 && numeric(column));
}

/** What a fragment needs to be recognised: about 100 words. */
const fragmentTokens = 135;
const summaryTitle = /^(?:\d+ )?(?:abstract|summary|executive summary|overview|background|摘要|内容提要|概述)\b/i;

/** @param tokens Their exact number, where a tokenizer has counted them. */
export function measure(text: string, structure: Structure, tokens = estimateTokens(text)): Measures {
  const { sections, paragraphs, tables, turns, numbers, dates } = structure;
  const summary = sections.find(({ title }) => summaryTitle.test(title));
  return {
    characters: text.length,
    words: countWords(text),
    tokens,
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
    longParagraphs: paragraphs.filter(({ start, end }) => estimateTokens(text.slice(start, end)) >= fragmentTokens)
      .length,
    summaryWords: summary === undefined ? 0 : countWords(text.slice(summary.bodyStart, summary.span.end)),
  };
}
