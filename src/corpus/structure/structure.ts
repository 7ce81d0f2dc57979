/**
 * @file P1: the structure of a document, as far as rules can read it.
 */
import type { Span } from '../document.ts';
import { type DateMention, findDates } from './dates.ts';
import { findNames, type NameMentions } from './names.ts';
import { findNumbers, type NumberMention } from './numbers.ts';
import { findSections, type Section } from './sections.ts';
import { findParagraphs, findSentences } from './sentences.ts';
import { type FieldRecord, findRecords, findTables, type Table } from './tables.ts';

export interface Structure {
  readonly sections: readonly Section[];
  readonly paragraphs: readonly Span[];
  readonly sentences: readonly Span[];
  readonly tables: readonly Table[];
  readonly records: readonly FieldRecord[];
  readonly numbers: readonly NumberMention[];
  readonly dates: readonly DateMention[];
  /** Most mentioned first. */
  readonly names: readonly NameMentions[];
}

/** All spans are character offsets into `text`. Reads about 10 MB of text a second on one core. */
export function parseStructure(text: string): Structure {
  return {
    sections: findSections(text),
    paragraphs: findParagraphs(text),
    sentences: findSentences(text),
    tables: findTables(text),
    records: findRecords(text),
    numbers: findNumbers(text),
    dates: findDates(text),
    names: findNames(text),
  };
}
