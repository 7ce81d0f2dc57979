import { z } from 'zod';
import { sha256 } from '../../corpus/make-document.ts';
import { messageOf, UsageError } from '../../errors.ts';
import { random } from '../../random.ts';
import { namesLayout } from '../../records/json-layout.ts';
import { jsonText } from '../../records/parse-json.ts';
import type { Row } from '../../records/reader.ts';
import { profiles, type RewardSpec } from '../../rewards/index.ts';
import type { Sample } from '../../samples/sample.ts';
import { readText } from '../../storage/files.ts';
import { taskIds, tasks } from '../../tasks/task.ts';
import { readConfig } from '../../yaml-config.ts';
import { findWhole, isWhole } from '../whole-words.ts';
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
      context.addIssue({ code: 'custom', message: messageOf(error) });
    }
  });

const fieldsSchema = z.strictObject({
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
    .describe('T2: the options, in order; the answer is then one of them, and `answerIs` says how it is given.'),
  answerIs: z
    .enum(['letter', 'index0', 'index1', 'wording'])
    .optional()
    .describe('How the right option is named; a letter or a wording is recognised, a number needs this: from 0 or 1.'),
  answerStart: path
    .optional()
    .describe('Where each answer begins in the context, in characters (SQuAD), side by side with `answer`.'),
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

/** A mapping file as read from YAML; unknown fields are refused. */
export const mappingSchema = fieldsSchema.superRefine(({ options, answerIs, answerStart, context: text }, context) => {
  const refuse = (message: string): void => context.addIssue({ code: 'custom', message });
  if (answerIs !== undefined && options === undefined) refuse('answerIs: goes with options');
  if (answerStart !== undefined && (options !== undefined || typeof text !== 'string'))
    refuse('answerStart: goes with a context that is one text, and without options');
});

/** A valid mapping with its defaults filled in. */
export type Mapping = z.infer<typeof mappingSchema>;

/**
 * How JSON files are read for a mapping: a path such as `data[*].paragraphs[*]` begins at the object around the rows, which a reader of
 * rows would open by itself.
 */
export function layoutFor(mapping: Mapping | undefined): 'rows' | 'whole' {
  const [first] = mapping?.rows === undefined ? [] : parsePath(mapping.rows);
  return first !== undefined && 'name' in first && namesLayout(first.name) ? 'whole' : 'rows';
}

/** @throws UsageError with all faults, each with file, line and column. */
export async function readMapping(file: string): Promise<Mapping> {
  return readConfig(mappingSchema, await readText(file), file, 'docs/construction.md has mapping files to start from.');
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

type AnswerIs = NonNullable<Mapping['answerIs']>;

/** Which option an answer names if it is given in this way; -1 for none. */
const readers: Readonly<Record<AnswerIs, (answer: string, options: readonly string[]) => number>> = {
  letter: (answer) => (/^[A-Ja-j]$/.test(answer) ? letters.indexOf(answer.toUpperCase()) : -1),
  index0: (answer) => (/^\d+$/.test(answer) ? Number(answer) : -1),
  index1: (answer) => (/^\d+$/.test(answer) ? Number(answer) - 1 : -1),
  wording: (answer, options) => options.findIndex((option) => option.toLowerCase() === answer.toLowerCase()),
};

/**
 * The right letter.
 *
 * @throws UsageError where the mapping has to say how the answer is given.
 */
function letterOf(answer: string, options: readonly string[], answerIs: Mapping['answerIs']): string {
  const at = (way: AnswerIs): number => readers[way](answer, options);
  const found = (answerIs === undefined ? (['letter', 'wording'] as const) : [answerIs]).map(at);
  const named = [...new Set(found.filter((index) => index >= 0 && index < options.length))];
  const counts = answerIs === undefined && /^\d+$/.test(answer) && Number(answer) <= options.length;
  if (named.length > 1 || counts) {
    const message = `answer: got "${answer}" for ${options.length} options, which may mean more than one of them`;
    const hint =
      'Say in the mapping how the answer is given: answerIs: letter, index0 (from 0), index1 (from 1) or wording.';
    throw new UsageError('mapping-answer-is', message, hint);
  }
  const [index] = named;
  if (index === undefined)
    throw new Refusal('answer-form', `answer: got "${answer.slice(0, 60)}", expected one of ${options.length} options`);
  return letters.charAt(index);
}

interface Gold {
  readonly gold: string[];
  /** Which of the row's answers the first line is. */
  readonly chosen: number;
}

function goldOf(row: unknown, { answer, several, answerIs }: Mapping, options: readonly string[]): Gold {
  const found = valuesAt(row, answer).map((value) => (typeof value === 'object' ? jsonText(value) : textOf(value)));
  const chosen = found.findIndex((text) => text !== '');
  const first = found[chosen];
  if (first === undefined) throw new Refusal('field-missing', `answer: nothing at ${answer}`);
  const distinct = found.filter(
    (text, i) => text !== '' && found.findIndex((other) => other.toLowerCase() === text.toLowerCase()) === i,
  );
  if (several === 'refuse' && distinct.length > 1)
    throw new Refusal(
      'answers-differ',
      `answer: got ${distinct
        .slice(0, 4)
        .map((text) => `"${text.slice(0, 40)}"`)
        .join(', ')}`,
    );
  if (options.length > 0) return { gold: [letterOf(first, options, answerIs)], chosen };
  return { gold: several === 'lines' ? distinct : [first], chosen };
}

/** UTF-16 units in the first `characters` code points: datasets count as Python does. */
function unitsOf(text: string, characters: number): number {
  let units = 0;
  let left = characters;
  for (const character of text) {
    if (left-- <= 0) break;
    units += character.length;
  }
  return units;
}

/**
 * Where the answer stands in the context; -1 where it does not, or where a letter or several lines are no place.
 *
 * @throws Refusal when the row names a place where something else stands.
 */
function placeOf(row: unknown, mapping: Mapping, context: string, { gold, chosen }: Gold): number {
  const [text = ''] = gold;
  if (gold.length !== 1 || mapping.options !== undefined) return -1;
  if (mapping.answerStart === undefined || typeof mapping.context !== 'string') return findWhole(context, text);
  const [raw] = valuesAt(row, mapping.context);
  const stated = valuesAt(row, mapping.answerStart)[chosen];
  const whole = String(raw);
  const lead = whole.length - whole.trimStart().length;
  const from = unitsOf(whole, Number(stated)) - lead;
  const at = from + (/^\s*/.exec(context.slice(Math.max(0, from)))?.[0].length ?? 0);
  if (from >= 0 && context.startsWith(text, at) && isWhole(context, at, at + text.length)) return at;
  const found = context.slice(Math.max(0, at), Math.max(0, at) + text.length + 10);
  const message = `answerStart: got ${stated === undefined ? 'nothing' : jsonText(stated)}, where "${found}" stands, not "${text}"`;
  throw new Refusal('answer-start', message);
}

/** @throws Refusal when the row cannot become a sample. */
function mappedSample(row: Readonly<Record<string, unknown>>, id: string, mapping: Mapping): Sample {
  const { dataset, licence, task, language, heldout } = mapping;
  for (const { field, equals } of mapping.where) {
    const found = valuesAt(row, field);
    if (!found.some((value) => equals.some((wanted) => wanted === value)))
      throw new Refusal('left-out', `${field}: got ${jsonText(found).slice(0, 60)}, expected ${equals.join(' or ')}`);
  }
  const parts = contextParts(row, mapping.context);
  const context = parts.map(({ title, text }) => (title === undefined ? text : `# ${title}\n\n${text}`)).join('\n\n');
  const asked = one(row, 'question', mapping.question);
  const options = mapping.options === undefined ? [] : valuesAt(row, mapping.options).flat().map(textOf);
  if (mapping.options !== undefined && (options.length < 2 || options.length > letters.length))
    throw new Refusal('answer-form', `options: got ${options.length}, expected 2 to ${letters.length}`);
  const question = [asked, ...options.map((option, i) => `${letters.charAt(i)}. ${option}`)].join('\n');
  const found = goldOf(row, mapping, options);
  const { gold } = found;
  checkAnswer({ task, gold, context, language });
  const at = placeOf(row, mapping, context, found);
  const spec: RewardSpec = { metric: tasks[task].metric, gold, language };
  checkReward(spec, mapping.profiles);
  const hash = sha256(context);
  const document = `${dataset}/${hash.slice(0, 16)}`;
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
    evidence: at < 0 ? [] : [{ document, span: { start: at, end: at + (gold[0] ?? '').length } }],
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
