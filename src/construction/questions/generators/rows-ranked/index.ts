/**
 * @file T7: rows by a quantity that no table states: what they grew by, all rows of a table or some of them, in one report or from an
 * older to a newer one; the quotient of two tables that have rows in common.
 */
import type { Random } from '../../../../random.ts';
import type { Context, Proof, QuestionDraft, QuestionGenerator } from '../../question.ts';
import { tablePlaces } from '../../views/tables/data-table.ts';
import { countedRows, drawFigures, kindsOf, whereOf } from '../../views/tables/filters.ts';
import {
  type Growth,
  growthsOf,
  isBalance,
  isTelling,
  longPeriods,
  type Period,
  periodOf,
  saidYears,
  wholeGrowths,
  yearsKey,
} from '../../views/tables/growths.ts';
import { quotients, type TableColumn } from '../../views/tables/quotients.ts';
import {
  calledRow,
  contextTables,
  type Figure,
  figureAt,
  figuresOf,
  folded,
  isRate,
  listedTitles,
  plainTotals,
  proofsOf,
  type ReportTable,
  reportTables,
  rowNamed,
  sameUnit,
  told,
  yearSaid,
} from '../../views/tables/report-tables.ts';
import { rowNouns } from '../../views/tables/row-kinds.ts';
import { spreadFirst, spreadOf } from '../../views/tables/spread.ts';
import { solve } from './solve.ts';
import { asides, asked, sides, whats } from './wordings.ts';

/** Of many rankings of a kind so many are tried. */
const tries = 3;
const ranked = { least: 4, most: 15 };
/** Neighbours in the order differ by this at least: percentage points, or a share of the quotient. */
const leastGap = { points: 0.15, share: 0.01, left: 0.001, plain: 0.05 };

interface Ranked {
  readonly name: string;
  readonly value: number;
  readonly figures: readonly Figure[];
}

interface Ranking {
  readonly kind: keyof typeof whats;
  readonly slots: Readonly<Record<string, string>>;
  readonly rows: readonly Ranked[];
}

function byGrowth(period: Period): Ranked[] | undefined {
  return wholeGrowths(period)?.map(({ name, percent, from, to }) => ({ name, value: percent, figures: [from, to] }));
}

/** Rows of one table that tell two years, in one report or from an older to a newer one. */
function whole(period: Period): Ranking[] {
  const { older, newer } = period;
  const rows = older.name === newer.name ? byGrowth(period) : undefined;
  if (rows === undefined) return [];
  const slots = { table: older.name, one: older.document.title, ...saidYears(period) };
  return older === newer
    ? [{ kind: 'items', slots, rows }]
    : [{ kind: 'across', slots: { ...slots, other: newer.document.title }, rows }];
}

/** Rows of a list. */
const listLength = { least: 5, most: 8, accepted: 4 };
/** Growths in a list differ by this many percentage points. */
const listGap = 1;

/** Rows of one table whose growths are far apart. */
function chosenRows(period: Period, random: Random): Growth[] {
  const count = random.integer(listLength.least, listLength.most);
  const chosen: Growth[] = [];
  for (const growth of random.shuffle(growthsOf(period).filter(isTelling))) {
    const fits = chosen.every(
      ({ name, percent }) => folded(name) !== folded(growth.name) && Math.abs(percent - growth.percent) >= listGap,
    );
    if (fits && chosen.length < count && !isBalance(growth.name)) chosen.push(growth);
  }
  return chosen.length < listLength.accepted ? [] : chosen;
}

/** Some rows of a table with more of them. */
function listRanking(period: Period, random: Random): Ranking[] {
  const { older, newer } = period;
  const chosen = chosenRows(period, random);
  if (chosen.length === 0 || chosen.length > older.rows.length - 2 || older.name !== newer.name) return [];
  const list = chosen.map(({ name }) => `- “${calledRow(older, name)}”`).join('\n');
  const slots = { table: older.name, one: older.document.title, ...saidYears(period), list };
  const rows = chosen.map(({ name, percent, from: a, to: b }) => ({
    name: calledRow(older, name),
    value: percent,
    figures: [a, b],
  }));
  return older === newer
    ? [{ kind: 'listedOne', slots, rows }]
    : [{ kind: 'listedAcross', slots: { ...slots, other: newer.document.title }, rows }];
}

/** Of one report, or of an older and a newer one. */
function periodsOf(context: Context): Period[] {
  const own = contextTables(context).flatMap((table) => periodOf(table) ?? []);
  return [...own, ...longPeriods(contextTables(context))];
}

const peerKey = (period: Period): string => [period.older.name, yearsKey(period)].join('\n');

/** Tables of one name and year in several reports, whose rows are different ones. */
function peers(context: Context, random: Random): Ranking[] {
  const periods = contextTables(context).flatMap((table) => periodOf(table) ?? []);
  const keys = [...new Set(periods.map(peerKey))];
  return random.shuffle(keys).flatMap((key): Ranking[] => {
    const own = periods.filter((period) => peerKey(period) === key);
    const [first] = own;
    const titles = own.map(({ older }) => older.document.title);
    if (first === undefined || own.length < 2 || new Set(titles).size < own.length) return [];
    const rows = own.map(byGrowth);
    if (rows.some((list) => list === undefined)) return [];
    const slots = { table: first.older.name, titles: listedTitles(titles, context.language), ...saidYears(first) };
    return [{ kind: 'peers', slots, rows: rows.flatMap((list) => list ?? []) }];
  });
}

/** A column as what is divided or divides. */
function sideOf({ table, column }: TableColumn, { language }: Context): string {
  const isYear = column.rest.length < 2 && column.year !== undefined;
  const slots = { table: table.name, column: column.header, year: column.header };
  return sides[isYear ? 'year' : 'column'].say(language, slots);
}

const ofTwo = (context: Context): Ranking[] =>
  context.documents.flatMap((document) =>
    quotients(reportTables(document)).map(({ over, under, rows }): Ranking => {
      return {
        kind: 'quotient',
        slots: { over: sideOf(over, context), under: sideOf(under, context), one: document.title },
        rows: rows.map(({ a, b }) => ({ name: a.row.name, value: a.number / b.number, figures: [a, b] })),
      };
    }),
  );

/** Rows of one kind, as a column of words tells it, by another column. */
function leftRows(context: Context, random: Random): Ranking[] {
  return contextTables(context).flatMap((table) =>
    random.sample(kindsOf(table, context.language), tries).flatMap((filter): Ranking[] => {
      const figures = drawFigures(filter, table, random);
      const [first] = figures ?? [];
      if (figures === undefined || first === undefined) return [];
      const slots = {
        where: whereOf(table, context.language),
        condition: filter.said,
        column: first.column.header,
      };
      const rows = figures.map((figure) => ({ name: figure.row.name, value: figure.number, figures: [figure] }));
      return [{ kind: 'left', slots, rows }];
    }),
  );
}

/** Two columns that state the same of two years that follow each other, the earlier first. */
function columnPairs(table: ReportTable): (readonly [number, number])[] {
  const dated = figuresOf(table).flatMap((at) => {
    const { year, rest = '' } = table.columns[at] ?? {};
    return year === undefined ? [] : [{ at, year, rest }];
  });
  return dated.flatMap((one) => {
    const later = dated.filter(({ rest, year }) => rest === one.rest && year > one.year);
    const [next, ...others] = later.sort((a, b) => a.year - b.year);
    return next === undefined || others.some(({ year }) => year === next.year) ? [] : [[one.at, next.at] as const];
  });
}

/** Rows of one table by what they rose by between two years. */
function differences(context: Context): Ranking[] {
  return contextTables(context).flatMap((table) =>
    table.unlike || !plainTotals(table)
      ? []
      : columnPairs(table).flatMap(([from, to]): Ranking[] => {
          const [early, late] = [table.columns[from], table.columns[to]];
          if (early === undefined || late === undefined || !sameUnit(early, late)) return [];
          const counted = countedRows(table);
          const rows = counted.flatMap((row): Ranked[] => {
            const [one, other] = [figureAt(table, row, from), figureAt(table, row, to)];
            if (one === undefined || other === undefined || isRate(one) || isBalance(row.name)) return [];
            return [{ name: row.name, value: other.number - one.number, figures: [one, other] }];
          });
          if (rows.length < counted.length) return [];
          const slots = { table: table.name, one: table.document.title };
          return early.rest === ''
            ? [{ kind: 'difference', slots: { ...slots, from: yearSaid(early), to: yearSaid(late) }, rows }]
            : [{ kind: 'differenceHeads', slots: { ...slots, from: early.header, to: late.header }, rows }];
        }),
  );
}

/** Neighbours are no nearer than this: percentage points, or a share of the value. */
function gapOf(kind: Ranking['kind'], value: number): number {
  if (kind === 'quotient') return leastGap.share * Math.abs(value);
  if (kind === 'left') return Math.max(1e-9, leastGap.left * Math.abs(value));
  return kind === 'difference' || kind === 'differenceHeads' ? leastGap.plain : leastGap.points;
}

/** The order, where it is clear; undefined where two rows are close or share a name. */
function ordered({ kind, rows }: Ranking): Ranked[] | undefined {
  if (rows.length < ranked.least || rows.length > ranked.most) return undefined;
  if (new Set(rows.map(({ name }) => folded(name))).size < rows.length) return undefined;
  const order = [...rows].sort((a, b) => b.value - a.value);
  const clear = order.every(({ value }, i) => {
    const before = order[i - 1]?.value ?? Number.POSITIVE_INFINITY;
    return before - value >= gapOf(kind, value);
  });
  return clear && !isListedSo(rows, order) ? order : undefined;
}

/** Share of the pairs of rows that may stand in the table, or in the question's list, as they are ranked. */
const mostListed = 0.7;

/** Whether who copies the rows as they are listed is near the ranking: nothing needs to be reckoned for it. */
function isListedSo(rows: readonly Ranked[], order: readonly Ranked[]): boolean {
  const at = rows.map((row) => order.indexOf(row));
  const pairs = at.flatMap((one, i) => at.slice(i + 1).map((other) => one < other));
  return pairs.filter((isRising) => isRising).length > mostListed * pairs.length;
}

/** What is ranked, with what is left out of it. */
function said({ kind, slots, rows }: Ranking, language: Context['language']): string {
  const tablesRanked = [...new Set(rows.flatMap(({ figures }) => figures.map(({ table }) => table)))];
  const what = whats[kind].say(language, { ...slots, nouns: rowNouns(tablesRanked, language) });
  if (kind === 'listedOne' || kind === 'listedAcross') return what;
  const tables = tablesRanked;
  const totals = tables.some((table) => table.rows.some(({ total }) => total));
  const lone =
    kind === 'across' &&
    tables.some((table) =>
      countedRows(table).some(({ name }) => tables.some((other) => rowNamed(other, name) === undefined)),
    );
  const aside = totals && lone ? asides.both : lone ? asides.lone : totals ? asides.totals : undefined;
  return aside?.say(language, { what }) ?? what;
}

const proofOf = (rows: readonly Ranked[]): Proof[] => proofsOf(rows.flatMap(({ figures }) => figures));

export const rowsRanked: QuestionGenerator = {
  id: 'rows-ranked',
  version: 8,
  task: 'T7',
  subtask: 'graded ranking by a derived quantity',
  asks: 'Ranks rows of a table by their growth, in one report or over two, by the quotient of two tables, or by what they rose by.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 2048,
  reserve: 160,
  turns: 2,
  wordings: asked,
  exempt: { g4: 'the rows to rank may be listed in the question' },
  contract: {
    en: 'After [Answer], write the names of the rows, highest first, one on each line.',
    zh: '请在[答案]后按从高到低的顺序写出各行的名称，每行一个。',
  },
  places: (_, facts) => tablePlaces(facts),
  draw(context, random): QuestionDraft | string {
    const periods = periodsOf(context);
    const rankings = random.shuffle([
      ...periods.flatMap(whole),
      ...periods.flatMap((period) => listRanking(period, random)),
      ...peers(context, random),
      ...random.sample(ofTwo(context), tries),
      ...random.sample(leftRows(context, random), tries),
      ...random.sample(differences(context), tries),
    ]);
    for (const ranking of spreadFirst(rankings, ({ rows }) => spreadOf(context, proofOf(rows)))) {
      const order = ordered(ranking);
      if (order === undefined) continue;
      return {
        slots: { what: said(ranking, context.language) },
        gold: order.map(({ name }) => name),
        rationale: order
          .map(({ name, value, figures }) => `${name}: ${figures.map(told).join('; ')}: ${value.toFixed(3)}`)
          .join('\n'),
        proof: proofOf(order),
      };
    }
    return 'no rows that a derived quantity orders clearly';
  },
  solve,
};
