/**
 * @file T7: rows by a quantity that no table states: what they grew by, all rows of some tables or a list of rows, in one report or from an
 * older to a newer one; the quotient of two tables that have rows in common.
 */
import type { Random } from '../../../../random.ts';
import type { Context, Proof, QuestionDraft, QuestionGenerator } from '../../question.ts';
import { tablePlaces } from '../../views/tables/data-table.ts';
import { comparableColumns, countedRows, drawFigures, filtersOf, whereOf } from '../../views/tables/filters.ts';
import {
  type Growth,
  growthsOf,
  isTelling,
  longPeriods,
  type Period,
  periodOf,
  saidYears,
  wholeGrowths,
  yearsKey,
} from '../../views/tables/growths.ts';
import { quotients } from '../../views/tables/quotients.ts';
import {
  contextTables,
  type Figure,
  figureAt,
  folded,
  listed,
  listedTitles,
  proofsOf,
  reportTables,
  sameUnit,
  told,
} from '../../views/tables/report-tables.ts';
import { spreadFirst, spreadOf } from '../../views/tables/spread.ts';
import { solve } from './solve.ts';
import { asked, entry, whats } from './wordings.ts';

/** Choices of tables for each pair of years. */
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

/** Some of the tables, with names that need no telling apart. */
function some(
  context: Context,
  random: Random,
  all: readonly { name: string; rows: Ranked[] | undefined }[],
): { tables: string; rows: Ranked[] } | undefined {
  const chosen: { name: string; rows: Ranked[] }[] = [];
  const count = random.integer(1, 3);
  for (const { name, rows } of random.shuffle(all)) {
    const size = chosen.reduce((sum, entry) => sum + entry.rows.length, 0);
    if (rows !== undefined && rows.length > 0 && size + rows.length <= ranked.most) chosen.push({ name, rows });
    if (chosen.length === count) break;
  }
  const names = chosen.map(({ name }) => name);
  if (chosen.length === 0) return undefined;
  return { tables: listed(names, context.language), rows: chosen.flatMap(({ rows }) => rows) };
}

const namedRows = (period: Period): { name: string; rows: Ranked[] | undefined } => ({
  name: period.older.name,
  rows: period.older.name === period.newer.name ? byGrowth(period) : undefined,
});

const pairOf = (period: Period): string =>
  [period.older.document.title, period.newer.document.title, yearsKey(period)].join('\n');

function across(context: Context, random: Random): Ranking[] {
  const periods = longPeriods(contextTables(context));
  return [...new Set(periods.map(pairOf))].flatMap((pair): Ranking[] => {
    const own = periods.filter((period) => pairOf(period) === pair);
    const [first] = own;
    const found = some(context, random, own.map(namedRows));
    if (first === undefined || found === undefined) return [];
    const slots = { one: first.older.document.title, other: first.newer.document.title, tables: found.tables };
    return [{ kind: 'across', slots: { ...slots, ...saidYears(first) }, rows: found.rows }];
  });
}

/** Two or three tables of one report that tell the same two years. */
function items(context: Context, random: Random): Ranking[] {
  return context.documents.flatMap((document): Ranking[] => {
    const periods = reportTables(document).flatMap((table) => periodOf(table) ?? []);
    return random.sample(periods, 3).flatMap((one): Ranking[] => {
      const own = periods.filter((period) => yearsKey(period) === yearsKey(one));
      const found = some(context, random, own.map(namedRows));
      if (found === undefined || !/”.*“/.test(found.tables)) return [];
      const slots = { tables: found.tables, one: document.title, ...saidYears(one) };
      return [{ kind: 'items', slots, rows: found.rows }];
    });
  });
}

/** Rows of a list. */
const listLength = { least: 5, most: 8, accepted: 4 };
/** Growths in a list differ by this many percentage points. */
const listGap = 1;

/** Rows of as many tables as possible whose growths are far apart. */
function chosenRows(periods: readonly Period[], random: Random): Growth[] {
  const count = random.integer(listLength.least, listLength.most);
  const chosen: Growth[] = [];
  // One row of each table in turn.
  const queues = random.shuffle(periods).map((period) => random.shuffle(growthsOf(period).filter(isTelling)));
  while (chosen.length < count && queues.some((queue) => queue.length > 0))
    for (const queue of queues) {
      const growth = queue.pop();
      if (growth === undefined || chosen.length === count) continue;
      const fits = chosen.every(
        ({ name, percent }) => folded(name) !== folded(growth.name) && Math.abs(percent - growth.percent) >= listGap,
      );
      if (fits && growth.from.table.name === growth.to.table.name) chosen.push(growth);
    }
  return chosen.length < listLength.accepted ? [] : chosen;
}

function listRanking(periods: readonly Period[], context: Context, random: Random): Ranking[] {
  const [first] = periods;
  const chosen = chosenRows(periods, random);
  if (first === undefined || chosen.length === 0) return [];
  const { older, newer } = first;
  const list = chosen
    .map(({ name, from: { table } }) => `- ${entry.say(context.language, { row: name, table: table.name })}`)
    .join('\n');
  const tables = new Set(chosen.map(({ from: { table } }) => table.name));
  const [only] = tables;
  const isOne = older === newer && tables.size === 1 && only !== undefined;
  const names = chosen.map(({ name }) => `- “${name}”`).join('\n');
  const slots = { one: older.document.title, ...saidYears(first), list: isOne ? names : list };
  const rows = chosen.map(({ name, percent, from: a, to: b }) => ({ name, value: percent, figures: [a, b] }));
  if (isOne) return [{ kind: 'listedOne', slots: { ...slots, table: only }, rows }];
  return older === newer
    ? [{ kind: 'listedItems', slots, rows }]
    : [{ kind: 'listedAcross', slots: { ...slots, other: newer.document.title }, rows }];
}

/** Rows of a list, of one report or of an older and a newer one. */
function lists(context: Context, random: Random): Ranking[] {
  const own = contextTables(context).flatMap((table) => periodOf(table) ?? []);
  const all = [...own, ...longPeriods(contextTables(context))];
  return [...new Set(all.map(pairOf))].flatMap((pair) =>
    listRanking(
      all.filter((period) => pairOf(period) === pair),
      context,
      random,
    ),
  );
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

const ofTwo = (context: Context): Ranking[] =>
  context.documents.flatMap((document) =>
    quotients(reportTables(document)).map(({ over, under, rows }): Ranking => {
      const slots = { over: over.table.name, under: under.table.name, one: document.title };
      return {
        kind: 'quotient',
        slots: { ...slots, overColumn: over.column.header, underColumn: under.column.header },
        rows: rows.map(({ a, b }) => ({ name: a.row.name, value: a.number / b.number, figures: [a, b] })),
      };
    }),
  );

/** Rows that a condition leaves, by another column. */
function leftRows(context: Context, random: Random): Ranking[] {
  return contextTables(context).flatMap((table) =>
    random.sample(filtersOf(table, context.language), tries).flatMap((filter): Ranking[] => {
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

/** Rows by the difference of two columns that state the same, of two times or groups. */
function differences(context: Context): Ranking[] {
  return contextTables(context).flatMap((table) => {
    const columns = comparableColumns(table);
    return columns.flatMap((a, i) =>
      columns.slice(i + 1).flatMap((b): Ranking[] => {
        const heads = [table.columns[a], table.columns[b]].toSorted((x, y) => (y?.year ?? 0) - (x?.year ?? 0));
        const [late, early] = heads[0]?.year === heads[1]?.year ? heads.toReversed() : heads;
        if (late === undefined || early === undefined || late.rest !== early.rest || !sameUnit(late, early)) return [];
        const rows = countedRows(table).flatMap((row): Ranked[] => {
          const one = figureAt(table, row, table.columns.indexOf(late));
          const other = figureAt(table, row, table.columns.indexOf(early));
          if (one === undefined || other === undefined) return [];
          return [{ name: row.name, value: one.number - other.number, figures: [one, other] }];
        });
        if (rows.length < countedRows(table).length) return [];
        const slots = { where: whereOf(table, context.language), one: late.header, other: early.header };
        return [{ kind: 'difference', slots, rows }];
      }),
    );
  });
}

/** Neighbours are no nearer than this: percentage points, or a share of the value. */
function gapOf(kind: Ranking['kind'], value: number): number {
  if (kind === 'quotient') return leastGap.share * Math.abs(value);
  return kind === 'left'
    ? Math.max(1e-9, leastGap.left * Math.abs(value))
    : kind === 'difference'
      ? leastGap.plain
      : leastGap.points;
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
  // The order of the rows in the table is no ranking that needs reckoning.
  const listedSo = order.every(({ name }, i) => rows[i]?.name === name);
  return clear && !listedSo ? order : undefined;
}

const proofOf = (rows: readonly Ranked[]): Proof[] => proofsOf(rows.flatMap(({ figures }) => figures));

export const rowsRanked: QuestionGenerator = {
  id: 'rows-ranked',
  version: 4,
  task: 'T7',
  subtask: 'graded ranking by a derived quantity',
  asks: 'Ranks rows of tables by their growth over two reports or several tables, by the quotient of two tables, or by columns of one table.',
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
    const tried = new Array(tries).fill(0).flatMap(() => [...across(context, random), ...items(context, random)]);
    const rankings = random.shuffle([
      ...lists(context, random),
      ...lists(context, random),
      ...peers(context, random),
      ...tried,
      ...random.sample(ofTwo(context), tries),
      ...random.sample(leftRows(context, random), tries),
      ...random.sample(differences(context), tries),
    ]);
    for (const ranking of spreadFirst(rankings, ({ rows }) => spreadOf(context, proofOf(rows)))) {
      const order = ordered(ranking);
      if (order === undefined) continue;
      return {
        slots: { what: whats[ranking.kind].say(context.language, ranking.slots) },
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
