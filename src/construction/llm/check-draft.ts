/**
 * @file What of a written draft can be checked without trusting a model: quotes stand in the document, the key stands beside them (or
 * follows from figures that do), options are distinct and of the document, the question does not tell the key.
 */
import { z } from 'zod';
import type { Span } from '../../corpus/document.ts';
import type { Random } from '../../random.ts';
import { mathEqual } from '../../rewards/index.ts';
import type { TaskId } from '../../tasks/task.ts';
import { aroundQuotes, type Folded, fold, foldedText, locate, timesStanding } from '../gates/locate.ts';
import { keyItems, type Written } from './draft.ts';

/** A sample's question and key as they will be used. */
export interface Keyed {
  readonly question: string;
  readonly gold: readonly string[];
  /** A key of the same form that is wrong: what an honest judge refuses. */
  readonly wrong: readonly string[];
  readonly evidence: readonly Span[];
}

/** A draft with its key, or why it is discarded. */
export type Checked = { readonly ok: true; readonly keyed: Keyed } | { readonly ok: false; readonly why: string };
const refuse = (why: string): Checked => ({ ok: false, why });

const letters = ['A', 'B', 'C', 'D', 'E'] as const;

const hanShare = (text: string): number =>
  (text.match(/\p{Script=Han}/gu)?.length ?? 0) / Math.max(1, text.match(/\p{L}/gu)?.length ?? 0);

/** Words by which options are told apart: no marks, no articles. */
const bareWords = (text: string): string[] =>
  (foldedText(text).match(/\p{Script=Han}|(?!\p{Script=Han})[\p{L}\p{N}]+/gu) ?? []).filter(
    (word) => !/^(?:the|an?)$/.test(word),
  );

/** An option speaks of the document when half of what it is made of stands there: words of some length, figures, pairs of characters. */
function isOfDocument(option: string, document: Folded): boolean {
  const words = bareWords(option);
  const parts =
    hanShare(option) > 0.5
      ? words.slice(1).map((word, i) => `${words[i]}${word}`)
      : words.filter((word) => word.length > 3 || /\d/.test(word));
  // Inflected words keep their stem.
  const found = parts.filter((part) => document.text.includes(part.length > 5 ? part.slice(0, 5) : part));
  return parts.length === 0 || 2 * found.length >= parts.length;
}

function options(written: Written, document: Folded, rng: Random): Omit<Keyed, 'evidence'> | string {
  const { question, answer, distractors } = written;
  const [right] = answer;
  if (right === undefined) return 'a choice has one right option, got none';
  const all = [right, ...distractors];
  if (distractors.length < 3) return `got ${distractors.length} distractors, expected 3`;
  if (new Set(all.map((option) => bareWords(option).join(' '))).size < all.length) return 'two options are equal';
  const foreign = all.find((option) => !isOfDocument(option, document));
  if (foreign !== undefined) return `the option is not of the document: ${foreign.slice(0, 80)}`;
  const asked = foldedText(question);
  const told = all.filter((option) => timesStanding(asked, foldedText(option)) > 0);
  if (told.includes(right) && told.length < all.length) return `the question tells the key: ${right.slice(0, 80)}`;
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

/** @param proved The passages around the evidence. */
function calculated({ answer, expression }: Written, proved: string): string | undefined {
  const [number = ''] = answer;
  if (!/^-?[\d,]+(?:\.\d+)?$/.test(number)) return `the key is no number: ${number}`;
  if (!/^[\d\s.,+\-*/()]+$/.test(expression)) return `the expression is no arithmetic: ${expression.slice(0, 80)}`;
  const known = new Set(numbersOf(proved));
  const operands = numbersOf(expression);
  const foreign = operands.find((figure) => !known.has(figure) && !constants.has(figure));
  if (foreign !== undefined) return `the figure ${foreign} does not stand by the evidence`;
  if (operands.filter((figure) => known.has(figure)).length < 2)
    return 'the expression has fewer than two figures of the document';
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

const nothing = {
  en: {
    name: 'nobody',
    table: '{"columns":["item"],"data":[["nothing"],["none"]]}',
    summary: 'A cookery book for beginners, with recipes for fish and a chapter on kitchen knives.',
  },
  zh: {
    name: '无人',
    table: '{"columns":["项目"],"data":[["没有"],["全无"]]}',
    summary: '这是一本写给初学者的菜谱，讲怎样做鱼，另有一章介绍厨房用的刀具。',
  },
} as const;

/** A span of the document that is none of the key, in its language. */
function otherSpan(document: string, key: string, chinese: boolean): string {
  const spans = document.match(chinese ? /\p{Script=Han}{2,4}/gu : /\b[A-Z][a-z]{3,}\b/g) ?? [];
  return spans.find((span) => !key.includes(span)) ?? nothing[chinese ? 'zh' : 'en'].name;
}

function wrongKey(task: TaskId, { answer }: Written, document: string): readonly string[] {
  const chinese = hanShare(document) > 0.2;
  const no = nothing[chinese ? 'zh' : 'en'];
  const [first = ''] = answer;
  if (task === 'T3') return [otherSpan(document, answer.join(' '), chinese)];
  if (task === 'T6') return [`F1: ${no.name}`];
  if (task === 'T4') return [String(Number(first.replaceAll(',', '')) * 3 + 17)];
  if (task === 'T7' || task === 'T8') return answer.toReversed();
  if (task === 'T5') return [no.table];
  if (task === 'T9') return [no.summary];
  return [otherSpan(document, answer.join(' '), chinese)];
}

/** A quote shorter than this proves nothing, unless it is a line of its own (a cell, a field). */
const leastQuote = { letters: 8, han: 5 };

function isQuote(quote: string, text: string, { start, end }: Span): boolean {
  const han = quote.match(/\p{Script=Han}/gu)?.length ?? 0;
  if (han >= leastQuote.han || (quote.match(/[\p{L}\p{N}]/gu)?.length ?? 0) >= leastQuote.letters) return true;
  const line = text.slice(
    text.lastIndexOf('\n', start - 1) + 1,
    text.indexOf('\n', end) < 0 ? undefined : text.indexOf('\n', end),
  );
  return line.trim().length > 3 && foldedText(line) === foldedText(quote);
}

/** Checks everything about a written draft that needs no model. */
export function checkDraft(task: TaskId, written: Written, text: string, rng: Random): Checked {
  const document = fold(text);
  const evidence: Span[] = [];
  for (const quote of written.evidence) {
    const span = locate(document, quote);
    if (span === undefined) return refuse(`the evidence is not in the document: ${quote.slice(0, 80)}`);
    if (!isQuote(quote, text, span)) return refuse(`the evidence is too short to prove anything: ${quote}`);
    evidence.push(span);
  }
  if (hanShare(written.question) > 0.2 !== hanShare(text) > 0.2) return refuse('the question is in another language');
  const said = claims(task, written);
  if (typeof said === 'string') return refuse(said);
  const invented = said.find((claim) => locate(document, claim, true) === undefined);
  if (invented !== undefined) return refuse(`the key is not in the document: ${invented.slice(0, 80)}`);
  const [only = ''] = written.answer;
  if (task === 'T1' && timesStanding(document.text, foldedText(only)) > 1)
    return refuse(`the span stands twice: ${only}`);
  const passages = aroundQuotes(text, evidence).map(fold);
  const unproved = said.find((claim) => passages.every((passage) => locate(passage, claim, true) === undefined));
  if (unproved !== undefined) return refuse(`the evidence does not show ${unproved.slice(0, 80)}`);
  const wrongSum = task === 'T4' ? calculated(written, passages.map((passage) => passage.text).join('\n')) : undefined;
  if (wrongSum !== undefined) return refuse(wrongSum);
  if (task === 'T9') {
    const words = only.split(/\s+/).length;
    const length = hanShare(only) > 0.5 ? bareWords(only).length / 1.5 : words;
    if (length < 15 || length > 300) return refuse(`the summary has ${Math.round(length)} words`);
    if (copied(only, document)) return refuse('the summary is a copy of the document');
  }
  if (task === 'T2') {
    const chosen = options(written, document, rng);
    return typeof chosen === 'string' ? refuse(chosen) : { ok: true, keyed: { ...chosen, evidence } };
  }
  const question = task === 'T8' ? `${written.question}\n${rng.shuffle(written.answer).join('\n')}` : written.question;
  return { ok: true, keyed: { question, gold: written.answer, wrong: wrongKey(task, written, text), evidence } };
}
