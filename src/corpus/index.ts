/** @file Public entry point `golongrl/corpus`. */
export type { Document, DocumentKind, DocumentRecord, Fact, Span } from './document.ts';
export { type DocumentFilter, filterDocuments, type Refusal, type Selection } from './filter.ts';
export { loadCorpus, selectPackagedDocuments } from './load-corpus.ts';
export { selectDocuments, selectionLines } from './select.ts';
export { readFactbook } from './sources/factbook.ts';
export { readMobyDick } from './sources/moby-dick.ts';
export { readStateOfTheUnion } from './sources/sotu.ts';
export type { DateMention } from './structure/dates.ts';
export type { NameMentions } from './structure/names.ts';
export type { NumberMention } from './structure/numbers.ts';
export type { Section } from './structure/sections.ts';
export { parseStructure, type Structure } from './structure/structure.ts';
export type { FieldRecord, Table } from './structure/tables.ts';
export { readTextFile, readTextFolder, selectOwnDocuments, type TextFileOptions } from './text-file.ts';
