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
import { shownOf } from './shown-documents.ts';

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

/**
 * The form that a draft is decoded by; undefined where the document offers too little to choose from, and for tasks whose keys are
 * calculated, tabled, matched or ordered: those take the form of the task.
 */
export function choiceSchemaOf(task: TaskId, document: Document): z.ZodType | undefined {
  const { language } = document;
  const { text } = shownOf(document);
  const sentences = findSentences(text).map(({ start, end }) => text.slice(start, end));
  const quotes = [...new Set(sentences.filter((one) => one.length >= 20 && one.length <= 240))].slice(0, most);
  const spans = spansOf(text);
  const lower = text.toLowerCase();
  const once = spans.filter((one) => lower.split(one.toLowerCase()).length === 2).slice(0, most);
  const named = spans.slice(0, most);
  if (quotes.length < 2 || once.length < 4 || named.length < 8) return undefined;
  const english = language === 'en';
  const from = z.array(z.int().min(1).max(6)).min(1).max(2);
  const says = z.string().min(1).max(80);
  const facts = z
    .array(z.object({ quote: oneOf(quotes), says }))
    .min(1)
    .max(6);
  const reason = z.string().min(1).max(120);
  const asked = english ? z.string().regex(question) : z.string().min(8).max(120);
  const items = (text: Choice, least: number, most: number): z.ZodType =>
    z.array(z.object({ from, text })).min(least).max(most);
  const begin = { facts, reason };
  if (task === 'T1') return z.object({ ...begin, answer: items(oneOf(once), 1, 1), question: asked });
  if (task === 'T3') return z.object({ ...begin, answer: items(oneOf(named), 2, 6), question: asked });
  if (task === 'T2') {
    const distractor = z.object({ why: says, text: oneOf(named) });
    const distractors = z.array(distractor).length(3);
    return z.object({ ...begin, answer: items(oneOf(named), 1, 1), question: asked, distractors });
  }
  if (task === 'T9' && english)
    return z.object({ ...begin, answer: items(says, 3, 3), summary: z.string().regex(sentence), question: asked });
  return undefined;
}
