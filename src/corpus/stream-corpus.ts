/**
 * @file P1 on a stream: raw documents become documents of the corpus, with their licence, language, form and measures, or are
 * turned away with the reason. Memory holds one document and the index of duplicates.
 */

import type { QuarantineCode, Quarantined } from '../records/reader.ts';
import { DuplicateIndex, type DuplicateOptions } from './duplicates/duplicate-index.ts';
import { TextList } from './duplicates/text-list.ts';
import { type FilterExpression, type FilterTypes, type FilterValue, parseFilter } from './filter-expression.ts';
import { normaliseWhitespace, sha256 } from './make-document.ts';
import { type MeasureName, type Measures, measure, measureNames } from './measures.ts';
import type { RawDocument, ReadItem } from './readers/reader.ts';
import { stripBoilerplate } from './structure/boilerplate.ts';
import { type DocumentForm, documentForms } from './structure/form/form.ts';
import { titleIn } from './structure/sections.ts';
import { parseStructure } from './structure/structure.ts';

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
}

const isMeasure = (name: string): name is MeasureName => (measureNames as readonly string[]).includes(name);

function fieldOf(document: CorpusDocument, name: string): FilterValue | undefined {
  if (isMeasure(name)) return document.measures[name];
  if (name.startsWith('metadata.')) return document.metadata[name.slice('metadata.'.length)];
  const { id, title, licence, language, form } = document;
  return Object.entries({ id, title, licence, language, form }).find(([field]) => field === name)?.[1];
}

/** Lines of a document that are parsed. The longest filings have some 100,000; each costs a few hundred bytes of spans. */
const mostLines = 1_000_000;

function checkLines(text: string): void {
  let lines = 0;
  // Blank lines do not count: they become one.
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1))
    if (at > 0 && text.charCodeAt(at - 1) > 32) lines++;
  if (lines > mostLines) throw new RangeError(`${lines} lines, at most ${mostLines} are parsed`);
}

/**
 * The document with all that P1 finds out about it. Undefined when nothing but boilerplate is in it.
 *
 * @throws RangeError for a text that is beyond what is parsed.
 */
export function analyse(raw: RawDocument, options: CorpusOptions = {}): CorpusDocument | undefined {
  checkLines(raw.text);
  const text = stripBoilerplate(normaliseWhitespace(raw.text));
  if (text === '') return undefined;
  const structure = parseStructure(text);
  return {
    type: 'document',
    id: raw.id,
    sha256: sha256(text),
    title: raw.title ?? titleIn(structure.sections) ?? raw.id,
    licence: raw.licence ?? options.licence ?? 'unknown',
    language: structure.language,
    form: structure.form,
    measures: measure(text, structure),
    metadata: raw.metadata,
    text,
  };
}

function analysed(raw: RawDocument, options: CorpusOptions): CorpusItem {
  try {
    const empty = { type: 'quarantined', id: raw.id, code: 'empty', reason: 'nothing but boilerplate' } as const;
    return analyse(raw, options) ?? empty;
  } catch (error) {
    // A regular expression whose stack overflows on a text made to that end: the text is to blame, and the rest goes on.
    if (!(error instanceof RangeError)) throw error;
    return { type: 'rejected', id: raw.id, code: 'too-intricate', reason: `cannot be parsed: ${error.message}` };
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

  async take(raw: ReadItem): Promise<CorpusItem> {
    const read = raw.type === 'document' ? analysed(raw, this.options) : raw;
    if (read.type !== 'document') return read;
    const tokens = await this.options.countTokens?.(read.text);
    const item = tokens === undefined ? read : { ...read, measures: { ...read.measures, tokens } };
    if (!this.filter((name) => fieldOf(item, name))) {
      const { licence, language, form, measures } = item;
      const reason = `does not fit the filter: licence ${licence}, language ${language}, form ${form}, ${measures.tokens} tokens`;
      return { type: 'rejected', id: item.id, code: 'filter', reason };
    }
    const twin = this.index.admit(item.text, item.sha256);
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
    for await (const raw of items) yield await selector.take(raw);
  })();
}
