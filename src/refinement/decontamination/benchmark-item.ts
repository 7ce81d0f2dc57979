/**
 * @file What a benchmark file holds: rows that name question, answer and context in one of the usual ways. A value may be
 * a text, a number, or lists and objects of texts at any depth (`answers: {text: [...]}`, `context: {title, sentences}`,
 * `choices: [{label, text}]`, `paragraphs: [{title, paragraph_text}]`). Texts that stand for themselves are kept apart: wordings of the
 * question, right answers, paragraphs. Options belong to the question, and a letter or a number as answer stands for its option.
 */

import { InputError } from '../../errors.ts';
import { isRecord } from '../../json.ts';
import { goodRows, readFileRows } from '../../records/read-rows.ts';
import type { RowValue } from '../../records/reader.ts';
import { type Field, fields } from './heldout.ts';

/** One row of a benchmark, with its texts by field; `benchmark` is the file. */
export interface BenchmarkItem {
  readonly benchmark: string;
  readonly id: string;
  /** The texts of each field, each for itself; the first question is the one without its options. */
  readonly texts: Readonly<Partial<Record<Field, readonly string[]>>>;
  /** Ids of its documents (Gutenberg number, arXiv id, ...): long contexts leak by document. */
  readonly documents: readonly string[];
}

type Row = RowValue;

const names = {
  question: [
    'question',
    'query',
    'problem',
    'instruction',
    'instructions',
    'question_nonthinking',
    'question_thinking',
  ],
  /** The question, unless the row has one already: then what is asked about. */
  either: ['input', 'text', 'prompt'],
  options: ['options', 'choices', 'endings'],
  answer: [
    'answer',
    'answers',
    'output',
    'outputs',
    'target',
    'targets',
    'gold',
    'answer_aliases',
    'aliases',
    'best_answer',
    'correct_answer',
  ],
  context: ['context', 'contexts', 'document', 'passage', 'passages', 'article', 'paragraphs', 'story'],
  documents: ['documents', 'document_ids', 'document_id'],
  id: ['id', '_id', 'item', 'index'],
} as const;

/** `choice_A`, `option_a`, `A`: one option each. */
const lettered = /^(?:(?:choice|option)_?[A-Za-z]|[A-Z])$/;

/** What an object says of its texts and is none. */
const labels = new Set(['label', 'labels', 'type', 'role', 'id', '_id', 'idx', 'url']);

const isNumber = (value: unknown): value is number | bigint => typeof value === 'number' || typeof value === 'bigint';

const isScalar = (value: unknown): value is string | number | bigint => typeof value === 'string' || isNumber(value);

/** All texts of a value; a number counts where no object says that it is something else (`answer_start`). */
function textsOf(value: unknown, numbers = true): string[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [value];
  if (isNumber(value)) return numbers ? [String(value)] : [];
  if (Array.isArray(value)) return value.flatMap((part) => textsOf(part, numbers));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, part]) => (labels.has(key) ? [] : textsOf(part, false)));
}

/** Texts to read one after the other: sentences of a list, title and text of a paragraph; lists of those are several. */
function passagesOf(value: unknown): string[] {
  if (Array.isArray(value) && value.every(isScalar)) return [value.join('\n')];
  if (Array.isArray(value)) return value.flatMap(passagesOf);
  if (!isRecord(value)) return textsOf(value);
  const parts = Object.entries(value).filter(([key]) => !labels.has(key));
  if (parts.some(([, part]) => Array.isArray(part) && part.some(Array.isArray)))
    return parts.flatMap(([, part]) => passagesOf(part));
  const text = textsOf(value).join('\n');
  return text === '' ? [] : [text];
}

/** The rows of a file as they are, with their lines; a name that ends in no known way is read as JSON lines. @throws InputError naming file and line. */
export async function* readBenchmarkRows(file: string): AsyncGenerator<{ readonly row: Row; readonly number: number }> {
  for await (const { value, line } of goodRows(readFileRows(file, { otherwise: 'jsonl' })))
    yield { row: value, number: line };
}

const pick = (row: Row, wanted: readonly string[]): unknown[] =>
  wanted.map((name) => row[name]).filter((value) => value != null);

const unique = (texts: readonly string[]): string[] => [...new Set(texts.filter((text) => text.trim() !== ''))];

/** The options of a row in order, whatever holds them. */
function optionsOf(row: Row): string[] {
  const listed = pick(row, names.options).flatMap((value) => textsOf(value));
  if (listed.length > 0) return listed;
  const own = Object.keys(row).filter((key) => lettered.test(key));
  return own.sort().flatMap((key) => textsOf(row[key]));
}

const letterOf = (index: number): string => String.fromCharCode(65 + index);

/** The option that a letter names, alone or in brackets; an answer that names none is what it says. */
function resolved(answer: string, options: readonly string[]): string {
  if (options.includes(answer)) return answer;
  const letter = /^\(?([A-Z])[).]?$/i.exec(answer.trim())?.[1];
  const index = letter === undefined ? Number.parseInt(answer, 10) : letter.toUpperCase().charCodeAt(0) - 65;
  return options[index] ?? answer;
}

/** @returns nothing where the row has no text that is understood. */
function textsOfRow(row: Row): BenchmarkItem['texts'] | undefined {
  const either = pick(row, names.either).flatMap(passagesOf);
  const named = pick(row, names.question).flatMap((value) => textsOf(value));
  const questions = named.length > 0 ? named : either;
  const options = optionsOf(row);
  const lines = options.map((option, i) => `${letterOf(i)}. ${option}`);
  const asked = options.length === 0 ? [] : [[questions[0] ?? '', ...lines].join('\n')];
  const texts = {
    question: unique([...questions, ...asked]),
    answer: unique(
      pick(row, names.answer)
        .flatMap((value) => textsOf(value))
        .map((answer) => resolved(answer, options)),
    ),
    context: unique([...pick(row, names.context).flatMap(passagesOf), ...(named.length > 0 ? either : [])]),
  };
  const found = fields.filter((field) => texts[field].length > 0);
  return found.length === 0 ? undefined : Object.fromEntries(found.map((field) => [field, texts[field]]));
}

const known = new Set<string>(Object.values(names).flat());

/** What a row has beside the names that are read. */
const unread = (row: Row): string[] => Object.keys(row).filter((key) => !known.has(key) && !lettered.test(key));

/** What a caller may want to be told of a file. */
export interface ReadBenchmarkOptions {
  /** Told once, at the end, which fields of the file were not read. */
  readonly onUnread?: (names: readonly string[]) => void;
}

/** @throws InputError naming file and line when a row has no text that is understood. */
export async function* readBenchmark(
  file: string,
  { onUnread }: ReadBenchmarkOptions = {},
): AsyncGenerator<BenchmarkItem> {
  const others = new Set<string>();
  for await (const { row, number } of readBenchmarkRows(file)) {
    const texts = textsOfRow(row);
    if (texts === undefined) {
      const message = `${file}:${number}: got the fields ${Object.keys(row).join(', ')}; expected a question (${names.question.join(' | ')}), an answer or a context`;
      throw new InputError('benchmark-row', message, 'Rename the columns of the file.');
    }
    for (const name of unread(row)) others.add(name);
    const id = pick(row, names.id).find(isScalar) ?? number;
    yield {
      benchmark: file,
      id: String(id),
      texts,
      documents: pick(row, names.documents).flatMap((value) => textsOf(value)),
    };
  }
  if (others.size > 0) onUnread?.([...others]);
}
