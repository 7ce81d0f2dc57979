/**
 * @file T5: a table made of several: items of several tables for each report, rows over the years of two reports, two tables joined by the
 * names of their rows. Cells are as printed.
 */
import type { Random } from '../../../../random.ts';
import type { Context, ContextDocument, Proof, QuestionDraft, QuestionGenerator } from '../../question.ts';
import { asStated, exact, minus } from '../../views/exact.ts';
import { tablePlaces } from '../../views/tables/data-table.ts';
import { longPeriods, type Period, periodOf, saidYears, wholeGrowths } from '../../views/tables/growths.ts';
import { leastShared, sharedRows } from '../../views/tables/quotients.ts';
import {
  columnOfYear,
  contextTables,
  type Figure,
  figureAt,
  figuresOf,
  folded,
  listed,
  listedTitles,
  plainTotals,
  proofsOf,
  type ReportTable,
  reportTables,
  rowNamed,
  sameIssuer,
  sameUnit,
  told,
  yearSaid,
  yearsOf,
} from '../../views/tables/report-tables.ts';
import { spreadFirst, spreadOf } from '../../views/tables/spread.ts';
import { solve } from './solve.ts';
import { asked, whats } from './wordings.ts';

/** Rows of the wanted table. */
const rowsAsked = { least: 3, most: 20 };
const reportsAsked = { least: 2, most: 6 };
const itemsAsked = { least: 3, most: 5 };

interface Line {
  readonly name: string;
  readonly figures: readonly Figure[];
  /** What no table states, behind the figures. */
  readonly reckoned?: readonly string[];
}

interface Wanted {
  readonly kind: keyof typeof whats;
  readonly slots: Readonly<Record<string, string>>;
  readonly columns: readonly string[];
  readonly lines: readonly Line[];
}

const first = {
  reports: { en: 'Report', zh: '报告' },
  rows: { en: 'Item', zh: '项目' },
  change: { en: 'Change', zh: '增减' },
} as const;

/** What the first column is called: as in the tables, where they agree. */
function headOfRows(tables: readonly ReportTable[], language: Context['language']): string {
  const heads = new Set(tables.map(({ columns, names }) => columns[names]?.header.trim() ?? ''));
  const [head = ''] = heads;
  return heads.size === 1 && /^[\p{L} ]{2,24}$/u.test(head) ? head : first.rows[language];
}

/** A column of what changed that the table prints itself: another one beside it would be taken for it. */
const printedChange =
  /\bchanges?\b|\bdifference\b|\bincrease\b|\bgrowth\b|\bmovement\b|\bvariance\b|增减|增长|增幅|变动|变化|同比|差额|比上年/i;

/** An item by table, row and year in one document. */
function figureOf(document: ContextDocument, table: string, row: string, year: number): Figure | undefined {
  const own = reportTables(document).find(({ name }) => name === table);
  const [line, column] = own === undefined ? [] : [rowNamed(own, row), columnOfYear(own, year)];
  return own === undefined || line === undefined || column === undefined ? undefined : figureAt(own, line, column);
}

/** Documents with the same tables for one year: some rows of several tables, a line for each document. */
function reports(context: Context, random: Random): Wanted[] {
  const tables = contextTables(context);
  const [seed] = random.sample(
    tables.filter((table) => yearsOf(table).length > 0),
    1,
  );
  const year = seed === undefined ? undefined : random.sample(yearsOf(seed), 1)[0];
  if (seed === undefined || year === undefined) return [];
  const holders = context.documents.filter((document) =>
    reportTables(document).some((table) => table.name === seed.name && columnOfYear(table, year) !== undefined),
  );
  // Two reports of one body state the same figures for a year.
  const bodies = random
    .shuffle(holders)
    .filter((one, i, all) => !all.slice(0, i).some((other) => sameIssuer(one, other)));
  const documents = bodies.slice(0, reportsAsked.most);
  if (documents.length < reportsAsked.least) return [];
  const shared = seed.rows
    .filter(({ name, total }) => !total && documents.every((document) => figureOf(document, seed.name, name, year)))
    .map(({ name }) => ({ table: seed.name, name }));
  const items = random
    .shuffle(shared)
    .filter(({ name }, i, all) => all.findIndex((other) => folded(other.name) === folded(name)) === i)
    .slice(0, random.integer(itemsAsked.least, itemsAsked.most));
  if (items.length < itemsAsked.least) return [];
  const lines = documents.map(
    (document): Line => ({
      name: document.title,
      figures: items.flatMap(({ table, name }) => figureOf(document, table, name, year) ?? []),
    }),
  );
  const written = new Set(lines.flatMap(({ figures }) => figures.map(({ column }) => yearSaid(column))));
  const [said] = written;
  if (said === undefined || written.size > 1) return [];
  const columns = [first.reports[context.language], ...items.map(({ name }) => name)];
  const named = [...new Set(items.map(({ table }) => table))];
  return [
    {
      kind: 'reports',
      slots: {
        titles: listedTitles(
          documents.map(({ title }) => title),
          context.language,
        ),
        columns: listed(columns, context.language),
        tables: listed(named, context.language),
        year: said,
      },
      columns,
      lines,
    },
  ];
}

/** The rows that the tables of a period share, with the figures of all years, each year from one report. */
function linesOf({ older, newer }: Period, early: readonly number[], late: readonly number[]): Line[] {
  return sharedRows(older, newer).flatMap((name): Line[] => {
    const [one, other] = [rowNamed(older, name), rowNamed(newer, name)];
    if (one === undefined || other === undefined) return [];
    const figures = [
      ...early.flatMap((year) => figureAt(older, one, columnOfYear(older, year) ?? -1) ?? []),
      ...late.flatMap((year) => figureAt(newer, other, columnOfYear(newer, year) ?? -1) ?? []),
    ];
    return figures.length === early.length + late.length ? [{ name, figures }] : [];
  });
}

/** `2021, 2022 and 2023`. */
const enumerated = (words: readonly string[], language: Context['language']): string =>
  language === 'zh'
    ? words.join('、')
    : [words.slice(0, -1).join(', '), words.at(-1) ?? ''].filter((part) => part !== '').join(' and ');

/** Years as a table writes them. */
const said = (table: ReportTable, years: readonly number[]): string[] =>
  years.flatMap((year) => {
    const column = table.columns[columnOfYear(table, year) ?? -1];
    return column === undefined ? [] : [yearSaid(column)];
  });

/** Whether the columns of two periods state the same of their years, in one unit. */
function inOneUnit(a: Period, b: Period, early: readonly number[], late: readonly number[]): boolean {
  const columnOf = (table: ReportTable, year: number) => table.columns[columnOfYear(table, year) ?? -1];
  return [
    ...early.map((year) => [a.older, b.older, year] as const),
    ...late.map((year) => [a.newer, b.newer, year] as const),
  ].every(([one, other, year]) => {
    const [x, y] = [columnOf(one, year), columnOf(other, year)];
    return x !== undefined && y !== undefined && sameUnit(x, y) && x.rest === y.rest;
  });
}

function years(context: Context, random: Random): Wanted[] {
  const periods = longPeriods(contextTables(context)).filter(
    ({ older, newer }) => older.name === newer.name && plainTotals(older) && plainTotals(newer),
  );
  const [seed] = random.sample(periods, 1);
  if (seed === undefined) return [];
  const early = yearsOf(seed.older);
  const late = yearsOf(seed.newer).filter((year) => !early.includes(year));
  const taken = new Set<string>();
  const chosen: { name: string; lines: Line[]; tables: ReportTable[] }[] = [];
  for (const period of random.shuffle(periods)) {
    if (period.older.document !== seed.older.document || period.newer.document !== seed.newer.document) continue;
    // Beside `2022` another table may write `2022/23`.
    if (said(period.older, early).join() !== said(seed.older, early).join()) continue;
    if (said(period.newer, late).join() !== said(seed.newer, late).join()) continue;
    // Head counts below revenues say of neither what they are.
    if (!inOneUnit(period, seed, early, late)) continue;
    const lines = linesOf(period, early, late);
    const count = chosen.reduce((sum, entry) => sum + entry.lines.length, 0);
    const whole = lines.length === sharedRows(period.older, period.newer).length && lines.length > 0;
    if (!whole || count + lines.length > rowsAsked.most || lines.some(({ name }) => taken.has(folded(name)))) continue;
    for (const { name } of lines) taken.add(folded(name));
    chosen.push({ name: period.older.name, lines, tables: [period.older, period.newer] });
    if (chosen.length === 3) break;
  }
  if (chosen.length === 0 || late.length === 0) return [];
  const [saidEarly, saidLate] = [said(seed.older, early), said(seed.newer, late)];
  const heads = headOfRows(
    chosen.flatMap(({ tables }) => tables),
    context.language,
  );
  const columns = [heads, ...saidEarly, ...saidLate];
  return [
    {
      kind: 'years',
      slots: {
        columns: listed(columns, context.language),
        tables: listed(
          chosen.map(({ name }) => name),
          context.language,
        ),
        one: seed.older.document.title,
        other: seed.newer.document.title,
        early: enumerated(saidEarly, context.language),
        late: enumerated(saidLate, context.language),
      },
      columns,
      lines: chosen.flatMap(({ lines }) => lines),
    },
  ];
}

/** Columns that stand side by side, two at most: a table of every other year is no table. */
function neighbours(columns: readonly number[], random: Random): number[] {
  const from = random.integer(0, Math.max(0, columns.length - 2));
  return columns.slice(from, from + 2);
}

/** What a column is called beside those of another table: a year alone would not say of what. */
function headOf({ name, columns }: ReportTable, column: number): string {
  // A Chinese heading has a Chinese comma.
  const comma = /\p{Script=Han}/u.test(name) ? '，' : ', ';
  const { header = '', year, rest = '' } = columns[column] ?? {};
  return year !== undefined && rest.length < 4 ? `${name}${comma}${header}` : header;
}

function joined(one: ReportTable, other: ReportTable, context: Context, random: Random): Wanted | undefined {
  const names = sharedRows(one, other);
  const picked = [one, other].flatMap((table) =>
    neighbours(figuresOf(table), random).map((column) => ({ table, column })),
  );
  const lines = names.map(
    (name): Line => ({
      name,
      figures: picked.flatMap(({ table, column }) => {
        const row = rowNamed(table, name);
        return row === undefined ? [] : (figureAt(table, row, column) ?? []);
      }),
    }),
  );
  if (lines.some(({ figures }) => figures.length < picked.length) || picked.length < 2) return undefined;
  const heads = picked.map(({ table, column }) => headOf(table, column));
  const columns = [headOfRows([one, other], context.language), ...heads];
  const all = [one, other].flatMap((table) => table.columns.map((_, column) => folded(headOf(table, column))));
  // A heading that both tables have says not which is meant.
  if (heads.some((head) => all.filter((name) => name === folded(head)).length > 1)) return undefined;
  return {
    kind: 'join',
    slots: {
      columns: listed(columns, context.language),
      tables: listed([one.name, other.name], context.language),
      one: one.document.title,
    },
    columns,
    lines,
  };
}

const joins = (context: Context, random: Random): Wanted[] =>
  context.documents.flatMap((document) => {
    const tables = reportTables(document).filter(plainTotals);
    return tables.flatMap((one, i) =>
      tables
        .slice(i + 1)
        .flatMap((other) =>
          sharedRows(one, other).length < leastShared ? [] : (joined(one, other, context, random) ?? []),
        ),
    );
  });

/** The first and the last year of one table, and what lies between them. */
function changes(context: Context): Wanted[] {
  return contextTables(context).flatMap((table): Wanted[] => {
    if (table.columns.some(({ header }) => printedChange.test(header))) return [];
    const period = periodOf(table);
    const growths = period === undefined ? undefined : wholeGrowths(period);
    if (period === undefined || growths === undefined) return [];
    const { from, to } = saidYears(period);
    const lines = growths.flatMap(({ name, from: a, to: b }): Line[] => {
      const change = asStated(minus(exact(b.number), exact(a.number)));
      return change === undefined ? [] : [{ name, figures: [a, b], reckoned: [change] }];
    });
    const columns = [headOfRows([table], context.language), from, to, first.change[context.language]];
    const slots = { columns: listed(columns, context.language), tables: listed([table.name], context.language) };
    return lines.length < growths.length
      ? []
      : [{ kind: 'changes', slots: { ...slots, one: table.document.title, from, to }, columns, lines }];
  });
}

const proofOf = (lines: readonly Line[]): Proof[] => proofsOf(lines.flatMap(({ figures }) => figures));

export const tablesJoined: QuestionGenerator = {
  id: 'tables-joined',
  version: 7,
  task: 'T5',
  subtask: 'join and pivot of several tables',
  asks: 'Asks for a table made of the tables of several reports, of several years, of two tables with rows in common, or of one with what changed.',
  languages: ['en', 'zh'],
  scope: 'documents',
  least: 2048,
  reserve: 200,
  turns: 3,
  wordings: asked,
  places: (_, facts) => tablePlaces(facts),
  draw(context, random): QuestionDraft | string {
    const all = [1, 2].flatMap(() => [
      ...reports(context, random),
      ...years(context, random),
      ...joins(context, random),
    ]);
    const simple = changes(context);
    const fitting = random
      .shuffle(all)
      .filter(
        ({ lines, kind }) =>
          lines.length >= (kind === 'reports' ? reportsAsked.least : rowsAsked.least) && lines.length <= rowsAsked.most,
      );
    const [joinedBest] = spreadFirst(fitting, ({ lines }) => spreadOf(context, proofOf(lines)));
    const [own] = random.sample(
      simple.filter(({ lines }) => lines.length >= rowsAsked.least && lines.length <= rowsAsked.most),
      1,
    );
    const wanted = joinedBest === undefined || random.chance(0.25) ? (own ?? joinedBest) : joinedBest;
    if (wanted === undefined) return 'no tables that have rows in common';
    const { kind, slots, columns, lines } = wanted;
    return {
      slots: { what: whats[kind].say(context.language, slots) },
      gold: [
        JSON.stringify({
          columns,
          data: lines.map(({ name, figures, reckoned = [] }) => [
            name,
            ...figures.map(({ cell }) => cell.value),
            ...reckoned,
          ]),
        }),
      ],
      rationale: lines.map(({ figures }) => figures.map(told).join('; ')).join('\n'),
      proof: proofOf(random.shuffle(lines)),
    };
  },
  solve,
};
