/**
 * @file P3, open-source track: a question-answering dataset of any columns as samples of one task, by a mapping file. The file says
 * where context, question and answer stand; see `docs/construction.md` for SQuAD, HotpotQA and MuSiQue.
 */
import { readFile } from 'node:fs/promises';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { sha256 } from '../../corpus/make-document.ts';
import type { Row } from '../../corpus/readers/reader.ts';
import { UsageError } from '../../errors.ts';
import { random } from '../../random.ts';
import { profiles, type RewardSpec } from '../../rewards/index.ts';
import { fileError } from '../../runs/files.ts';
import type { Sample } from '../../samples/sample.ts';
import { taskIds, tasks } from '../../tasks/task.ts';
import { checkReward, importedSample } from './admit.ts';
import { checkAnswer } from './compatibility.ts';
import { explode, parsePath, valuesAt } from './field-path.ts';
import { Refusal } from './refusal.ts';

const path = z
  .string()
  .min(1)
  .superRefine((text, context) => {
    try {
      parsePath(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
    }
  });

export const mappingSchema = z.strictObject({
  dataset: z.string().min(1).describe('Name of the dataset, for provenance and the card.'),
  licence: z.string().min(1).describe('SPDX identifier; `unknown` is possible, and export refuses it.'),
  task: z.enum(taskIds).describe('Which of the nine tasks the samples are.'),
  language: z.enum(['en', 'zh']).default('en'),
  rows: path.optional().describe('Where questions stand inside of a record, e.g. data[*].paragraphs[*].qas[*].'),
  id: path.optional(),
  context: z
    .union([path, z.strictObject({ title: path.optional(), text: path })])
    .describe('Path of the text, or of titles and texts side by side; several become documents one below the other.'),
  question: path,
  answer: path.describe('Path of the answer, or of several.'),
  options: path
    .optional()
    .describe('T2: the options, in order; the answer is then a letter, a number from 0, or an option.'),
  several: z
    .enum(['refuse', 'first', 'lines'])
    .default('refuse')
    .describe('Several answers that differ: refuse the row, take the first, or let each be a line of the gold.'),
  where: z
    .array(z.strictObject({ field: path, equals: z.array(z.union([z.string(), z.number(), z.boolean()])).min(1) }))
    .default([])
    .describe('Rows that do not fit are set aside as left-out.'),
  heldout: z.number().min(0).max(0.9).default(0).describe('Share of the contexts that is held out.'),
  profiles: z
    .array(z.enum(profiles))
    .min(1)
    .default([...profiles])
    .describe('Reward profiles that samples must fit.'),
});
export type Mapping = z.infer<typeof mappingSchema>;

/** @throws UsageError naming file and field. */
export async function readMapping(file: string): Promise<Mapping> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw fileError(error, file, 'read');
  });
  const document = parseDocument(text);
  const [problem] = document.errors;
  if (problem !== undefined) throw new UsageError('mapping-invalid', `${file}: ${problem.message}`);
  const parsed = mappingSchema.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  const why = z.prettifyError(parsed.error).replaceAll('\n', ' ');
  throw new UsageError('mapping-invalid', `${file}: ${why}`, 'docs/construction.md has mapping files to start from.');
}

/** A value as text; lists of sentences are joined. */
const textOf = (value: unknown): string => (Array.isArray(value) ? value.map(textOf).join(' ') : String(value)).trim();

function one(row: unknown, name: string, where: string): string {
  const [value] = valuesAt(row, where);
  const text = value === undefined ? '' : textOf(value);
  if (text === '') throw new Refusal('field-missing', `${name}: nothing at ${where}`);
  return text;
}

interface Part {
  readonly title: string | undefined;
  readonly text: string;
}

function contextParts(row: unknown, context: Mapping['context']): Part[] {
  const { title, text } = typeof context === 'string' ? { title: undefined, text: context } : context;
  const titles = title === undefined ? [] : valuesAt(row, title).map(textOf);
  const parts = valuesAt(row, text).map((value, i): Part => ({ title: titles[i], text: textOf(value) }));
  const kept = parts.filter((part) => part.text !== '');
  if (kept.length === 0) throw new Refusal('empty-context', `context: nothing at ${text}`);
  return kept;
}

const letters = 'ABCDEFGHIJ';

/** The right letter, whether the row names it by letter, number or wording. */
function letterOf(answer: string, options: readonly string[]): string {
  const byWording = options.findIndex((option) => option.toLowerCase() === answer.toLowerCase());
  const byLetter = /^[A-Ja-j]$/.test(answer) ? letters.indexOf(answer.toUpperCase()) : -1;
  const byNumber = /^\d$/.test(answer) ? Number(answer) : -1;
  const index = [byWording, byLetter, byNumber].find((at) => at >= 0 && at < options.length);
  if (index === undefined)
    throw new Refusal('answer-form', `answer: got "${answer.slice(0, 60)}", expected one of ${options.length} options`);
  return letters.charAt(index);
}

function goldOf(row: unknown, { answer, several }: Mapping, options: readonly string[]): string[] {
  const found = valuesAt(row, answer).map((value) =>
    typeof value === 'object' ? JSON.stringify(value) : textOf(value),
  );
  const distinct = [...new Map(found.map((text) => [text.toLowerCase(), text])).values()].filter((text) => text !== '');
  const [first] = distinct;
  if (first === undefined) throw new Refusal('field-missing', `answer: nothing at ${answer}`);
  if (several === 'refuse' && distinct.length > 1)
    throw new Refusal(
      'answers-differ',
      `answer: got ${distinct
        .slice(0, 4)
        .map((text) => `"${text.slice(0, 40)}"`)
        .join(', ')}`,
    );
  const gold = several === 'lines' ? distinct : [first];
  return options.length === 0 ? gold : [letterOf(first, options)];
}

/** @throws Refusal when the row cannot become a sample. */
function mappedSample(row: Readonly<Record<string, unknown>>, id: string, mapping: Mapping): Sample {
  const { dataset, licence, task, language, heldout } = mapping;
  for (const { field, equals } of mapping.where) {
    const found = valuesAt(row, field);
    if (!found.some((value) => equals.some((wanted) => wanted === value)))
      throw new Refusal(
        'left-out',
        `${field}: got ${JSON.stringify(found).slice(0, 60)}, expected ${equals.join(' or ')}`,
      );
  }
  const parts = contextParts(row, mapping.context);
  const context = parts.map(({ title, text }) => (title === undefined ? text : `# ${title}\n\n${text}`)).join('\n\n');
  const asked = one(row, 'question', mapping.question);
  const options = mapping.options === undefined ? [] : valuesAt(row, mapping.options).flat().map(textOf);
  if (mapping.options !== undefined && (options.length < 2 || options.length > letters.length))
    throw new Refusal('answer-form', `options: got ${options.length}, expected 2 to ${letters.length}`);
  const question = [asked, ...options.map((option, i) => `${letters.charAt(i)}. ${option}`)].join('\n');
  const gold = goldOf(row, mapping, options);
  checkAnswer(task, gold, context, language);
  const spec: RewardSpec = { metric: tasks[task].metric, gold, language };
  checkReward(spec, mapping.profiles);
  const hash = sha256(context);
  const document = `${dataset}/${hash.slice(0, 16)}`;
  const at = gold.length === 1 ? context.indexOf(gold[0] ?? '') : -1;
  const format = language === 'zh' ? tasks[task].answerFormatZh : tasks[task].answerFormat;
  return importedSample({
    task,
    prompt: `${context}\n\n${question}\n${format}`,
    spec,
    question,
    rationale: '',
    // By context, so that both splits never share one.
    split: random('import', dataset, hash).next() < heldout ? 'heldout' : 'train',
    cluster: document,
    documents: [{ id: document, sha256: hash, source: dataset, licence }],
    evidence: at < 0 || task === 'T2' ? [] : [{ document, span: { start: at, end: at + (gold[0] ?? '').length } }],
    imported: { dataset, row: id, changes: ['answer-format'], profiles: mapping.profiles },
  });
}

/** One result for each question of a record; a record without any is a refusal too. */
export function* mapRow({ id, value }: Row, mapping: Mapping): Generator<{ row: string; make: () => Sample }> {
  const inner = mapping.rows === undefined ? [value] : explode(value, mapping.rows);
  if (inner.length === 0)
    yield {
      row: id,
      make: () => {
        throw new Refusal('field-missing', `rows: nothing at ${mapping.rows}`);
      },
    };
  for (const [i, row] of inner.entries()) {
    const [own] = mapping.id === undefined ? [] : valuesAt(row, mapping.id);
    const name = own === undefined ? (inner.length > 1 ? `${id}/${i}` : id) : `${id}:${textOf(own)}`;
    yield { row: name, make: () => mappedSample(row, name, mapping) };
  }
}
