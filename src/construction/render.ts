/**
 * @file Renders a problem over its dossier as the text of a prompt.
 * Short: one line a record (256 to 1K tokens, for the micro policy). Long: the documents' full texts, among other documents
 * where the length asks for it (for real models).
 */
import type { Document, Span } from '../corpus/document.ts';
import { tasks } from '../tasks/task.ts';
import { fieldNotes } from './field-notes.ts';
import type { Dossier, Draft, Rendering } from './generator.ts';
import { recordLine } from './synthetic/dossier.ts';

const capitalize = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** The short context: a heading and one line for each record. */
export function shortContext(dossier: Dossier): string {
  return `${capitalize(dossier.family)}:\n${dossier.records.map(recordLine).join('\n')}`;
}

/** The document without a span, and without the line that the span was. */
export function withoutSpan(text: string, span: Span): string {
  const lineStart = text.lastIndexOf('\n', span.start - 1) + 1;
  const lineEnd = text.indexOf('\n', span.end);
  return text.slice(0, lineStart) + (lineEnd < 0 ? '' : text.slice(lineEnd + 1));
}

/** What stands above a document: the name that questions call its record by, otherwise its title. */
export const headingOf = ({ record, title }: Document): string => record?.key ?? title;

/** One document under its heading. A cut document loses the lines that are the reference of the question. */
function documentBlock(document: Document, cuts: Draft['cuts'] = []): string {
  const mine = cuts.filter((cut) => cut.document === document.id);
  const text = mine.reduce((rest, cut) => withoutSpan(rest, cut.span), document.text);
  return `# ${headingOf(document)}\n\n${text}`;
}

/** The long context: every document in full, under its title, in the order given. */
function longContext(documents: readonly Document[], cuts: Draft['cuts'] = []): string {
  return documents.map((document) => documentBlock(document, cuts)).join('\n\n');
}

/** What follows the context: the notes on the fields (long only), the question, the answer format. */
export function promptTail(dossier: Dossier, draft: Draft, rendering: Rendering): string {
  const notes = rendering === 'short' ? '' : `${fieldNotes(dossier)}\n\n`;
  return `\n\n${notes}${draft.question}\n${tasks[draft.task].answerFormat}`;
}

/**
 * The whole prompt: context, question, answer format.
 *
 * @param documents Long only: the documents in the order in which they stand; the dossier's own by default.
 */
export function renderPrompt(
  dossier: Dossier,
  draft: Draft,
  rendering: Rendering,
  documents?: readonly Document[],
): string {
  const own = dossier.records.map((record) => record.document);
  const context = rendering === 'short' ? shortContext(dossier) : longContext(documents ?? own, draft.cuts);
  return context + promptTail(dossier, draft, rendering);
}

/** The response that a careful reader gives: rationale in the thinking, then the answer area. Scores 1 under every profile. */
export function renderResponse(draft: Pick<Draft, 'rationale' | 'gold'>): string {
  return `${draft.rationale}\n</think>\n[Answer]\n${draft.gold.join('\n')}`;
}
