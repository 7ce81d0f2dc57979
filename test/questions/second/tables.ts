/** @file Second implementations for tables of reports. */

import {
  bare,
  change,
  line,
  asked as matched,
} from '../../../src/construction/questions/generators/figures-to-tables/wordings.ts';
import { asked as restated } from '../../../src/construction/questions/generators/restated-figure/wordings.ts';
import {
  asides as rankAsides,
  asked as ranked,
  sides as rankSides,
  whats as rankWhats,
} from '../../../src/construction/questions/generators/rows-ranked/wordings.ts';
import {
  aside,
  both,
  asked as where,
  whats as whereWhats,
} from '../../../src/construction/questions/generators/rows-where/wordings.ts';
import {
  leads,
  leadsAlone,
  reportMoves,
  rowMoves,
  aside as scopeAside,
  scopes,
  asked as stated,
} from '../../../src/construction/questions/generators/statement-check/wordings.ts';
import {
  asked as calculated,
  whats as calculations,
  wholes,
  withFall,
} from '../../../src/construction/questions/generators/table-calculation/wordings.ts';
import {
  clues,
  asked as lookup,
  wanted as lookupWanted,
} from '../../../src/construction/questions/generators/table-lookup/wordings.ts';
import {
  asked as joined,
  whats as joinWhats,
} from '../../../src/construction/questions/generators/tables-joined/wordings.ts';
import {
  rows as rowsSaid,
  asked as two,
  whats as twoWhats,
} from '../../../src/construction/questions/generators/two-tables/wordings.ts';
import { decimalsRead } from '../../../src/construction/questions/views/tables/decimal-words.ts';
import {
  conditions,
  extremes,
  figures as figureWords,
  lowEnds,
  wheres,
} from '../../../src/construction/questions/views/tables/filter-words.ts';
import { columnOf, figureOf, type Grid, Grids, growth, isTotal, quoted, yearFigure, yearOf } from './grid.ts';
import { itemsOf, only, onlyOption, type Second, type Slots, said } from './prompt.ts';

const properRows = (grid: Grid): (readonly string[])[] => grid.rows.filter((row) => !isTotal(grid, row));

/** Names of the rows of some tables of a document that are no totals, with their table. */
function rowsOf(grids: Grids, title = '', tables = ''): { readonly name: string; readonly grid: Grid }[] {
  return quoted(tables).flatMap((table) => {
    const grid = grids.table(title, table);
    return grid === undefined ? [] : properRows(grid).map(([name = '']) => ({ name, grid }));
  });
}

const growthIn = (grid: Grid | undefined, row: string, from = '', to = ''): number | undefined =>
  growth(yearFigure(grid, row, from), yearFigure(grid, row, to));

/** The table that a question calls by its name and document, or by its title alone. */
function gridAt(grids: Grids, where: string | undefined): Grid | undefined {
  const { kind, slots = {} } = said(wheres, where) ?? {};
  return kind === 'alone'
    ? (grids.alone(slots.document) ?? grids.table(slots.document, slots.document))
    : grids.table(slots.document, slots.table);
}

/** The rows that meet a condition on one column. */
function rowsWith(grid: Grid, condition: string | undefined): (readonly string[])[] {
  const { kind, slots = {} } = said(conditions, condition) ?? {};
  const column = columnOf(grid, slots.column) ?? -1;
  const bound = figureOf(slots.bound) ?? Number.NaN;
  return properRows(grid).filter((row) => {
    const value = figureOf(row[column]) ?? Number.NaN;
    return kind === 'is' ? row[column] === slots.text : kind === 'over' ? value > bound : value < bound;
  });
}

/** Where the column stands that a question calls by its year or its heading. */
function columnCalled(grid: Grid, words: string | undefined): number | undefined {
  const { slots = {} } = said(figureWords, words) ?? {};
  return slots.year === undefined ? columnOf(grid, slots.column) : yearOf(grid, slots.year);
}

/** Whether two growths are what a statement says of them. */
function doMove(kind: string | undefined, a = Number.NaN, b = Number.NaN): boolean {
  if (kind === 'turn') return a > 0 && b < 0;
  return kind === 'fall' ? b < 0 && a < b : b > 0 && a > b;
}

/** Whether a row has the greatest or the least figure of its table. */
function comesFirst(grids: Grids, document: string | undefined, text: string): boolean {
  const slots: Slots = leads.read(text) ?? leadsAlone.read(text) ?? {};
  const { kind = '', slots: end = {} } = said(extremes, slots.extreme) ?? {};
  const grid = slots.table === undefined ? grids.alone(document) : grids.table(document, slots.table);
  const column = grid && columnCalled(grid, end.figure);
  const rated = (grid === undefined ? [] : properRows(grid)).flatMap((line) => {
    const value = figureOf(line[column ?? -1]);
    return value === undefined ? [] : [{ name: line[0], value: lowEnds.includes(kind) ? -value : value }];
  });
  return rated.sort((a, b) => b.value - a.value)[0]?.name === slots.row;
}

const statementCheck: Second = (asked) => {
  const grids = new Grids(asked);
  const { scope = '' } = stated.read(asked.question) ?? {};
  const { kind, slots: about = {} } = said(scopes, scopeAside.read(scope)?.scope ?? scope) ?? {};
  const { document, from, to } = about;
  return onlyOption(asked.question, (text) => {
    if (kind === 'leads' || kind === 'alone') return comesFirst(grids, document, text);
    const own = said(rowMoves, text);
    const over = said(reportMoves, text);
    const { one = '', other = '', row = '', table } = own?.slots ?? over?.slots ?? {};
    const grew = (title: string | undefined, name: string): number | undefined =>
      growthIn(grids.table(title, table), name, from, to);
    return own === undefined
      ? doMove(over?.kind, grew(one, row), grew(other, row))
      : doMove(own.kind, grew(document, one), grew(document, other));
  });
};

/** Whether a growth is a move, as a phrase says it. */
const moved = (rate: number | undefined, move = ''): boolean =>
  rate !== undefined && (/rose|上升/.test(move) ? rate > 0 : rate < 0);

const rowsWhere: Second = (asked) => {
  const grids = new Grids(asked);
  const asks = where.read(asked.question)?.what ?? '';
  const what = aside.read(asks)?.what ?? asks;
  const two = both.read(what);
  const single = two === undefined ? undefined : gridAt(grids, two.where);
  if (single !== undefined) {
    const others = rowsWith(single, two?.second).map(([name]) => name);
    return rowsWith(single, two?.first).flatMap(([name = '']) => (others.includes(name) ? [name] : []));
  }
  const { kind, slots = {} } = said(whereWhats, what) ?? {};
  const { one, other, tables, from, middle, to, first, second, bound } = slots;
  const fits = ({ name, grid }: { name: string; grid: Grid }): boolean => {
    const there = grids.table(other, grid.name);
    if (kind === 'up' || kind === 'upOne') return (growthIn(grid, name, from, to) ?? -9) > Number(bound) / 100;
    if (kind === 'down' || kind === 'downOne') return (growthIn(grid, name, from, to) ?? 9) < -Number(bound) / 100;
    const then = kind === 'again' || kind === 'alike' ? first : second;
    if (kind === 'turned' || kind === 'again')
      return moved(growthIn(grid, name, from, middle), first) && moved(growthIn(there, name, middle, to), then);
    return moved(growthIn(grid, name, from, to), first) && moved(growthIn(there, name, from, to), then);
  };
  return rowsOf(grids, one, tables)
    .filter(fits)
    .map(({ name }) => name);
};

function ratioOf(
  grids: Grids,
  title: string | undefined,
  year: string | undefined,
  slots: Readonly<Record<string, string>>,
): number {
  const at = (words: string | undefined): number => {
    const { slots: row = {} } = said(rowsSaid, words) ?? {};
    const grid = grids.table(title, row.table);
    const name =
      row.row ?? only((grid?.rows ?? []).filter((line) => grid !== undefined && isTotal(grid, line)))?.[0] ?? '';
    return yearFigure(grid, name, year) ?? Number.NaN;
  };
  return (100 * at(slots.over)) / at(slots.under);
}

const twoTables: Second = (asked) => {
  const grids = new Grids(asked);
  const { kind, slots = {} } = said(twoWhats, two.read(asked.question)?.what) ?? {};
  const { one, other, from, to, year } = slots;
  const difference =
    kind === 'change'
      ? ratioOf(grids, one, to, slots) - ratioOf(grids, one, from, slots)
      : kind === 'across'
        ? ratioOf(grids, other, to, slots) - ratioOf(grids, one, from, slots)
        : ratioOf(grids, one, year, slots) - ratioOf(grids, other, year, slots);
  return Number.isNaN(difference) ? undefined : [difference.toFixed(1)];
};

/** A number with as many decimals as the most exact of those that it is made of. */
const plain = (value: number): string => String(Number(value.toFixed(6)));

const restatedFigure: Second = (asked) => {
  const grids = new Grids(asked);
  const { year, tables, one, other } = restated.read(asked.question) ?? {};
  const differences = rowsOf(grids, one, tables).flatMap(({ name, grid }) => {
    const [a, b] = [yearFigure(grid, name, year), yearFigure(grids.table(other, grid.name), name, year)];
    return a === undefined || b === undefined ? [] : [b - a];
  });
  const largest = differences.sort((a, b) => Math.abs(b) - Math.abs(a))[0];
  return largest === undefined ? undefined : [plain(largest)];
};

const tableLookup: Second = (asked) => {
  const grids = new Grids(asked);
  const { clue = '', wanted = '' } = lookup.read(asked.question) ?? {};
  const { kind = '', slots = {} } = said(clues, clue) ?? {};
  const { document } = said(wheres, slots.where)?.slots ?? {};
  const sought = said(lookupWanted, wanted)?.slots ?? {};
  const grid = gridAt(grids, slots.where);
  const target = sought.in === undefined ? grid : grids.table(sought.other ?? document, sought.in);
  if (grid === undefined || target === undefined) return undefined;
  const { kind: end = '', slots: ofEnd = {} } = said(extremes, slots.extreme) ?? {};
  const column = columnCalled(grid, ofEnd.figure);
  const rated = properRows(grid).flatMap((row) => {
    const [name = ''] = row;
    const value =
      kind === 'growth'
        ? growthIn(grid, name, slots.from, slots.to)
        : column === undefined
          ? undefined
          : figureOf(row[column]);
    return value === undefined ? [] : [{ name, value }];
  });
  const row = rated.sort((a, b) => (lowEnds.includes(end) ? a.value - b.value : b.value - a.value))[0]?.name;
  const cell = target.rows.find(([name]) => name === row)?.[columnCalled(target, sought.figure) ?? -1];
  return cell === undefined ? undefined : [cell];
};

const rowsRanked: Second = (asked) => {
  const grids = new Grids(asked);
  const { what = '' } = ranked.read(asked.question) ?? {};
  const { kind, slots = {} } = said(rankWhats, said(rankAsides, what)?.slots.what ?? what) ?? {};
  const { one, other, from, to, table } = slots;
  const over = said(rankSides, slots.over)?.slots ?? {};
  const under = said(rankSides, slots.under)?.slots ?? {};
  const sideOf = (grid: Grid, side: typeof over, name: string): number | undefined => {
    const column = columnOf(grid, side.column ?? side.year);
    return column === undefined ? undefined : figureOf(grid.rows.find(([label]) => label === name)?.[column]);
  };
  const single = gridAt(grids, slots.where);
  if (single !== undefined)
    return rowsWith(single, slots.condition)
      .map((row) => ({ name: row[0] ?? '', value: figureOf(row[columnOf(single, slots.column) ?? -1]) ?? Number.NaN }))
      .filter(({ value }) => !Number.isNaN(value))
      .sort((a, b) => b.value - a.value)
      .map(({ name }) => name);
  const listed = (grid: Grid): { name: string; grid: Grid }[] =>
    slots.list === undefined
      ? properRows(grid).map(([name = '']) => ({ name, grid }))
      : quoted(slots.list).map((name) => ({ name, grid }));
  const grid = grids.table(one, over.table ?? table);
  const peers = quoted(slots.titles).flatMap((title) => grids.table(title, table) ?? []);
  const rows = kind === 'peers' ? peers.flatMap(listed) : grid === undefined ? [] : listed(grid);
  const measured = ({ name, grid: own }: { name: string; grid: Grid }): number | undefined => {
    if (kind === 'difference') {
      const [a, b] = [yearFigure(own, name, from), yearFigure(own, name, to)];
      return a === undefined || b === undefined ? undefined : b - a;
    }
    if (kind === 'differenceHeads') {
      const line = own.rows.find(([label]) => label === name);
      const [a, b] = [from, to].map((head) => figureOf(line?.[columnOf(own, head) ?? -1]));
      return a === undefined || b === undefined ? undefined : b - a;
    }
    if (kind === 'across' || kind === 'listedAcross')
      return growth(yearFigure(own, name, from), yearFigure(grids.table(other, own.name), name, to));
    if (kind !== 'quotient') return growthIn(own, name, from, to);
    const below = grids.table(one, under.table);
    const [top, bottom] = [sideOf(own, over, name), below && sideOf(below, under, name)];
    return top === undefined || bottom === undefined ? undefined : top / bottom;
  };
  return rows
    .flatMap((row) => {
      const value = measured(row);
      return value === undefined ? [] : [{ name: row.name, value }];
    })
    .sort((a, b) => b.value - a.value)
    .map(({ name }) => name);
};

/** The cell of a row in a year, as printed. */
function printed(grid: Grid | undefined, row: string, year: string): string {
  const column = grid && yearOf(grid, year);
  return (column === undefined ? undefined : grid?.rows.find(([name]) => name === row)?.[column]) ?? '';
}

const tablesJoined: Second = (asked) => {
  const grids = new Grids(asked);
  const { kind, slots = {} } = said(joinWhats, joined.read(asked.question)?.what) ?? {};
  const { titles, tables, year = '', columns, one, other, early = '', late = '' } = slots;
  const heads = quoted(columns);
  if (kind === 'changes') {
    const data = rowsOf(grids, one, tables).map(({ name, grid }) => {
      const [a, b] = [slots.from, slots.to].map((at) => yearFigure(grid, name, at));
      return [
        name,
        printed(grid, name, slots.from ?? ''),
        printed(grid, name, slots.to ?? ''),
        a === undefined || b === undefined ? '' : plain(b - a),
      ];
    });
    return [JSON.stringify({ columns: heads, data })];
  }
  if (kind === 'reports') {
    const named = quoted(tables);
    const data = quoted(titles).map((title) => [
      title,
      ...heads.slice(1).map((row) => {
        const cells = named.map((name) => printed(grids.table(title, name), row, year));
        return cells.find((cell) => cell !== '') ?? '';
      }),
    ]);
    return [JSON.stringify({ columns: heads, data })];
  }
  if (kind === 'years') {
    const data = rowsOf(grids, one, tables)
      .map(({ name, grid }) => [
        name,
        ...(early.match(/\d{4}/g) ?? []).map((at) => printed(grid, name, at)),
        ...(late.match(/\d{4}/g) ?? []).map((at) => printed(grids.table(other, grid.name), name, at)),
      ])
      .filter((row) => !row.includes(''));
    return [JSON.stringify({ columns: heads, data })];
  }
  const named = quoted(tables).map((name) => grids.table(one, name));
  const common = named[0] === undefined ? [] : properRows(named[0]).map(([name = '']) => name);
  const data = common
    .filter((name) => named.every((grid) => grid?.rows.some(([label]) => label === name)))
    .map((name) => [
      name,
      ...heads.slice(1).map((head) => {
        // A year is called with its table: `Overtime paid, FY2022`.
        const prefix = quoted(tables).find((table) => head.startsWith(`${table}, `) || head.startsWith(`${table}，`));
        const own = prefix === undefined ? head : head.slice(prefix.length).replace(/^(?:, |，)/, '');
        const from = prefix === undefined ? named : [grids.table(one, prefix)];
        const grid = from.find((entry) => entry !== undefined && columnOf(entry, own) !== undefined);
        const column = grid && columnOf(grid, own);
        return (column === undefined ? undefined : grid?.rows.find(([label]) => label === name)?.[column]) ?? '';
      }),
    ]);
  return [JSON.stringify({ columns: heads, data })];
};

/** Whether a growth is told by a percentage with its decimals. */
const isTold = (rate: number | undefined, percent: string): boolean =>
  rate !== undefined &&
  Math.abs(100 * rate - Number(percent)) <= 0.5000001 * 10 ** -(percent.split('.')[1]?.length ?? 0);

const linesMatched: Second = (asked) => {
  const grids = new Grids(asked);
  const { document, from, to, lines = '' } = matched.read(asked.question) ?? {};
  const rows = lines.split('\n').flatMap((text) => {
    const { row, table = '' } = line.read(text.replace(/^- /, '')) ?? {};
    return row === undefined ? [] : [{ row, table }];
  });
  const found = itemsOf(asked.question)
    .filter(({ text }) => /^[+-][\d.]+%$/.test(text))
    .map(({ label, text }) => {
      const percent = bare.read(text)?.percent ?? '';
      const one = only(
        rows.filter(({ row, table }) => isTold(growthIn(grids.table(document, table), row, from, to), percent)),
      );
      return one === undefined ? '' : `${label}: ${one.row}`;
    });
  return found.includes('') ? undefined : found;
};

const figuresToTables: Second = (asked) => {
  if (matched.read(asked.question)?.lines !== undefined) return linesMatched(asked);
  const grids = new Grids(asked);
  const titles = quoted(matched.read(asked.question)?.titles);
  const lines = itemsOf(asked.question).map(({ label, text }) => {
    const { row = '', table, percent = '', from, to } = change.read(text) ?? {};
    const [wanted, decimals] = [Number(percent.replace('−', '-')), percent.split('.')[1]?.length ?? 0];
    const fitting = titles.filter((title) => {
      const rate = growthIn(grids.table(title, table), row, from, to);
      return rate !== undefined && Math.abs(100 * rate - wanted) <= 0.5000001 * 10 ** -decimals;
    });
    return fitting.length === 1 ? `${label}: ${fitting[0]}` : '';
  });
  return lines.includes('') ? undefined : lines;
};

/** The figures of a column over some rows. */
const columnFigures = (column: number | undefined, rows: readonly (readonly string[])[]): number[] =>
  column === undefined ? [] : rows.flatMap((row) => figureOf(row[column]) ?? []);

const sumOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** The name of the total that a share is taken of. */
const totalOf = (grid: Grid, whole: string | undefined): string =>
  said(wholes, whole)?.slots.total ?? only(grid.rows.filter((row) => isTotal(grid, row)))?.[0] ?? '';

const tableCalculation: Second = (asked) => {
  const { document, what: words = '' } = calculated.read(asked.question) ?? {};
  const { kind, slots = {} } = said(calculations, withFall.read(words)?.what ?? words) ?? {};
  const grids = new Grids(asked);
  const table = grids.table(document, slots.table ?? slots.oneTable);
  const grid =
    kind === 'average' && slots.table === document
      ? (grids.alone(document) ?? table)
      : (table ?? grids.alone(document));
  const { from, to, one = '', other = '', row = '' } = slots;
  if (grid === undefined) return undefined;
  const total = totalOf(grid, slots.whole);
  const of = (name: string, year: string | undefined): number => yearFigure(grid, name, year) ?? Number.NaN;
  const column = columnCalled(grid, slots.figure);
  const inColumn = (name: string, at = column): number =>
    figureOf(grid.rows.find(([label]) => label === name)?.[at ?? -1]) ?? Number.NaN;
  const kinds = (): number[] => columnFigures(column, rowsWith(grid, slots.condition));
  const decimals = decimalsRead(slots.decimals ?? '') ?? 1;
  const value = (): number => {
    if (kind === 'growth') {
      const names = quoted(slots.rows);
      const [before, after] = [from, to].map((year) => sumOf(names.map((name) => of(name, year))));
      return 100 * ((after ?? Number.NaN) / (before ?? Number.NaN) - 1);
    }
    if (kind === 'share') return 100 * (of(row, to) / of(total, to) - of(row, from) / of(total, from));
    if (kind === 'part') return (100 * inColumn(row)) / inColumn(total);
    if (kind === 'times') return inColumn(one) / inColumn(other);
    if (kind === 'difference') return inColumn(one) - inColumn(other);
    if (kind === 'sum') return sumOf(kinds());
    if (kind === 'average') return sumOf(kinds()) / kinds().length;
    if (kind === 'weighted') {
      const names = quoted(slots.rows);
      const weights = names.map((name) => inColumn(name, columnOf(grid, slots.weight)));
      return sumOf(names.map((name, i) => inColumn(name) * (weights[i] ?? Number.NaN))) / sumOf(weights);
    }
    const there = kind === 'totals' ? grids.table(document, slots.otherTable) : grid;
    const [first, second] =
      kind === 'totals' && there !== undefined ? [totalOf(grid, one), totalOf(there, other)] : [one, other];
    const [a, b] = [growthIn(grid, first, from, to), growthIn(there, second, from, to)];
    return 100 * ((a ?? Number.NaN) - (b ?? Number.NaN));
  };
  const answer = value();
  if (Number.isNaN(answer)) return undefined;
  return [kind === 'difference' || kind === 'sum' ? plain(answer) : answer.toFixed(decimals)];
};

/** By the id of the generator. */
export const tables: Readonly<Record<string, Second>> = {
  'statement-check': statementCheck,
  'rows-where': rowsWhere,
  'two-tables': twoTables,
  'restated-figure': restatedFigure,
  'table-lookup': tableLookup,
  'rows-ranked': rowsRanked,
  'tables-joined': tablesJoined,
  'figures-to-tables': figuresToTables,
  'table-calculation': tableCalculation,
};
