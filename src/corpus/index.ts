/** @file Public entry point `golongrl/corpus`: documents, read from files, with what is found in them. */

export { defaultLimits, type Quarantined, type ReadLimits } from '../records/reader.ts';
export type { Turn } from './conversation/turns.ts';
export type { Document, DocumentKind, DocumentRecord, Fact, Span } from './document.ts';
export {
  type Duplicate,
  DuplicateIndex,
  type DuplicateOptions,
  type KnownOfText,
} from './duplicates/duplicate-index.ts';
export type { DateMention } from './facts/dates.ts';
export type { Definition } from './facts/definitions.ts';
export type { DatedEvent } from './facts/events.ts';
export type { Name, NameKind } from './facts/names.ts';
export type { NumberMention } from './facts/numbers.ts';
export type { Quantity } from './facts/quantities.ts';
export type { Quotation } from './facts/quotations.ts';
export type { Reference, ReferenceKind } from './facts/references.ts';
export type { Summary, SummaryKind } from './facts/summaries.ts';
export { type DocumentFilter, filterDocuments, type Refusal, type Selection } from './filter.ts';
export {
  type FilterExpression,
  type FilterFields,
  type FilterTypes,
  type FilterValue,
  parseFilter,
} from './filter-expression.ts';
export { loadCorpus, selectPackagedDocuments } from './load-corpus.ts';
export { type MeasureName, type Measures, measure, measureNames } from './measures.ts';
export { type DocumentPurpose, type OwnDocumentOptions, selectOwnDocuments } from './own-documents.ts';
export { readDocuments } from './readers/read-documents.ts';
export { type ReadOptions, readFile } from './readers/read-file.ts';
export type { RawDocument, ReadItem } from './readers/reader.ts';
export { selectDocuments, selectionLines } from './select.ts';
export { readFactbook } from './sources/factbook.ts';
export { readMobyDick } from './sources/moby-dick.ts';
export { readStateOfTheUnion } from './sources/sotu.ts';
export {
  analyse,
  type CorpusDocument,
  type CorpusItem,
  type CorpusOptions,
  type Rejected,
  streamCorpus,
} from './stream-corpus.ts';
export { type DocumentForm, documentForms } from './structure/form/form.ts';
export type { SectionUnit } from './structure/heading-lines.ts';
export type { LanguagePart } from './structure/language.ts';
export type { List, ListItem } from './structure/lists.ts';
export type { Section } from './structure/sections.ts';
export { parseStructure, type Structure } from './structure/structure.ts';
export type { FieldRecord } from './tables/field-records.ts';
export { renderTable, type TableGrid } from './tables/render-table.ts';
export type { Cell, CellType, Column, Table, TableRow } from './tables/table.ts';
