/**
 * @file T3: all rows of several tables that meet a condition on two years, on three years over two reports of one body, or on the reports of two.
 */
import type { Random } from '../../../../random.ts';
import type { Context, Proof, QuestionDraft, QuestionGenerator } from '../../question.ts';
import { tablePlaces } from '../../views/tables/data-table.ts';
import { countedRows, filtersOf, whereOf } from '../../views/tables/filters.ts';
import {
  figuresOfGrowth,
  type Growth,
  type Period,
  periodOf,
  saidYears,
  wholeGrowths,
  yearsKey,
} from '../../views/tables/growths.ts';
import { areOneVariable } from '../../views/tables/one-variable.ts';
import {
  alike,
  contextTables,
  type Figure,
  folded,
  listed,
  proofsOf,
  type ReportRow,
  type ReportTable,
  reportTables,
  sameIssuer,
  told,
} from '../../views/tables/report-tables.ts';
import { isSpell, rowNouns } from '../../views/tables/row-kinds.ts';
import { spreadFirst, spreadOf } from '../../views/tables/spread.ts';
import { solve } from './solve.ts';
import { aside, asked, both, moves, whats } from './wordings.ts';

/** Rows that an answer has, and the greatest share of all rows. */
const found = { least: 2, most: 12, share: 0.4 };
/** Tables that are looked through. */
const tablesAsked = 5;
/** Rows of a table that is looked through alone. */
const leastAlone = 5;
/** A growth is this far from a bound, in percentage points. */
const leastGap = 0.25;
/** Conditions that are put together two by two. */
const pairedFilters = 16;
/** A row that hardly moved neither went up nor down. */
const leastMove = 0.05;

/** A row with all growths that the condition looks at. */
interface Row {
  readonly name: string;
  readonly growths: readonly Growth[];
}

interface Search {
  readonly kind: keyof typeof whats;
  readonly slots: Readonly<Record<string, string>>;
  readonly rows: readonly Row[];
  readonly fits: (row: Row) => boolean;
  /** Whether a table has totals. */
  readonly totals: boolean;
}

const hasTotals = ({ rows }: ReportTable): boolean => rows.some(({ total }) => total);

const went = ({ percent }: Growth): 'up' | 'down' => (percent > 0 ? 'up' : 'down');

/** The rows of a table that are looked through. */
interface Entry {
  readonly name: string;
  readonly rows: readonly Row[];
  readonly totals: boolean;
}

/** Tables whose rows need no telling apart, at most so many. */
function unlikeNames(random: Random, all: readonly Entry[]): Entry[] {
  const taken = new Set<string>();
  const chosen: Entry[] = [];
  for (const entry of random.shuffle(all)) {
    const names = entry.rows.map(({ name }) => folded(name));
    if (names.some((name) => taken.has(name)) || chosen.length === tablesAsked) continue;
    for (const name of names) taken.add(name);
    chosen.push(entry);
  }
  return chosen;
}

const bounds = [2, 3, 5, 8, 10, 12, 15, 20, 25, 30, 40, 50];

function moved(context: Context, random: Random): Search[] {
  return context.documents.flatMap((document) => {
    const periods = reportTables(document).flatMap((table) => periodOf(table) ?? []);
    const [first] = random.sample(periods, 1);
    if (first === undefined) return [];
    const own = periods
      .filter((period) => yearsKey(period) === yearsKey(first))
      .flatMap((period): Entry[] => {
        const rows = wholeGrowths(period)?.map((growth) => ({ name: growth.name, growths: [growth] }));
        return rows === undefined ? [] : [{ name: period.older.name, rows, totals: hasTotals(period.older) }];
      });
    const chosen = unlikeNames(random, own);
    const rows = chosen.flatMap((entry) => entry.rows);
    const alone = chosen.length === 1;
    if (alone && rows.length < leastAlone) return [];
    const tables = listed(
      chosen.map(({ name }) => name),
      context.language,
    );
    return bounds.flatMap((bound) =>
      (['up', 'down'] as const).flatMap((move): Search[] => {
        const kind = alone ? (`${move}One` as const) : move;
        const sign = move === 'up' ? 1 : -1;
        const near = rows.some(({ growths }) =>
          growths.some(({ percent }) => Math.abs(sign * percent - bound) < leastGap),
        );
        const fits = ({ growths }: Row): boolean => growths.every(({ percent }) => sign * percent > bound);
        const slots = { tables, one: document.title, ...saidYears(first), bound: String(bound) };
        return near ? [] : [{ kind, slots, rows, fits, totals: chosen.some(({ totals }) => totals) }];
      }),
    );
  });
}

interface Pair {
  readonly a: Period;
  readonly b: Period;
}

/** Tables of one layout in two documents, with the periods that both tell. */
function pairsOf(tables: readonly ReportTable[]): Pair[] {
  return tables.flatMap((one) =>
    tables.flatMap((other): Pair[] => {
      if (!alike(one, other) || one.name !== other.name) return [];
      const [a, b] = [periodOf(one), periodOf(other)];
      return a === undefined || b === undefined ? [] : [{ a, b }];
    }),
  );
}

function rowsOf({ a, b }: Pair): Row[] | undefined {
  const [first, second] = [wholeGrowths(a), wholeGrowths(b)];
  return first?.flatMap((growth): Row[] => {
    const other = second?.find(({ name }) => folded(name) === folded(growth.name));
    return other === undefined ? [] : [{ name: growth.name, growths: [growth, other] }];
  });
}

const keyOf = ({ a, b }: Pair): string =>
  [a.older.document.title, b.older.document.title, yearsKey(a), yearsKey(b)].join('\n');

function overTwo(context: Context, random: Random): Search[] {
  const pairs = pairsOf(contextTables(context));
  return [...new Set(pairs.map(keyOf))].flatMap((key): Search[] => {
    const own = pairs.filter((pair) => keyOf(pair) === key);
    const [first] = own;
    if (first === undefined) return [];
    const { a, b } = first;
    const [early, late] = [saidYears(a), saidYears(b)];
    const same = sameIssuer(a.older.document, b.older.document);
    const kind = same && early.to === late.from ? 'turned' : !same && yearsKey(a) === yearsKey(b) ? 'apart' : undefined;
    if (kind === undefined) return [];
    const chosen = unlikeNames(
      random,
      own.flatMap((pair): Entry[] => {
        const rows = rowsOf(pair) ?? [];
        const totals = hasTotals(pair.a.older) || hasTotals(pair.b.older);
        return rows.length === 0 ? [] : [{ name: pair.a.older.name, rows, totals }];
      }),
    );
    const rows = chosen.flatMap((entry) => entry.rows);
    const tables = listed(
      chosen.map(({ name }) => name),
      context.language,
    );
    const still = rows.some(({ growths }) => growths.some(({ percent }) => Math.abs(percent) < leastMove));
    if (rows.length === 0 || still) return [];
    const titles = { one: a.older.document.title, other: b.older.document.title };
    return (['up', 'down'] as const).flatMap((one) =>
      (['up', 'down'] as const).map((other): Search => {
        const said = { first: moves[context.language][one], second: moves[context.language][other] };
        // Of the same twice nobody says that the second is otherwise.
        const told = one !== other ? kind : kind === 'turned' ? ('again' as const) : ('alike' as const);
        const slots = { ...titles, ...said, tables, from: early.from, middle: early.to, to: late.to };
        return {
          kind: told,
          slots,
          rows,
          totals: chosen.some(({ totals }) => totals),
          fits: ({ growths: [x, y] }) => x !== undefined && y !== undefined && went(x) === one && went(y) === other,
        };
      }),
    );
  });
}

/** Rows of one table that two conditions leave. */
interface Twofold {
  readonly said: string;
  readonly rows: readonly ReportRow[];
  readonly looked: readonly Figure[];
}

/** Whether two columns state one thing of two spells: nobody asks for rows with much in April and little in January. */
const ofOneMeasure = ({ columns }: ReportTable, a: number, b: number): boolean => {
  const [one, other] = [columns[a], columns[b]];
  if (one === undefined || other === undefined) return false;
  const dated = one.year !== undefined && other.year !== undefined && one.rest === other.rest;
  return dated || (isSpell(one) && isSpell(other));
};

function twofold(table: ReportTable, { language }: Context, random: Random): Twofold[] {
  const filters = random.shuffle(filtersOf(table, language)).slice(0, pairedFilters);
  const count = countedRows(table).length;
  return filters.flatMap((one, i) =>
    filters.slice(i + 1).flatMap((other): Twofold[] => {
      const rows = table.rows.filter((row) => one.rows.includes(row) && other.rows.includes(row));
      // Each condition has to rule out rows that the other leaves.
      if (areOneVariable(table, one.column, other.column)) return [];
      if (ofOneMeasure(table, one.column, other.column)) return [];
      if (one.column === other.column || rows.length === one.rows.length || rows.length === other.rows.length)
        return [];
      if (rows.length < found.least || rows.length > found.most || rows.length > found.share * count) return [];
      const nouns = rowNouns([table], language);
      const what = both.say(language, { where: whereOf(table, language), nouns, first: one.said, second: other.said });
      const said = hasTotals(table) ? aside.say(language, { what }) : what;
      return [{ said, rows, looked: [...one.looked, ...other.looked] }];
    }),
  );
}

function ofOneTable(context: Context, random: Random): QuestionDraft | undefined {
  const [pick] = random.sample(
    contextTables(context).flatMap((table) => twofold(table, context, random)),
    1,
  );
  if (pick === undefined) return undefined;
  const { said, rows, looked } = pick;
  const own = looked.filter(({ row }) => rows.includes(row));
  return {
    slots: { what: said },
    gold: rows.map(({ name }) => name),
    rationale: rows
      .map(
        (row) =>
          own
            .filter((figure) => figure.row === row)
            .map(told)
            .join('; ') || row.name,
      )
      .join('\n'),
    proof: [...rows.map(({ label }) => label), ...proofsOf(looked)],
  };
}

const figures = (rows: readonly Row[]): Proof[] =>
  proofsOf(rows.flatMap(({ growths }) => growths.flatMap(figuresOfGrowth)));

export const rowsWhere: QuestionGenerator = {
  id: 'rows-where',
  version: 6,
  task: 'T3',
  subtask: 'exhaustive retrieval under a composed condition',
  asks: 'Asks for all rows of several tables that rose or fell as told, in one report or over two, or of one table that meet two conditions.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 2048,
  reserve: 160,
  wordings: asked,
  contract: {
    en: 'After [Answer], write the name of every such row, one on each line.',
    zh: '请在[答案]后写出所有符合条件的项目名称，每行一个。',
  },
  places: (_, facts) => tablePlaces(facts),
  draw(context, random): QuestionDraft | string {
    const searches = random.shuffle([
      ...moved(context, random),
      ...overTwo(context, random),
      ...overTwo(context, random),
    ]);
    const good = searches.filter(({ rows, fits }) => {
      const count = rows.filter(fits).length;
      return count >= found.least && count <= found.most && count <= found.share * rows.length;
    });
    const [search] = spreadFirst(good, ({ rows }) => spreadOf(context, figures(rows)));
    if (search === undefined) return ofOneTable(context, random) ?? 'no condition that a few rows of the tables meet';
    const { kind, slots, rows, fits, totals } = search;
    const fitting = rows.filter(fits);
    const tables = [...new Set(rows.flatMap(({ growths }) => growths.map(({ from }) => from.table)))];
    const what = whats[kind].say(context.language, { ...slots, nouns: rowNouns(tables, context.language) });
    return {
      slots: { what: totals ? aside.say(context.language, { what }) : what },
      gold: fitting.map(({ name }) => name),
      rationale: fitting.map(({ growths }) => growths.flatMap(figuresOfGrowth).map(told).join('; ')).join('\n'),
      // The others have to be looked at too.
      proof: [...figures(random.shuffle(fitting)), ...figures(rows.filter((row) => !fits(row)))],
    };
  },
  solve,
};
