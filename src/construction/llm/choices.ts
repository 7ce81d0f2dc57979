/**
 * @file What a weak model may choose from: the document's own sentences as evidence, its names, figures and dates as keys. Under a server
 * that decodes by schema an invented quote is then impossible to write. Only the form for decoding is narrowed; the checks afterwards are
 * the same for everyone.
 */
import { z } from 'zod';
import type { Document } from '../../corpus/document.ts';
import { findDates } from '../../corpus/facts/dates.ts';
import { findNames } from '../../corpus/facts/names.ts';
import { findNumbers } from '../../corpus/facts/numbers.ts';
import { findSentences } from '../../corpus/structure/sentences.ts';
import type { TaskId } from '../../tasks/task.ts';
import { fold, locate } from '../gates/locate.ts';
import { writtenSchemaOf } from './draft.ts';

/** Servers compile every choice into their grammar; hosted ones bound them. */
const most = 100;

/** A question, in English. Small models otherwise repeat the material or the mark around it. */
const question = /^(?:What|Which|Who|When|Where|Why|How) [a-zA-Z0-9 ,.'()-]{10,120}\?$/;
const sentence = /^[A-Z][a-zA-Z0-9 ,.;:'()-]{120,700}\.$/;

type Choice = z.ZodType<string>;
const oneOf = (texts: readonly string[]): Choice => z.enum(texts as [string, ...string[]]);

function spansOf(text: string): string[] {
  const names = findNames(text, 1).map(({ name }) => name);
  const spans = [...findDates(text), ...findNumbers(text)].map(({ span }) => text.slice(span.start, span.end));
  const short = [...names, ...spans].filter((one) => one.length > 1 && one.length <= 60 && !one.includes('\n'));
  const folded = fold(text);
  return [...new Set(short)].filter((one) => locate(folded, one, true) !== undefined);
}

/** The form that a draft is decoded by; undefined where the document offers too little to choose from. */
export function choiceSchemaOf(task: TaskId, { text, language }: Document): z.ZodType | undefined {
  const sentences = findSentences(text).map(({ start, end }) => text.slice(start, end));
  const quotes = [...new Set(sentences.filter((one) => one.length >= 20 && one.length <= 240))].slice(0, most);
  const spans = spansOf(text);
  const lower = text.toLowerCase();
  const once = spans.filter((one) => lower.split(one.toLowerCase()).length === 2).slice(0, most);
  const named = spans.slice(0, most);
  if (quotes.length < 2 || once.length < 4 || named.length < 8) return undefined;
  const english = language === 'en';
  const keys: Readonly<Partial<Record<TaskId, z.ZodType>>> = {
    T1: z.array(oneOf(once)).length(1),
    T2: z.array(oneOf(named)).length(1),
    T3: z.array(oneOf(named)).min(2).max(6),
    T6: z.array(oneOf(named.slice(0, 30).flatMap((name) => [1, 2, 3].map((i) => `F${i}: ${name}`)))).length(3),
    T7: z.array(oneOf(named)).min(4).max(6),
    T8: z.array(oneOf(named)).min(4).max(6),
    ...(english ? { T9: z.array(z.string().regex(sentence)).length(1) } : {}),
  };
  const { answer, distractors, expression } = writtenSchemaOf(task).shape;
  // Evidence and key come first: the question is then written about them.
  return z.strictObject({
    evidence: z.array(oneOf(quotes)).min(1).max(6),
    answer: keys[task] ?? answer,
    distractors: task === 'T2' ? z.array(oneOf(named)).length(3) : distractors,
    expression,
    question: english ? z.string().regex(question) : z.string().min(8).max(120),
    rationale: z.string().min(1).max(120),
  });
}
