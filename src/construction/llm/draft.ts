/**
 * @file What a language model is asked to write for each task, and what of it can be checked without trusting it: the key stands in
 * the text (or follows from figures that do), quotes are in the document, options are distinct.
 */
import { z } from 'zod';
import type { Span } from '../../corpus/document.ts';
import type { Random } from '../../random.ts';
import { mathEqual } from '../../rewards/index.ts';
import type { TaskId } from '../../tasks/task.ts';

const line = z.string().trim().min(1).max(400);

export const writtenSchema = z.strictObject({
  question: z.string().trim().min(8).max(1500),
  answer: z.array(line).max(60).describe('The key, one item a line.'),
  distractors: z.array(line).max(4).describe('Plausible wrong options; only for multiple choice.'),
  expression: z.string().max(300).describe('Arithmetic over figures of the document; only for calculations.'),
  evidence: z.array(line).min(1).max(30).describe('Verbatim quotes that prove the key.'),
  rationale: z.string().trim().min(1).max(3000).describe('Why the key is right and why the wrong options tempt.'),
});
export type Written = z.infer<typeof writtenSchema>;

/** Items of the key: at least and at most. */
const keyItems: Readonly<Record<TaskId, readonly [number, number]>> = {
  T1: [1, 1],
  T2: [1, 1],
  T3: [2, 60],
  T4: [1, 1],
  T5: [1, 1],
  T6: [2, 60],
  T7: [4, 60],
  T8: [4, 60],
  T9: [1, 1],
};
/** Tasks whose one item is a sentence or a table rather than a span. */
const longKeys: readonly TaskId[] = ['T5', 'T9'];

/** The form of a draft of one task: a server that decodes by schema cannot write a key of another shape. */
export function writtenSchemaOf(task: TaskId) {
  const [least, most] = keyItems[task];
  const item = z
    .string()
    .trim()
    .min(1)
    .max(longKeys.includes(task) ? 2500 : 400);
  return writtenSchema.extend({
    answer: z.array(item).min(least).max(most),
    distractors: z
      .array(line)
      .min(task === 'T2' ? 3 : 0)
      .max(task === 'T2' ? 3 : 0),
    expression: task === 'T4' ? z.string().min(3).max(300) : z.literal(''),
  });
}

/** The wishes that differ by task. */
export const taskWishes: Readonly<Record<TaskId, string>> = {
  T1: 'Ask for one exact span of at most eight words that stands in the document once. `answer` holds that span.',
  T2: 'Ask a question that needs two places of the document. `answer` holds the right option; `distractors` holds three wrong options of the same kind and length, taken from the document, that somebody who read only part of it would choose.',
  T3: 'Ask for all items of the document that meet a condition: at least two. `answer` holds every one, as the document spells it.',
  T4: 'Ask for one number that must be calculated from at least two figures of the document. `answer` holds the number alone; `expression` the arithmetic, with + - * / and parentheses, over figures as the document has them.',
  T5: 'Ask for a small table of facts. `answer` holds one line: {"columns": [...], "data": [[...]]} as JSON text, with cells as the document spells them.',
  T6: 'Give short quotes of the document labels in your question (F1, F2, ...) and ask which name, place or heading belongs to each. `answer` holds lines like "F1: name", as the document spells the names.',
  T7: 'Ask to rank at least four items of the document by a quantity that the document states, without ties. `answer` holds the items, best first, as the document spells them.',
  T8: 'Ask to put at least four events or items of the document into the order in which they happened. `answer` holds them in that order, each in words of the document. Do not list them in your question.',
  T9: 'Ask for a summary of the document, or of one theme of it, with a limit of words. `answer` holds one line: a summary of 30 to 250 words in your own words.',
};

/** A sample's question and key as they will be used. */
export interface Keyed {
  readonly question: string;
  readonly gold: readonly string[];
  /** A key of the same form that is wrong: what an honest judge refuses. */
  readonly wrong: readonly string[];
  readonly evidence: readonly Span[];
}

export type Checked = { readonly ok: true; readonly keyed: Keyed } | { readonly ok: false; readonly why: string };
const refuse = (why: string): Checked => ({ ok: false, why });

interface Folded {
  readonly text: string;
  /** Place in the original of each character. */
  readonly places: readonly number[];
}

/** Lower case, one kind of quotes and dashes, one space: how people and models vary a quote. */
function fold(text: string): Folded {
  let out = '';
  const places: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const character = (text[i] ?? '').replace(/[‘’]/, "'").replace(/[“”]/, '"').replace(/[–—]/, '-').replace(/\s/, ' ');
    if (character === ' ' && (out === '' || out.endsWith(' '))) continue;
    const lower = character.toLowerCase();
    // A letter whose lower case is longer keeps its own, so that places stay aligned.
    out += lower.length === 1 ? lower : character;
    places.push(i);
  }
  return { text: out, places };
}

const foldedText = (text: string): string => fold(text).text.trim();

/** Where a quote stands in a document, up to letter case, quotation marks and white space. */
export function locate(document: string | Folded, quote: string): Span | undefined {
  const folded = typeof document === 'string' ? fold(document) : document;
  const wanted = foldedText(quote);
  if (wanted === '') return undefined;
  const at = folded.text.indexOf(wanted);
  const [start, last] = [folded.places[at], folded.places[at + wanted.length - 1]];
  return at < 0 || start === undefined || last === undefined ? undefined : { start, end: last + 1 };
}

const letters = ['A', 'B', 'C', 'D', 'E'] as const;

function options({ question, answer, distractors }: Written, rng: Random): Omit<Keyed, 'evidence'> | string {
  const [right] = answer;
  if (right === undefined) return 'a choice has one right option, got none';
  const all = [right, ...distractors];
  if (distractors.length < 3) return `got ${distractors.length} distractors, expected 3`;
  if (new Set(all.map(foldedText)).size < all.length) return 'two options are equal';
  const shuffled = rng.shuffle(all);
  const gold = letters[shuffled.indexOf(right)] ?? 'A';
  const wrong = letters[(shuffled.indexOf(right) + 1) % shuffled.length] ?? 'B';
  const listed = shuffled.map((option, i) => `${letters[i]}. ${option}`).join('\n');
  return { question: `${question}\n${listed}`, gold: [gold], wrong: [wrong] };
}

const numbersOf = (text: string): string[] =>
  (text.match(/\d[\d,]*(?:\.\d+)?/g) ?? []).map((number) => number.replaceAll(',', ''));

/** Figures that arithmetic may bring along: counts of two to ten, percent. */
const constants = new Set(['2', '3', '4', '5', '6', '7', '8', '9', '10', '100']);

function calculated({ answer, expression }: Written, document: string): string | undefined {
  const [number = ''] = answer;
  if (!/^-?[\d,]+(?:\.\d+)?$/.test(number)) return `the key is no number: ${number}`;
  if (!/^[\d\s.,+\-*/()]+$/.test(expression)) return `the expression is no arithmetic: ${expression.slice(0, 80)}`;
  const known = new Set(numbersOf(document));
  const operands = numbersOf(expression);
  if (operands.length < 2) return 'the expression has fewer than two figures';
  const foreign = operands.find((figure) => !known.has(figure) && !constants.has(figure));
  if (foreign !== undefined) return `the figure ${foreign} is not in the document`;
  return mathEqual(`\\boxed{${expression.replaceAll(',', '')}}`, `\\boxed{${number.replaceAll(',', '')}}`).equal
    ? undefined
    : `${expression} is not ${number}`;
}

function tableCells(text: string): string[] | undefined {
  try {
    const table = z
      .strictObject({ columns: z.array(z.string()).min(1), data: z.array(z.array(z.string())).min(2) })
      .safeParse(JSON.parse(text));
    if (!table.success || table.data.data.some((row) => row.length !== table.data.columns.length)) return undefined;
    return table.data.data.flat();
  } catch {
    return undefined;
  }
}

/** Words of which more than 60 % stand in the document eight at a time are a copy. */
function copied(summary: string, document: Folded): boolean {
  const words = foldedText(summary).split(' ');
  const grams = words.slice(7).map((_, i) => words.slice(i, i + 8).join(' '));
  return grams.filter((gram) => document.text.includes(gram)).length > 0.6 * grams.length;
}

/** What the key says that must stand in the document; a string where the key has the wrong form. */
function claims(task: TaskId, { answer }: Written): readonly string[] | string {
  const [least, most] = keyItems[task];
  if (answer.length < least || answer.length > most)
    return `the key has ${answer.length} items, expected ${least === most ? least : `at least ${least}`}`;
  if (new Set(answer.map(foldedText)).size < answer.length) return 'two lines of the key are equal';
  const [only = ''] = answer;
  if (task === 'T1' && (only.split(/\s+/).length > 8 || only.length > 60)) return 'the span is too long';
  if (task === 'T6') {
    const names = answer.map((item) => /^F\d+: (.+)$/.exec(item)?.[1]);
    return names.every((name) => name !== undefined) ? names : 'a line is not like "F1: name"';
  }
  if (task === 'T5') return tableCells(only) ?? 'the key is no table';
  return ['T2', 'T4', 'T9'].includes(task) ? [] : answer;
}

function wrongKey(task: TaskId, { answer }: Written, document: string): readonly string[] {
  if (task === 'T3' || task === 'T6')
    return answer.slice(0, 1).map((item) => (task === 'T6' ? 'F1: nobody' : `not ${item}`));
  if (task === 'T4') return [String(Number((answer[0] ?? '0').replaceAll(',', '')) * 3 + 17)];
  if (task === 'T7' || task === 'T8') return answer.toReversed();
  if (task === 'T5') return ['{"columns":["item"],"data":[["nothing"],["none"]]}'];
  if (task === 'T9') return ['A cookery book for beginners, with recipes for fish and a chapter on kitchen knives.'];
  return [
    document.split(/\s+/).find((word) => /^[A-Z][a-z]{3,}$/.test(word) && !answer.join(' ').includes(word)) ?? 'none',
  ];
}

/** Checks everything about a written draft that needs no model. */
export function checkDraft(task: TaskId, written: Written, text: string, rng: Random): Checked {
  const document = fold(text);
  const evidence = written.evidence.map((quote) => locate(document, quote));
  const missing = written.evidence.find((_, i) => evidence[i] === undefined);
  if (missing !== undefined) return refuse(`the evidence is not in the document: ${missing.slice(0, 80)}`);
  const said = claims(task, written);
  if (typeof said === 'string') return refuse(said);
  const invented = said.find((claim) => locate(document, claim) === undefined);
  if (invented !== undefined) return refuse(`the key is not in the document: ${invented.slice(0, 80)}`);
  const [only = ''] = written.answer;
  if (task === 'T1' && document.text.split(foldedText(only)).length > 2)
    return refuse(`the span stands twice: ${only}`);
  const wrongSum = task === 'T4' ? calculated(written, text) : undefined;
  if (wrongSum !== undefined) return refuse(wrongSum);
  if (task === 'T9') {
    const words = only.split(/\s+/).length;
    if (words < 15 || words > 300) return refuse(`the summary has ${words} words`);
    if (copied(only, document)) return refuse('the summary is a copy of the document');
  }
  const spans = evidence.filter((span) => span !== undefined);
  if (task === 'T2') {
    const chosen = options(written, rng);
    return typeof chosen === 'string' ? refuse(chosen) : { ok: true, keyed: { ...chosen, evidence: spans } };
  }
  const question = task === 'T8' ? `${written.question}\n${rng.shuffle(written.answer).join('\n')}` : written.question;
  const wrong = wrongKey(task, written, text);
  return { ok: true, keyed: { question, gold: written.answer, wrong, evidence: spans } };
}
