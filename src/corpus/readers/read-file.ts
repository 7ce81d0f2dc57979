/** @file One file through the reader of its format; whatever is wrong with it becomes a quarantine entry. */
import { fileBytes, gunzipBytes } from '../../records/bytes.ts';
import { utf8Bytes } from '../../records/encoding.ts';
import { quarantined } from '../../records/quarantined.ts';
import { defaultLimits, type ReadLimits } from '../../records/reader.ts';
import { type DocumentFormat, formatOf, formats, readers } from './formats.ts';
import { mendCharacters } from './mend-characters.ts';
import type { RawDocument, ReadItem } from './reader.ts';

/** How a file is read, where its name does not say. */
export interface ReadOptions {
  readonly limits?: Partial<ReadLimits>;
  /** Column of the text in JSON, CSV and Parquet. */
  readonly textField?: string;
  /** Of text files and rows, a WHATWG label such as `gb18030`. Default: told from the bytes; a web page declares its own. */
  readonly encoding?: string;
  /** What comes through standard input. Default `jsonl`. */
  readonly stdinFormat?: DocumentFormat;
}

interface Source {
  readonly id: string;
  readonly format: DocumentFormat;
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly file: string | undefined;
}

/** What comes to a reader as UTF-8; rows are decoded by their own reader, and books and PDFs are no text. */
function textBytes(format: DocumentFormat, bytes: AsyncIterable<Uint8Array>, encoding: string | undefined) {
  if (['txt', 'md', 'rst', 'tex', 'vtt', 'srt'].includes(format)) return utf8Bytes(bytes, encoding);
  return format === 'html' ? utf8Bytes(bytes, 'marked') : bytes;
}

/** Programs other than Office write formulas without their values. */
const nothingIn = ({ id, metadata }: RawDocument): ReadItem => {
  const formulas = metadata.formulasWithoutValue;
  const reason =
    formulas === undefined
      ? 'the document is empty'
      : `the sheet holds ${formulas} formulas and no values of them; open and save it in an office program`;
  return { type: 'quarantined', id, code: 'empty', reason };
};

/** An error in the middle of a file keeps the documents before it. */
export async function* readSource(source: Source, options: ReadOptions): AsyncGenerator<ReadItem> {
  const { id, format, bytes, file } = source;
  const limits = { ...defaultLimits, ...options.limits };
  try {
    const { textField, encoding } = options;
    const input = { id, bytes: textBytes(format, bytes, encoding), file, limits, textField, encoding };
    for await (const item of readers[format](input)) {
      if (item.type === 'quarantined') yield item;
      else if (item.text.trim() === '') yield nothingIn(item);
      else yield { ...item, text: mendCharacters(item.text) };
    }
  } catch (error) {
    yield quarantined(id, error);
  }
}

/** The documents of a file, by the end of its name; what is wrong with it comes as a quarantine entry. */
export async function* readFile(file: string, id: string, options: ReadOptions = {}): AsyncGenerator<ReadItem> {
  const { format, gzipped } = formatOf(file);
  if (format === undefined) {
    const reason = `not one of the formats that are read: ${formats.join(', ')}, each also as .gz`;
    yield { type: 'quarantined', id, code: 'unknown-format', reason };
    return;
  }
  const limits = { ...defaultLimits, ...options.limits };
  const bytes = gzipped ? gunzipBytes(fileBytes(file), limits) : fileBytes(file);
  yield* readSource({ id, format, bytes, file: gzipped ? undefined : file }, options);
}
