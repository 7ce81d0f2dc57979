/**
 * @file The paragraph in which an author says what a table shows: it stands near the table, under the same heading, and its figures are cells
 * of the table or what they come to.
 */
import type { Span } from '../../../../corpus/document.ts';
import type { Table } from '../../../../corpus/tables/table.ts';
import type { ContextDocument } from '../../question.ts';
import { leans, withoutNotes } from '../../views/summaries/borne-out.ts';
import { sizeOf } from '../../views/summaries/own-summaries.ts';
import { reckonedFigures } from '../../views/summaries/reckoned-figures.ts';
import { sentencesOf } from '../../views/summaries/summary-worth.ts';
import { sectionAt } from '../../views/tables/data-table.ts';
import { type ReportTable, reportTables } from '../../views/tables/report-tables.ts';

/** A table with what its author says of it. */
export interface Commentary {
  readonly table: ReportTable;
  readonly place: Span;
  /** All of what the author says there: no prompt shows it. */
  readonly paragraph: Span;
  /** The sentences of it that the table backs. */
  readonly words: string;
}

/** Words, in Chinese signs, of a commentary; figures that it tells, and those of them that are cells. */
const least = { en: 22, zh: 40, figures: 4, cells: 2 } as const;
const most = { en: 170, zh: 320 } as const;
/** Characters between a table and its paragraph. */
const near = 900;

const figuresIn = (text: string): string[] => text.match(/\d+(?:,\d{3})*(?:\.\d+)?/g) ?? [];
const bare = (figure: string): string => figure.replace(/,/g, '');

/** Why something came about is told by no table. */
const reasons =
  /\bbecause\b|\bdue to\b|\bowing to\b|\bthanks to\b|\bas a result\b|\b(?:I|we|our|us)\b|因为|由于|主要是|得益于|原因|受.{1,12}影响|我们/i;

/** Numbers of tables, quarters and years are no figures of it. */
const aside = /\b(?:table|figure|chart|note)\s*\d+|(?:表|图)\s*\d+|(?<!\d)(?:19|20)\d\d(?!\d)(?:年)?/gi;

function backed(sentence: string, cells: ReadonlySet<string>, reckoned: ReadonlySet<string>): boolean {
  const figures = figuresIn(sentence.replace(aside, ' '));
  return (
    figures.length > 0 &&
    !reasons.test(sentence) &&
    figures.every((figure) => cells.has(bare(figure)) || reckoned.has(figure) || reckoned.has(bare(figure)))
  );
}

/** Share of the paragraph that the table backs, at least. */
const leastKept = 0.66;
/** Rows that the author speaks of by name, at least. */
const leastNamed = 2;

function wordsOf(text: string, table: string, rows: readonly string[]): string | undefined {
  const language = /\p{Script=Han}/u.test(text) ? 'zh' : 'en';
  const cells = new Set(figuresIn(table).map(bare));
  const reckoned = reckonedFigures(table);
  const all = sentencesOf(withoutNotes(text));
  const kept = all.filter((sentence) => backed(sentence, cells, reckoned));
  // A part of what the author says shows the table in another light.
  const share = kept.join('').length / Math.max(1, all.join('').length);
  if (share < leastKept || leans(kept[0] ?? '')) return undefined;
  const words = kept.join(language === 'zh' ? '' : ' ').replace(/\s+/g, ' ');
  const figures = [...new Set(figuresIn(words.replace(aside, ' ')).map(bare))];
  const size = sizeOf(words);
  const said = words.toLowerCase();
  const fits =
    rows.filter((name) => said.includes(name.toLowerCase())).length >= leastNamed &&
    size >= least[language] &&
    size <= most[language] &&
    figures.length >= least.figures &&
    figures.filter((figure) => cells.has(figure)).length >= least.cells;
  return fits ? words : undefined;
}

const isNear = (a: Span, b: Span): boolean => Math.max(a.start, b.start) - Math.min(a.end, b.end) <= near;

function commentaryOf(entry: ContextDocument, table: ReportTable, raw: Table): Commentary | undefined {
  const { document, facts } = entry;
  const section = sectionAt(facts, raw.span);
  const whole = { start: Math.min(raw.span.start, raw.caption?.span.start ?? raw.span.start), end: raw.span.end };
  const found = facts.paragraphs.flatMap((paragraph): Commentary[] => {
    const text = document.text.slice(paragraph.start, paragraph.end);
    const inside = paragraph.start >= whole.start && paragraph.end <= whole.end;
    if (inside || /^\s*[|#]|\n\s*\|/.test(text) || !isNear(paragraph, whole)) return [];
    if (sectionAt(facts, paragraph) !== section) return [];
    const names = table.rows.map(({ name }) => name);
    const words = wordsOf(text, document.text.slice(raw.span.start, raw.span.end), names);
    const place = { start: Math.min(paragraph.start, whole.start), end: Math.max(paragraph.end, whole.end) };
    return words === undefined ? [] : [{ table, place, paragraph, words }];
  });
  // Two paragraphs on one table would each be a part of the answer.
  return found.length === 1 ? found[0] : undefined;
}

/** The tables of a document with what is said of them. */
export function commentariesOf(entry: ContextDocument): Commentary[] {
  return reportTables(entry).flatMap((table) => {
    const [first] = table.rows;
    const raw = entry.facts.tables.find(
      ({ span }) => first !== undefined && span.start <= first.label.span.start && first.label.span.end <= span.end,
    );
    const commentary = raw === undefined ? undefined : commentaryOf(entry, table, raw);
    return commentary === undefined ? [] : [commentary];
  });
}
