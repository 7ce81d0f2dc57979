/** @file The formats that are read, by the end of the file's name; each may also be gzipped. */
import { readCsv } from '../../records/csv.ts';
import { readJsonl } from '../../records/jsonl.ts';
import { readParquet } from '../../records/parquet.ts';
import type { Reader } from '../../records/reader.ts';
import { readEpub } from './epub.ts';
import { readHtml } from './html.ts';
import { readPdf } from './pdf.ts';
import { readText } from './text.ts';

export const formats = ['txt', 'md', 'html', 'jsonl', 'csv', 'parquet', 'epub', 'pdf'] as const;
export type DocumentFormat = (typeof formats)[number];

export const readers: Readonly<Record<DocumentFormat, Reader>> = {
  txt: readText,
  md: readText,
  html: readHtml,
  jsonl: readJsonl,
  csv: readCsv,
  parquet: readParquet,
  epub: readEpub,
  pdf: readPdf,
};

const synonyms: Readonly<Record<string, DocumentFormat>> = {
  text: 'txt',
  markdown: 'md',
  htm: 'html',
  xhtml: 'html',
  ndjson: 'jsonl',
};

/** @example formatOf('a/b.HTM.gz') // { format: 'html', gzipped: true } */
export function formatOf(file: string): { readonly format: DocumentFormat | undefined; readonly gzipped: boolean } {
  const name = file.toLowerCase();
  const gzipped = name.endsWith('.gz');
  const end = /\.([a-z0-9]+)$/.exec(gzipped ? name.slice(0, -3) : name)?.[1] ?? '';
  return { format: formats.find((format) => format === end) ?? synonyms[end], gzipped };
}
