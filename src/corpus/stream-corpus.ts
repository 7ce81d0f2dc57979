/**
 * @file P1 on a stream: raw documents become documents of the corpus, with their licence, language, form and measures, or are
 * turned away with the reason. Memory holds one document and the index of duplicates.
 */

import type { QuarantineCode, Quarantined } from '../records/reader.ts';
import { findInOrder } from './analysis/find-in-order.ts';
import type { FindersOptions } from './analysis/finders.ts';
import { type Finding, type Found, find, findingOf } from './analysis/finding.ts';
import { DuplicateIndex, type DuplicateOptions } from './duplicates/duplicate-index.ts';
import { TextList } from './duplicates/text-list.ts';
import { type FilterExpression, type FilterTypes, type FilterValue, parseFilter } from './filter-expression.ts';
import { type MeasureName, type Measures, measureNames } from './measures.ts';
import type { RawDocument, ReadItem } from './readers/reader.ts';
import { type DocumentForm, documentForms } from './structure/form/form.ts';

/** A document of the corpus, as `documents.jsonl` holds it. */
export interface CorpusDocument {
  readonly type: 'document';
  readonly id: string;
  /** Hex SHA-256 of `text` (UTF-8). */
  readonly sha256: string;
  readonly title: string;
  /** SPDX identifier as the file or the caller states it; otherwise `unknown`. */
  readonly licence: string;
  /** ISO 639-1 of any language, of more than half of the text; `und` where it could not be told. */
  readonly language: string;
  readonly form: DocumentForm;
  readonly measures: Measures;
  readonly metadata: RawDocument['metadata'];
  readonly text: string;
}

/** What a readable document is turned away for, beside the codes of the readers. */
export const rejectionCodes = ['filter', 'exact-duplicate', 'near-duplicate', 'too-intricate'] as const;

/** A document that could be read and is not kept. */
export interface Rejected {
  readonly type: 'rejected';
  readonly id: string;
  readonly code: (typeof rejectionCodes)[number];
  readonly reason: string;
}

/** Why a document is not in the corpus: it could not be read, or was turned away. */
export type RefusalCode = QuarantineCode | Rejected['code'];

/** What comes of one raw document: kept, turned away, or not readable. */
export type CorpusItem = CorpusDocument | Rejected | Quarantined;

const textFields = ['id', 'title', 'licence', 'language', 'form'] as const;
/** The fields of a filter expression, besides `metadata.NAME`. */
export const filterFields = [...textFields, ...measureNames] as const;
const filterTypes: FilterTypes = Object.fromEntries([
  ...textFields.map((name) => [name, name === 'form' ? documentForms : 'text'] as const),
  ...measureNames.map((name) => [name, 'number'] as const),
]);

/** Which documents are kept, and how they are counted. */
export interface CorpusOptions extends DuplicateOptions {
  /** A filter expression; see `filter-expression.ts`. */
  readonly where?: string;
  /** Licence of the documents that state none. */
  readonly licence?: string;
  /** Exact token counts; without it they are estimated. */
  readonly countTokens?: (text: string) => Promise<number>;
  /** Threads that look into the documents; 1 does so in the calling thread. Default: one for each core, at most 4. */
  readonly workers?: number;
}

/** How the documents are looked into. */
export const findersOptions = ({ workers, threshold = 0 }: CorpusOptions): FindersOptions => ({
  ...(workers === undefined ? {} : { workers }),
  signatures: threshold <= 1,
});

const isMeasure = (name: string): name is MeasureName => (measureNames as readonly string[]).includes(name);

function fieldOf(document: CorpusDocument, name: string): FilterValue | undefined {
  if (isMeasure(name)) return document.measures[name];
  if (name.startsWith('metadata.')) return document.metadata[name.slice('metadata.'.length)];
  const { id, title, licence, language, form } = document;
  return Object.entries({ id, title, licence, language, form }).find(([field]) => field === name)?.[1];
}

/** The document of a text in which something was found. */
function documentOf(raw: RawDocument, { title, ...finding }: Finding, options: CorpusOptions): CorpusDocument {
  const { text, sha256, language, form, measures } = finding;
  return {
    type: 'document',
    id: raw.id,
    sha256,
    title: raw.title ?? title ?? raw.id,
    licence: raw.licence ?? options.licence ?? 'unknown',
    language,
    form,
    measures,
    metadata: raw.metadata,
    text,
  };
}

/**
 * The document with all that P1 finds out about it. Undefined when nothing but boilerplate is in it.
 *
 * @throws RangeError for a text that is beyond what is parsed.
 */
export function analyse(raw: RawDocument, options: CorpusOptions = {}): CorpusDocument | undefined {
  const finding = findingOf(raw.text);
  return finding === undefined ? undefined : documentOf(raw, finding, options);
}

function itemOf(raw: RawDocument, found: Found, options: CorpusOptions): CorpusItem {
  switch (found.type) {
    case 'found':
      return documentOf(raw, found.finding, options);
    case 'empty':
      return { type: 'quarantined', id: raw.id, code: 'empty', reason: 'nothing but boilerplate' };
    case 'intricate':
      return { type: 'rejected', id: raw.id, code: 'too-intricate', reason: `cannot be parsed: ${found.reason}` };
  }
}

/** Decides of one raw document after another, by the filter and by what was kept before. */
export class CorpusSelector {
  private readonly options: CorpusOptions;
  private readonly filter: FilterExpression;
  private readonly index: DuplicateIndex;
  /** Ids of what was kept. */
  private readonly kept = new TextList();

  /** @throws UsageError when the filter expression is wrong. */
  constructor(options: CorpusOptions = {}) {
    this.options = options;
    this.filter = options.where === undefined ? () => true : parseFilter(options.where, filterTypes);
    this.index = new DuplicateIndex(options);
  }

  /** @param found What is in its text, where that is known. */
  async take(raw: ReadItem, found?: Found): Promise<CorpusItem> {
    if (raw.type !== 'document') return raw;
    const known = found ?? find(raw.text);
    const read = itemOf(raw, known, this.options);
    if (read.type !== 'document') return read;
    const tokens = await this.options.countTokens?.(read.text);
    const item = tokens === undefined ? read : { ...read, measures: { ...read.measures, tokens } };
    if (!this.filter((name) => fieldOf(item, name))) {
      const { licence, language, form, measures } = item;
      const reason = `does not fit the filter: licence ${licence}, language ${language}, form ${form}, ${measures.tokens} tokens`;
      return { type: 'rejected', id: item.id, code: 'filter', reason };
    }
    const { sha256, text } = item;
    const twin = this.index.admit(text, { sha256, signature: known?.type === 'found' ? known.signature : undefined });
    if (twin === undefined) {
      this.kept.push(item.id);
      return item;
    }
    const code = twin.type === 'exact' ? 'exact-duplicate' : 'near-duplicate';
    const reason = `repeats ${this.kept.at(twin.of)} (similarity ${twin.similarity.toFixed(2)})`;
    return { type: 'rejected', id: item.id, code, reason };
  }

  /** Takes in what an earlier process has kept. @returns false when that cannot be: it repeats another one. */
  restore({ id, text }: Pick<CorpusDocument, 'id' | 'text'>): boolean {
    const fresh = this.index.admit(text) === undefined;
    if (fresh) this.kept.push(id);
    return fresh;
  }
}

/** What is to be looked into. */
export const textOf = (item: ReadItem): string | undefined => (item.type === 'document' ? item.text : undefined);

/**
 * Every item of the stream, kept or turned away, in order.
 *
 * @throws UsageError when the filter expression is wrong, before anything is read.
 *
 * @example streamCorpus(readDocuments(['books']), { where: 'language == "en" and tokens > 8000' })
 */
export function streamCorpus(items: AsyncIterable<ReadItem>, options: CorpusOptions = {}): AsyncGenerator<CorpusItem> {
  const selector = new CorpusSelector(options);
  return (async function* () {
    for await (const { item, found } of findInOrder(items, textOf, findersOptions(options)))
      yield await selector.take(item, found);
  })();
}
