/** @file Reckons anew in floating point, from the lines of the tables. */

import { documentCalled, type ShownPrompt } from '../../read-prompt.ts';
import { columnSaid, linesWith, numberIn } from '../../solving/filters.ts';
import { nameOfRow, quotedNames, rowOf, rowsBelow, titledTable, yearColumn } from '../../solving/report-tables.ts';
import { type ShownTable, shownNumber, shownTables } from '../../solving/tables.ts';
import { decimalsRead } from '../../views/tables/decimal-words.ts';
import { whats, wholes, withFall } from './wordings.ts';

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

const shown = (value: number, decimals = 1): string[] | undefined =>
  Number.isFinite(value) ? [value.toFixed(decimals)] : undefined;

/** As many decimals as it has, without what floating point adds. */
const stated = (value: number): string[] | undefined =>
  Number.isFinite(value) ? [String(Number(value.toFixed(6)))] : undefined;

const numberAt = (row: readonly string[] | undefined, at: number): number => shownNumber(row?.[at] ?? '') ?? Number.NaN;

/** The table of a name; the only one of a document that has no other. */
function tableCalled({ documents, slots: { document = '' } }: ShownPrompt, name = ''): ShownTable | undefined {
  const found = documentCalled(documents, document);
  if (found === undefined) return undefined;
  const [only, ...others] = shownTables(found);
  return titledTable(found, name) ?? (others.length === 0 ? only : undefined);
}

type Slots = Readonly<Record<string, string>>;

/** What is reckoned from growths and shares over two years. */
function overYears(prompt: ShownPrompt, what: string): string[] | undefined {
  const at = (name: string | undefined, row: string | undefined, year: string | undefined): number => {
    const table = tableCalled(prompt, name);
    return table === undefined ? Number.NaN : numberAt(rowOf(table, row ?? ''), yearColumn(table, year ?? '?'));
  };
  const growth = whats.growth.read(what);
  if (growth !== undefined) {
    const rows = quotedNames(growth.rows ?? '');
    const [a = 0, b = 0] = [growth.from, growth.to].map((year) => sum(rows.map((row) => at(growth.table, row, year))));
    return shown((100 * (b - a)) / a);
  }
  const totals = whats.totals.read(what);
  const apart = totals ?? whats.apart.read(what);
  if (apart !== undefined) {
    const { one, oneTable, other, otherTable = oneTable, from, to } = apart;
    const rate = (table?: string, said?: string): number => {
      const row = totals === undefined ? said : totalCalled(tableCalled(prompt, table), said);
      return (100 * at(table, row, to)) / at(table, row, from);
    };
    return shown(rate(oneTable, one) - rate(otherTable, other));
  }
  const share = whats.share.read(what);
  if (share === undefined) return undefined;
  const total = totalCalled(tableCalled(prompt, share.table), share.whole);
  const part = (year?: string): number => (100 * at(share.table, share.row, year)) / at(share.table, total, year);
  return shown(part(share.to) - part(share.from));
}

/** Name of the row that a share is taken of. */
function totalCalled(table: ShownTable | undefined, whole = ''): string {
  const named = wholes.bare.read(whole) === undefined ? wholes.named.read(whole)?.total : undefined;
  if (named !== undefined || table === undefined) return named ?? '';
  const below = rowsBelow(table);
  const [only, ...others] = table.rows.filter((row) => !below.includes(row));
  return only === undefined || others.length > 0 ? '' : nameOfRow(only);
}

/** What is reckoned from one column: by rows of their names, or by those of one kind. */
function ofColumn(prompt: ShownPrompt, what: string): string[] | undefined {
  const reckon = <T>(read: Slots | undefined, value: (table: ShownTable, slots: Slots) => T): T | undefined => {
    const table = read === undefined ? undefined : tableCalled(prompt, read.table);
    return read === undefined || table === undefined ? undefined : value(table, read);
  };
  const named = (table: ShownTable, name = '', { figure = '' }: Slots): number =>
    numberAt(rowOf(table, name), columnSaid(table, figure));
  const kind = (table: ShownTable, { condition = '', figure = '' }: Slots): number[] =>
    linesWith(table, condition).map((row) => numberAt(row, columnSaid(table, figure)));
  return (
    reckon(whats.part.read(what), (table, slots) =>
      shown((100 * named(table, slots.row, slots)) / named(table, totalCalled(table, slots.whole), slots)),
    ) ??
    reckon(whats.difference.read(what), (table, slots) =>
      stated(named(table, slots.one, slots) - named(table, slots.other, slots)),
    ) ??
    reckon(whats.times.read(what), (table, slots) =>
      shown(named(table, slots.one, slots) / named(table, slots.other, slots)),
    ) ??
    reckon(whats.sum.read(what), (table, slots) => stated(sum(kind(table, slots)))) ??
    reckon(whats.weighted.read(what), (table, slots) => {
      const rows = quotedNames(slots.rows ?? '').map((name) => rowOf(table, name) ?? []);
      const weights = rows.map((row) => numberIn(table, row, slots.weight));
      const at = columnSaid(table, slots.figure ?? '');
      const whole = sum(rows.map((row, i) => numberAt(row, at) * (weights[i] ?? Number.NaN)));
      return shown(whole / sum(weights), decimalsRead(slots.decimals ?? ''));
    }) ??
    reckon(whats.average.read(what), (table, slots) => {
      const values = kind(table, slots);
      return shown(sum(values) / values.length, decimalsRead(slots.decimals ?? ''));
    })
  );
}

export function solve(prompt: ShownPrompt): string[] | undefined {
  const said = prompt.slots.what ?? '';
  const what = withFall.read(said)?.what ?? said;
  return overYears(prompt, what) ?? ofColumn(prompt, what);
}
