/**
 * @file A context, a question and the task's answer contract as the text of a prompt. Documents stand in their own words, each under one line
 * that numbers and names it; nothing else is added to them.
 */
import type { Span } from '../../corpus/document.ts';
import { type TaskId, tasks } from '../../tasks/task.ts';
import type { QuestionLanguage } from './language.ts';
import type { Context, ContextDocument, Proof, QuestionDraft, QuestionGenerator } from './question.ts';

/** Where the question stands. */
export const questionPlaces = ['after', 'before', 'both'] as const;

/** Before the documents, behind them, or both. */
export type QuestionPlace = (typeof questionPlaces)[number];

/** A run of a document's characters and where it begins in the prompt. */
interface Shown {
  readonly document: string;
  readonly span: Span;
  readonly at: number;
}

/** A prompt, with the way from a document's characters to its own. */
export interface RenderedPrompt {
  readonly text: string;
  /** The documents with their heads, as they stand in `text`. */
  readonly context: string;
  /** Where in `text` a proof begins and ends; undefined where it was cut out. */
  place(proof: Proof): Span | undefined;
}

/** The sentence that tells how to write the answer. */
export const contractOf = (
  { task, contract }: Pick<QuestionGenerator, 'task' | 'contract'>,
  language: QuestionLanguage,
): string =>
  contract?.[language] ??
  (language === 'zh' ? tasks[task as TaskId].answerFormatZh : tasks[task as TaskId].answerFormat);

/** The line above a document. */
export const headOf = (language: QuestionLanguage, number: number, title: string): string =>
  language === 'zh' ? `=== 文档 ${number}：${title} ===` : `=== Document ${number}: ${title} ===`;

/** What is left of a span when others are cut out of it, in order. */
function remaining(span: Span, cuts: readonly Span[]): Span[] {
  const left: Span[] = [];
  let from = span.start;
  for (const { start, end } of [...cuts].sort((a, b) => a.start - b.start)) {
    if (end <= from || start >= span.end) continue;
    if (start > from) left.push({ start: from, end: start });
    from = Math.max(from, end);
  }
  if (from < span.end) left.push({ start: from, end: span.end });
  return left;
}

function body(
  { document, span }: ContextDocument,
  cuts: readonly Span[],
  from: number,
): { text: string; shown: Shown[] } {
  const shown: Shown[] = [];
  let text = '';
  for (const run of remaining(span, cuts)) {
    // What stood before and behind a cut are two paragraphs.
    const raw = document.text.slice(run.start, run.end);
    const lead = raw.length - raw.trimStart().length;
    const words = raw.trim();
    if (words === '') continue;
    if (text !== '') text += '\n\n';
    const start = run.start + lead;
    shown.push({ document: document.id, span: { start, end: start + words.length }, at: from + text.length });
    text += words;
  }
  return { text, shown };
}

/** @param question The question as it was said, without the answer contract. */
export function renderPrompt(
  context: Context,
  draft: Pick<QuestionDraft, 'cuts'>,
  { question, contract, place = 'after' }: { question: string; contract: string; place?: QuestionPlace },
): RenderedPrompt {
  const asked = `${question}\n${contract}`;
  const lead = place === 'after' ? '' : `${place === 'both' ? question : asked}\n\n`;
  const shown: Shown[] = [];
  let text = lead;
  for (const [i, entry] of context.documents.entries()) {
    const head = headOf(context.language, i + 1, entry.title);
    text += `${i === 0 ? '' : '\n\n'}${head}\n\n`;
    const cuts = (draft.cuts ?? []).filter(({ document }) => document.id === entry.document.id).map(({ span }) => span);
    const written = body(entry, cuts, text.length);
    shown.push(...written.shown);
    text += written.text;
  }
  const end = text.length;
  if (place !== 'before') text += `\n\n${asked}`;
  const placeOf = ({ document, span }: Proof): Span | undefined => {
    const run = shown.find(
      ({ document: id, span: own }) => id === document.id && own.start <= span.start && span.end <= own.end,
    );
    if (run === undefined) return undefined;
    const start = run.at + span.start - run.span.start;
    return { start, end: start + span.end - span.start };
  };
  return { text, context: text.slice(lead.length, end), place: placeOf };
}
