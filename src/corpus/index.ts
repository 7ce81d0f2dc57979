/** @file Public entry point `golongrl/corpus`. */

export { defaultLimits, type Quarantined, type ReadLimits } from '../records/reader.ts';
export type { Turn } from './conversation/turns.ts';
export type { Document, DocumentKind, DocumentRecord, Fact, Span } from './document.ts';
export { type Duplicate, DuplicateIndex } from './duplicates/duplicate-index.ts';
export type { DateMention } from './facts/dates.ts';
export type { Name, NameKind } from './facts/names.ts';
export type { NumberMention } from './facts/numbers.ts';
export { type DocumentFilter, filterDocuments, type Refusal, type Selection } from './filter.ts';
export { type FilterExpression, type FilterTypes, parseFilter } from './filter-expression.ts';
export { loadCorpus, selectPackagedDocuments } from './load-corpus.ts';
export { type Measures, measure } from './measures.ts';
export { type DocumentPurpose, type OwnDocumentOptions, selectOwnDocuments } from './own-documents.ts';
export { readDocuments } from './readers/read-documents.ts';
export { type ReadOptions, readFile } from './readers/read-file.ts';
export type { RawDocument, ReadItem } from './readers/reader.ts';
export { selectDocuments, selectionLines } from './select.ts';
export { readFactbook } from './sources/factbook.ts';
export { readMobyDick } from './sources/moby-dick.ts';
export { readStateOfTheUnion } from './sources/sotu.ts';
export { analyse, type CorpusDocument, type CorpusItem, type CorpusOptions, streamCorpus } from './stream-corpus.ts';
export type { DocumentForm } from './structure/form.ts';
export type { Section } from './structure/sections.ts';
export { parseStructure, type Structure } from './structure/structure.ts';
export type { FieldRecord } from './tables/field-records.ts';
export { renderTable, type TableGrid } from './tables/render-table.ts';
export type { Cell, Column, Table, TableRow } from './tables/table.ts';
