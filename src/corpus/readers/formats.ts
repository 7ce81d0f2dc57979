/** @file The formats that are read, by the end of the file's name; each may also be gzipped. */

import { rowFormatOf } from '../../records/read-rows.ts';
import { rowFormats } from '../../records/reader.ts';
import { readEpub } from './epub/epub.ts';
import { readHtml } from './html.ts';
import { readLatex } from './latex/latex.ts';
import { readMail } from './mail.ts';
import { readDocx } from './office/docx.ts';
import { readOds } from './office/ods.ts';
import { readOdt } from './office/odt.ts';
import { readPptx } from './office/pptx.ts';
import { readXlsx } from './office/xlsx.ts';
import { readPdf } from './pdf.ts';
import type { Reader } from './reader.ts';
import { documentsOf } from './row-document.ts';
import { readRst } from './rst.ts';
import { readRtf } from './rtf/rtf.ts';
import { readSubtitles } from './subtitles.ts';
import { readText } from './text.ts';

/** Names of the formats; each is also the end of a file's name. */
export const formats = [
  'txt',
  'md',
  'rst',
  'html',
  ...rowFormats,
  'epub',
  'pdf',
  'docx',
  'xlsx',
  'pptx',
  'odt',
  'ods',
  'rtf',
  'tex',
  'vtt',
  'srt',
  'eml',
] as const;

/** A format that documents are read from. */
export type DocumentFormat = (typeof formats)[number];

/** The reader of each format. */
export const readers: Readonly<Record<DocumentFormat, Reader>> = {
  txt: readText,
  md: readText,
  rst: readRst,
  html: readHtml,
  jsonl: documentsOf('jsonl'),
  json: documentsOf('json'),
  csv: documentsOf('csv'),
  tsv: documentsOf('tsv'),
  parquet: documentsOf('parquet'),
  epub: readEpub,
  pdf: readPdf,
  docx: readDocx,
  xlsx: readXlsx,
  pptx: readPptx,
  odt: readOdt,
  ods: readOds,
  rtf: readRtf,
  tex: readLatex,
  vtt: readSubtitles,
  srt: readSubtitles,
  eml: readMail,
};

const synonyms: Readonly<Record<string, DocumentFormat>> = {
  text: 'txt',
  markdown: 'md',
  rest: 'rst',
  mbox: 'eml',
  htm: 'html',
  xhtml: 'html',
  docm: 'docx',
  dotx: 'docx',
  xlsm: 'xlsx',
  xltx: 'xlsx',
  pptm: 'pptx',
  ppsx: 'pptx',
  ott: 'odt',
  ots: 'ods',
  latex: 'tex',
};

/** @example formatOf('a/b.HTM.gz') // { format: 'html', gzipped: true } */
export function formatOf(file: string): { readonly format: DocumentFormat | undefined; readonly gzipped: boolean } {
  const name = file.toLowerCase();
  const gzipped = name.endsWith('.gz');
  const end = /\.([a-z0-9]+)$/.exec(gzipped ? name.slice(0, -3) : name)?.[1] ?? '';
  const format = formats.find((known) => known === end) ?? synonyms[end] ?? rowFormatOf(file).format;
  return { format, gzipped };
}
