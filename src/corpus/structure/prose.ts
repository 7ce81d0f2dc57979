/**
 * @file The prose of a text, in which facts are looked for: its sentences, cut at headings, tables, fenced blocks, the heads of turns and
 * the marks of lists.
 */
import type { Span } from '../document.ts';
import type { Table } from '../tables/table.ts';
import type { List } from './lists.ts';
import type { Section } from './sections.ts';
import { fencedLines, linesOf } from './text-lines.ts';

/** What stands around the prose, and what was found in it. */
export interface ProseParts {
  readonly sentences: readonly Span[];
  readonly paragraphs: readonly Span[];
  readonly sections: readonly Section[];
  readonly lists: readonly List[];
  readonly tables: readonly Table[];
  readonly turns: readonly { readonly span: Span; readonly bodyStart: number }[];
}

/** What finders of facts read. */
export interface Prose extends Omit<ProseParts, 'turns'> {
  readonly text: string;
  /** Tables, fenced blocks and heads of turns, in order and apart. */
  readonly skipped: readonly Span[];
  /** What is said in turns, in order. */
  readonly spoken: readonly Span[];
  /** Of the sections, in order of their beginnings; inner ones lie within outer ones. */
  readonly sectionSpans: readonly Span[];
}

/** Longer ones are no sentences that anyone reads. */
export const longestSentence = 3000;

/** Index of the last span that begins at or before a place; -1 where none does. */
export function lastBefore(spans: readonly Span[], at: number): number {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.start ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The one of spans in order and apart that a place lies in. */
export function spanAt(spans: readonly Span[], at: number): Span | undefined {
  const span = spans[lastBefore(spans, at)];
  return span !== undefined && at < span.end ? span : undefined;
}

/** The fenced blocks of a text. */
export function findFences(text: string): Span[] {
  const spans: { start: number; end: number }[] = [];
  if (!text.includes('```') && !text.includes('~~~')) return spans;
  const lines = linesOf(text);
  for (const i of fencedLines(lines)) {
    const { start = 0, text: words = '' } = lines[i] ?? {};
    const last = spans.at(-1);
    if (last !== undefined && last.end + 1 === start) last.end = start + words.length;
    else spans.push({ start, end: start + words.length });
  }
  return spans;
}

/** In order, overlapping ones made one. */
function united(spans: readonly Span[]): Span[] {
  const out: { start: number; end: number }[] = [];
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    const last = out.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else out.push({ start, end });
  }
  return out;
}

function trimmed(text: string, start: number, end: number): Span {
  let [from, to] = [start, end];
  while (from < to && text.charCodeAt(from) <= 32) from++;
  while (to > from && text.charCodeAt(to - 1) <= 32) to--;
  return { start: from, end: to };
}

/** What of the spans is left outside of the cuts. */
function without(text: string, spans: readonly Span[], cuts: readonly Span[]): Span[] {
  const out: Span[] = [];
  let at = 0;
  for (const { start, end } of spans) {
    let from = start;
    while ((cuts[at]?.end ?? Number.POSITIVE_INFINITY) <= from) at++;
    for (let next = at; (cuts[next]?.start ?? Number.POSITIVE_INFINITY) < end; next++) {
      const cut = cuts[next] as Span;
      if (cut.start > from) out.push(trimmed(text, from, cut.start));
      from = Math.max(from, cut.end);
    }
    if (from < end) out.push(trimmed(text, from, end));
  }
  return out.filter((span) => span.end > span.start);
}

/** Where the line of a place begins. */
export const lineStart = (text: string, at: number): number => (at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1);

/** The prose between all the rest. */
export function proseOf(text: string, parts: ProseParts): Prose {
  const { sections, lists, tables, turns, paragraphs } = parts;
  const skipped = united([
    ...findFences(text),
    ...tables.map(({ span }) => span),
    ...turns.map(({ span, bodyStart }) => ({ start: span.start, end: bodyStart })),
  ]);
  const marks = lists.flatMap(({ items }) =>
    items.map(({ span }) => ({ start: lineStart(text, span.start), end: span.start })),
  );
  const heads = sections.map(({ span, bodyStart }) => ({ start: span.start, end: bodyStart }));
  const sentences = without(text, parts.sentences, united([...skipped, ...marks, ...heads]));
  const sectionSpans = sections.map(({ span }) => span);
  const spoken = turns.map(({ span, bodyStart }) => ({ start: bodyStart, end: span.end }));
  return { text, sentences, paragraphs, sections, lists, tables, skipped, spoken, sectionSpans };
}

/** White space as single blanks. */
export const oneLine = (words: string): string => words.replace(/\s+/g, ' ').trim();
