/**
 * @file The text of a PDF in the conventions of Markdown: headings, paragraphs, lists, tables with their captions before them, listings in
 * fences, footnotes after their section.
 */
import { renderTable } from '../../tables/render-table.ts';
import { headingLevels, type OutlineEntry, withMarker, withWholeTitle } from './headings.ts';
import { vocabularyOf } from './join-text.ts';
import { withoutLineNumbers } from './line-numbers.ts';
import { pageBlocks } from './page-blocks.ts';
import { type Element, Paragraphs, type TableElement, type TextElement } from './paragraphs.ts';
import { withoutRunningLines } from './running-lines.ts';
import { type Block, type Chunk, count, type Grid, type Line, type Omitted, type Page } from './shapes.ts';

/** Share of typewriter letters from which on they are the text. */
const mostlyMono = 0.85;

/** Height of the font that most letters have, and whether most letters are bold. */
function bodyStyle(lines: readonly Line[]): { bodySize: number; boldBody: boolean } {
  const letters = new Map<number, number>();
  let [bold, all] = [0, 0];
  for (const { size, text, bold: isBold, mono } of lines) {
    all += text.length;
    if (isBold) bold += text.length;
    // A manual may have more listings than text.
    const height = Math.round(size * 2) / 2;
    letters.set(height, (letters.get(height) ?? 0) + text.length * (mono ? 0.2 : 1));
  }
  const [most] = [...letters].sort((a, b) => b[1] - a[1]);
  return { bodySize: most?.[0] ?? 10, boldBody: bold > all / 2 };
}

const caption =
  /^(?:table|tab\.|exhibit|表|表格)\s*(?:\d[\d.\-–]*|[IVX]+|[A-Z]\.?\d*)\s*(?:[.:：|—–-]|\s(?=\p{Lu}|\p{Script=Han}|$)|$)/iu;
const isCaption = (element: Element | undefined): boolean =>
  element?.kind === 'text' && caption.test(element.text) && element.text.length < 700;

/** Captions that stand below their table are put above it. */
function withCaptionsAbove(elements: readonly Element[]): Element[] {
  const ordered = [...elements];
  for (let i = 1; i < ordered.length; i++) {
    const [above, below] = [ordered[i - 1], ordered[i]];
    if (above?.kind !== 'table' || below === undefined || !isCaption(below)) continue;
    const next = ordered[i + 1];
    // Between two tables it may be the caption of the next.
    if (isCaption(ordered[i - 2]) || (next?.kind === 'table' && next.page === below.page)) continue;
    [ordered[i - 1], ordered[i]] = [below, above];
  }
  return ordered;
}

/** Edges of the two parts of a table, in points. */
const sameEdge = 3;

/** True when a table at the top of a page is the rest of the one at the end of the page before: as wide, with as many columns. */
function isRest(last: TableElement, next: TableElement): boolean {
  const columns = ({ grid }: TableElement): number => (grid.header[0] ?? grid.rows[0])?.length ?? 0;
  const near = Math.abs(last.grid.x0 - next.grid.x0) < sameEdge && Math.abs(last.grid.x1 - next.grid.x1) < sameEdge;
  const sameHead = next.grid.header.length > 0 && JSON.stringify(next.grid.header) === JSON.stringify(last.grid.header);
  return next.page === last.page + 1 && columns(last) === columns(next) && (near || sameHead);
}

/** The parts of a table on several pages become one; a heading that is said again is left out. */
function withJoinedTables(elements: readonly Element[]): Element[] {
  const joined: Element[] = [];
  for (const element of elements) {
    const last = joined.at(-1);
    if (
      last?.kind !== 'table' ||
      element.kind !== 'table' ||
      element.grid.caption !== undefined ||
      !isRest(last, element)
    ) {
      joined.push(element);
      continue;
    }
    const heads = new Set(last.grid.header.map((row) => row.join('\n')));
    const rows = [...element.grid.header.filter((row) => !heads.has(row.join('\n'))), ...element.grid.rows];
    joined[joined.length - 1] = { ...element, grid: { ...last.grid, rows: [...last.grid.rows, ...rows] } };
  }
  return joined;
}

/** Marks of footnotes by page. */
const notesOf = (elements: readonly Element[]): Set<string> =>
  new Set(elements.flatMap((element) => (element.kind === 'note' ? [`${element.page} ${element.mark}`] : [])));

/** Raised marks that a footnote of the page answers become its label; others stay as they read. */
const withLabels = (text: string, page: number, notes: ReadonlySet<string>): string =>
  text.replace(/\ufdd0([^\ufdd1]*)\ufdd1/g, (_, mark: string) =>
    notes.has(`${page} ${mark}`) || notes.has(`${page + 1} ${mark}`) ? `[^${mark}]` : mark,
  );

/** A paragraph that begins like a heading or a table of Markdown and is none. */
const escaped = (text: string): string => text.replace(/^(?=#{1,6} |```|\|)/, '\\');

/** A row in a frame that belongs to no table reads as text. */
function renderedTable(grid: Grid): string {
  if (grid.part !== true) return renderTable(grid);
  return grid.rows.map((row) => [...new Set(row)].filter((cell) => cell !== '').join(' ')).join('\n');
}

/** An element as text. */
function rendered(element: Element, levels: ReadonlyMap<TextElement, number>): string {
  if (element.kind === 'table') return renderedTable(element.grid);
  if (element.kind === 'note') return `[^${element.mark}]: ${element.text}`;
  if (element.kind === 'code') return `\`\`\`\n${element.lines.join('\n').replaceAll('```', "'''")}\n\`\`\``;
  const level = levels.get(element);
  if (level !== undefined) return `${'#'.repeat(level)} ${withMarker(element)}`;
  return element.marker === undefined ? escaped(element.text) : withMarker(element);
}

/** What stands between two elements. */
function separator(before: Element | undefined, next: Element, levels: ReadonlyMap<TextElement, number>): string {
  if (before === undefined) return '';
  if (next.kind !== 'text' || before.kind !== 'text' || levels.has(next) || levels.has(before)) return '\n\n';
  const items = before.marker !== undefined && next.marker !== undefined;
  return items || (next.soft === true && next.marker === undefined) ? '\n' : '\n\n';
}

/** Joins all; notes are held back until their section ends. */
function joined(elements: readonly Element[], levels: ReadonlyMap<TextElement, number>): string {
  const notes = notesOf(elements);
  const parts: string[] = [];
  const held: Element[] = [];
  let before: Element | undefined;
  const put = (element: Element): void => {
    const text = rendered(element, levels);
    if (text === '') return;
    parts.push(separator(before, element, levels), withLabels(text, element.page, notes));
    before = element;
  };
  for (const element of elements) {
    if (element.kind === 'text' && levels.has(element)) for (const note of held.splice(0)) put(note);
    if (element.kind === 'note') held.push(element);
    else put(element);
  }
  for (const note of held) put(note);
  return parts.join('');
}

/** A document in one typewriter font has no listings: its font says nothing. */
function asProse(pages: readonly Page[]): readonly Page[] {
  const chunks = pages.flatMap(({ rows }) => rows.flatMap((row) => row.chunks));
  const letters = (of: readonly Chunk[]): number => of.reduce((sum, { text }) => sum + text.length, 0);
  if (letters(chunks.filter(({ mono }) => mono)) < mostlyMono * letters(chunks)) return pages;
  return pages.map((page) => ({
    ...page,
    rows: page.rows.map((row) => ({ ...row, chunks: row.chunks.map((chunk) => ({ ...chunk, mono: false })) })),
  }));
}

/** Lines of some blocks. */
const linesOf = (blocks: readonly Block[]): Line[] => blocks.filter((block) => block.kind === 'line');

/** The text of all pages. */
export function pdfText(pages: readonly Page[], outline: readonly OutlineEntry[], omitted: Omitted): string {
  const kept = withoutRunningLines(withoutLineNumbers(asProse(pages)));
  const gone = pages.reduce((sum, { rows }, i) => sum + rows.length - (kept[i]?.rows.length ?? 0), 0);
  count(omitted, 'pdf-running-line', gone);
  const known = vocabularyOf(
    kept.flatMap(({ rows }) => rows.map(({ chunks }) => chunks.map(({ text }) => text).join(' '))),
  );
  const regions = kept.map((page) => pageBlocks(page, known, omitted));
  const lines = regions.flat().flatMap(linesOf);
  const { bodySize, boldBody } = bodyStyle(lines);
  const paragraphs = new Paragraphs(known, bodySize);
  for (const [i, page] of kept.entries())
    for (const region of regions[i] ?? []) paragraphs.add(region, page.number, page.height);
  const elements = withWholeTitle(withCaptionsAbove(withJoinedTables(paragraphs.finish())), bodySize);
  return joined(elements, headingLevels(elements, { bodySize, boldBody, outline }));
}
