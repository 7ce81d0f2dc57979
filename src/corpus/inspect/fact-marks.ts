/** @file Every fact of a document as a mark in its text: which kind, where, and what a reader should be told of it. */
import type { Span } from '../document.ts';
import type { Structure } from '../structure/structure.ts';
import type { Table } from '../tables/table.ts';

/** Kinds of marks in the order of a legend. Those that cover others are drawn as lines below the text. */
export const markKinds = [
  'heading',
  'summary',
  'speaker',
  'turn',
  'direction',
  'table',
  'cell',
  'list',
  'person',
  'place',
  'organisation',
  'work',
  'term',
  'name',
  'definition',
  'reference',
  'quotation',
  'event',
  'date',
  'quantity',
] as const;
/** One of `markKinds`. */
export type MarkKind = (typeof markKinds)[number];

/** A fact at its place. */
export interface FactMark {
  readonly kind: MarkKind;
  readonly span: Span;
  /** What it is, e.g. `person: Ada Merritt, mentioned 12 times`. */
  readonly note: string;
  /** Where it leads in the text. */
  readonly to?: number;
}

const isMarkKind = (name: string): name is MarkKind => (markKinds as readonly string[]).includes(name);

const described = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join(', ');

function tableMarks(table: Table, i: number): FactMark[] {
  const { caption, columns, rows, span } = table;
  const name = `table ${i + 1}`;
  const cells = rows.flatMap(({ cells: row, total, group, heading }) =>
    row.map((cell, column): FactMark => {
      const { header = '', unit, scale } = columns[column] ?? {};
      const value = cell.number === undefined ? (cell.iso ?? cell.type) : `number ${cell.number}`;
      const units = described(cell.unit ?? unit, scale === undefined || scale === 1 ? undefined : `times ${scale}`);
      const note = described(
        `cell of ${name}`,
        header,
        heading ? 'heading of rows' : group,
        value,
        units,
        total ? 'total' : '',
      );
      return { kind: 'cell', span: cell.span, note };
    }),
  );
  const size = `${name}: ${rows.length} rows, ${columns.length} columns`;
  const whole: FactMark = { kind: 'table', span, note: size };
  return [
    ...(caption === undefined ? [] : [{ kind: 'table' as const, span: caption.span, note: `caption of ${name}` }]),
    whole,
    ...cells,
  ];
}

function turnMarks({ turns }: Structure): FactMark[] {
  return turns.flatMap(({ speaker, time, place, span, bodyStart, directions = [] }, i): FactMark[] => {
    const turn = `turn ${i + 1} of ${turns.length}`;
    return [
      {
        kind: 'speaker',
        span: { start: span.start, end: bodyStart },
        note: described(`speaker ${speaker}`, turn, time, place),
      },
      { kind: 'turn', span: { start: bodyStart, end: span.end }, note: `said by ${speaker}, ${turn}` },
      ...directions.map(
        (direction): FactMark => ({ kind: 'direction', span: direction, note: 'not said: a direction' }),
      ),
    ];
  });
}

function nameMarks({ names }: Structure): FactMark[] {
  return names.flatMap(({ name, kind, mentions }) => {
    const marked = isMarkKind(kind) ? kind : 'name';
    const note = `${marked === 'name' ? 'name' : kind}: ${name}, mentioned ${mentions.length} times`;
    return mentions.map((span): FactMark => ({ kind: marked, span, note }));
  });
}

function proseMarks(structure: Structure): FactMark[] {
  const { definitions, references, quotations, events, quantities, summaries, lists, dates } = structure;
  const mark = (kind: MarkKind, span: Span, ...parts: readonly (string | undefined)[]): FactMark => ({
    kind,
    span,
    note: described(...parts),
  });
  return [
    ...definitions.map(({ term, span }) => mark('definition', span, `definition of ${term}`)),
    ...references.map(
      ({ to, target, span }): FactMark => ({
        ...mark(
          'reference',
          span,
          `reference to a ${to}`,
          target === undefined ? 'not in this text' : 'found in this text',
        ),
        ...(target === undefined ? {} : { to: target.start }),
      }),
    ),
    ...quotations.map(({ speaker, span }) => mark('quotation', span, `quotation, ${speaker ?? 'nobody named'}`)),
    ...events.map(({ iso, span }) => mark('event', span, `event of ${iso}`)),
    ...dates.map(({ iso, span }) => mark('date', span, `date ${iso}`)),
    ...quantities.map(({ value, unit, measures, span }) =>
      mark('quantity', span, `quantity ${value} ${unit}`, measures),
    ),
    ...summaries.map(({ kind, span }) => mark('summary', span, `summary by the author: ${kind}`)),
    ...lists.flatMap(({ steps, items }) =>
      items.map(({ span }, i) => mark('list', span, `${steps ? 'step' : 'item'} ${i + 1} of ${items.length}`)),
    ),
  ];
}

/** All marks in the order of their places, outer ones before those inside of them. Empty spans have none. */
export function factMarks(structure: Structure): FactMark[] {
  const headings = structure.sections.map(
    ({ title, number, level, span, bodyStart }): FactMark => ({
      kind: 'heading',
      span: { start: span.start, end: bodyStart },
      note: described(`section ${number ?? ''}`.trim(), title, `level ${level}`),
    }),
  );
  return [
    ...headings,
    ...structure.tables.flatMap(tableMarks),
    ...turnMarks(structure),
    ...nameMarks(structure),
    ...proseMarks(structure),
  ]
    .filter(({ span }) => span.end > span.start)
    .sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
}
