/** @file Public entry point `golongrl/corpus`. */
export type { Document, DocumentKind, DocumentRecord, Fact, Span } from './document.ts';
export { loadCorpus } from './load-corpus.ts';
export { readFactbook } from './sources/factbook.ts';
export { readMobyDick } from './sources/moby-dick.ts';
export { readStateOfTheUnion } from './sources/sotu.ts';
export { readTextFile, readTextFolder, type TextFileOptions } from './text-file.ts';
