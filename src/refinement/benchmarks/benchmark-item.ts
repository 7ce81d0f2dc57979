/**
 * @file What a benchmark file holds: JSON lines whose rows name question, answer and context in one of the usual ways.
 */
import { InputError } from '../../errors.ts';
import { readLines } from '../../samples/lines.ts';
import { type Field, fields } from '../decontaminate.ts';

export interface BenchmarkItem {
  readonly benchmark: string;
  readonly id: string;
  readonly texts: Readonly<Partial<Record<Field, string>>>;
  /** Each right answer for itself, where a row lists several. */
  readonly answers?: readonly string[];
  /** Ids of its documents (Gutenberg number, arXiv id, ...): long contexts leak by document. */
  readonly documents: readonly string[];
}

const names: Readonly<Record<Field | 'documents' | 'id', readonly string[]>> = {
  question: ['question', 'query', 'problem', 'text', 'input', 'question_nonthinking'],
  answer: ['answer', 'answers', 'output', 'target', 'gold'],
  context: ['context', 'document', 'passage', 'article'],
  documents: ['documents', 'document_ids', 'document_id'],
  id: ['id', '_id', 'item', 'index'],
};

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map(textOf).filter(Boolean).join('\n');
  return undefined;
}

const isRow = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parseRow(line: string, place: string): Readonly<Record<string, unknown>> {
  let row: unknown;
  try {
    row = JSON.parse(line);
  } catch (cause) {
    throw new InputError(
      'benchmark-not-json',
      `${place}: got ${JSON.stringify(line.slice(0, 60))}, expected a JSON object`,
      undefined,
      { cause },
    );
  }
  if (isRow(row)) return row;
  throw new InputError('benchmark-not-json', `${place}: got ${typeof row}, expected a JSON object`);
}

/** The rows of a JSON lines file as they are. @throws InputError naming file and line. */
export async function* readBenchmarkRows(
  file: string,
): AsyncGenerator<{ readonly row: Readonly<Record<string, unknown>>; readonly number: number }> {
  for await (const { line, number } of readLines(file)) yield { row: parseRow(line, `${file}:${number}`), number };
}

/** @throws InputError naming file and line when a row has neither question nor context. */
export async function* readBenchmark(file: string): AsyncGenerator<BenchmarkItem> {
  for await (const { row, number } of readBenchmarkRows(file)) {
    const place = `${file}:${number}`;
    const value = (field: keyof typeof names): unknown => names[field].map((name) => row[name]).find((v) => v != null);
    const texts = Object.fromEntries(fields.map((field) => [field, textOf(value(field))]).filter(([, text]) => text));
    if (texts.question === undefined && texts.context === undefined) {
      const message = `${place}: got the fields ${Object.keys(row).join(', ')}; expected a question (${names.question.join(' | ')}) or a context`;
      throw new InputError('benchmark-row', message, 'Rename the columns of the file.');
    }
    const documents = value('documents');
    const ids = (Array.isArray(documents) ? documents : [documents]).map(textOf).filter((id) => id !== undefined);
    const answer = value('answer');
    const answers = Array.isArray(answer) ? { answers: answer.map(textOf).filter((text) => text !== undefined) } : {};
    yield { benchmark: file, id: textOf(value('id')) ?? String(number), texts, ...answers, documents: ids };
  }
}
