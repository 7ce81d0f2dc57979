/** @file A document as the pipeline sees it, as lines for a terminal. */
import { fitted, wrap } from './columns.ts';
import { type DocumentLook, type OutlineEntry, sectionLabel } from './document-look.ts';
import { drawTable } from './draw-table.ts';

/** How much is shown. */
export interface LinesOptions {
  /** Columns; default 80. */
  readonly width?: number;
  /** Everything, not the first of each kind. */
  readonly full?: boolean;
}

/** Entries of each kind that are shown. */
const shown = { outline: 30, tables: 5, rows: 8, speakers: 12, names: 12, lists: 5, items: 6, facts: 8 };

const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

class Writer {
  readonly lines: string[] = [];
  readonly width: number;
  private readonly full: boolean;

  constructor({ width = 80, full = false }: LinesOptions) {
    this.width = width;
    this.full = full;
  }

  most(limit: number): number {
    return this.full ? Number.POSITIVE_INFINITY : limit;
  }

  title(text: string): void {
    this.lines.push('', fitted(text, this.width));
  }

  /** One line, cut to the width. */
  line(text: string, indent = 2): void {
    this.lines.push(' '.repeat(indent) + fitted(text, this.width - indent));
  }

  /** As many lines as it takes. */
  text(text: string, indent = 2): void {
    this.lines.push(...wrap(text, this.width - indent, '  ').map((line) => ' '.repeat(indent) + line));
  }

  /** The first entries of a kind under a title that counts them; nothing where there is none. */
  list<T>(title: string, entries: readonly T[], limit: number, write: (entry: T, i: number) => void): void {
    if (entries.length === 0) return;
    this.title(`${title}: ${entries.length}`);
    const first = entries.slice(0, this.most(limit));
    for (const [i, entry] of first.entries()) write(entry, i);
    if (entries.length > first.length) this.line(`... ${entries.length - first.length} more`);
  }
}

interface Row {
  readonly entry: OutlineEntry;
  readonly depth: number;
}

/** The outline from top to bottom; without recursion, as a text may nest as deep as it likes. */
function flat(outline: readonly OutlineEntry[]): Row[] {
  const rows: Row[] = [];
  const open: Row[] = outline.map((entry) => ({ entry, depth: 0 })).reverse();
  for (let row = open.pop(); row !== undefined; row = open.pop()) {
    rows.push(row);
    const depth = row.depth + 1;
    for (const entry of [...row.entry.inner].reverse()) open.push({ entry, depth });
  }
  return rows;
}

function head(look: DocumentLook, writer: Writer): void {
  const { id, title, kind, language, languageParts, licence, measures } = look;
  const others = [...new Set(languageParts.map((part) => part.language))].filter((part) => part !== language);
  writer.line(title === id ? id : `${id}: ${title}`, 0);
  writer.text(
    `kind ${kind}, language ${language}${others.length === 0 ? '' : ` (parts in ${others.join(', ')})`}, ${measures.words} words, about ${measures.tokens} tokens, licence ${licence}`,
    0,
  );
}

function structureLines(look: DocumentLook, writer: Writer): void {
  writer.list('Outline, sections', flat(look.outline), shown.outline, ({ entry, depth }) =>
    writer.line(sectionLabel(entry), 2 + 2 * Math.min(depth, 10)),
  );
  writer.list('Tables', look.tables, shown.tables, (table, i) => {
    writer.line(`${i + 1}. ${counted(table.rows.length, 'row')}, ${counted(table.columns.length, 'column')}`);
    for (const line of drawTable(table, writer.width - 5, writer.most(shown.rows))) writer.lines.push(`     ${line}`);
  });
  if (look.turns.length > 0) writer.title(`Conversation, turns: ${look.turns.length}`);
  writer.list('Speakers', look.speakers, shown.speakers, ({ speaker, turns, characters }) =>
    writer.line(`${speaker}: ${counted(turns, 'turn')}, ${characters} characters`),
  );
  for (const [kind, names] of Object.entries(look.names)) {
    const first = names.slice(0, writer.most(shown.names));
    const more = names.length > first.length ? `, ... ${names.length - first.length} more` : '';
    writer.title(`Names, ${kind}: ${names.length}`);
    writer.text(first.map(({ name, mentions }) => `${name} (${mentions})`).join(', ') + more);
  }
}

function factLines(look: DocumentLook, writer: Writer): void {
  writer.list('Lists and steps', look.lists, shown.lists, ({ steps, ordered, items }) => {
    const kind = steps ? 'steps' : ordered ? 'numbered list' : 'list';
    writer.line(`${kind} of ${items.length}`);
    for (const { marker, text } of items.slice(0, writer.most(shown.items))) writer.line(`${marker} ${text}`, 4);
    if (items.length > writer.most(shown.items)) writer.line(`... ${items.length - shown.items} more`, 4);
  });
  writer.list('Definitions', look.definitions, shown.facts, ({ term, meaning }) => writer.line(`${term}: ${meaning}`));
  writer.list('References', look.references, shown.facts, ({ label, to, target }) =>
    writer.line(`${label} (${to}) > ${target?.text ?? 'not in this text'}`),
  );
  writer.list('Quotations', look.quotations, shown.facts, ({ text, speaker }) =>
    writer.line(`${speaker ?? 'nobody named'}: ${text}`),
  );
  writer.list('Events', look.events, shown.facts, ({ iso, text }) => writer.line(`${iso}  ${text}`));
  writer.list('Quantities', look.quantities, shown.facts, ({ text, value, unit, measures }) =>
    writer.line(`${text} = ${value} ${unit}${measures === undefined ? '' : `: ${measures}`}`),
  );
  writer.list('Summaries by the author', look.summaries, shown.facts, ({ kind, text, span }) =>
    writer.line(`${kind}, characters ${span.start} to ${span.end}: ${text}`),
  );
}

function taskLines({ tasks, omitted }: DocumentLook, writer: Writer): void {
  writer.list(
    'Tasks that it can serve',
    tasks.filter(({ serves }) => serves.length > 0),
    tasks.length,
    (task) => writer.text(`${task.task} ${task.ability}: ${task.serves.join(', ')}`),
  );
  writer.list(
    'Tasks that it cannot',
    tasks.filter(({ serves }) => serves.length === 0),
    tasks.length,
    (task) => writer.text(`${task.task} ${task.ability}: ${task.lacks.join(' | ')}`),
  );
  writer.list('Left out, not told for sure', Object.entries(omitted), Number.POSITIVE_INFINITY, ([reason, count]) =>
    writer.line(`${reason}: ${count}`),
  );
}

/** No line is wider than asked for, and none holds a character that moves the cursor. */
export function lookLines(look: DocumentLook, options: LinesOptions = {}): string[] {
  const writer = new Writer(options);
  head(look, writer);
  structureLines(look, writer);
  factLines(look, writer);
  taskLines(look, writer);
  return writer.lines;
}
