/** @file Tables against labels: cells by row, column and the path of headings, captions, units and totals. */
import { bare, fold, overlaps } from './fold.ts';
import type { FoundFacts, FoundTable } from './found.ts';
import { type LabelledTable, type Labels, maybeOf } from './labels.ts';
import type { MarkSheet } from './marks.ts';

interface Grid {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const header = (text: string): string => bare(text.replace(/\s*\/\s*/g, '/'));
const keysOf = ({ headers, rows }: Grid): string[] =>
  rows.flatMap((cells, row) => cells.map((cell, column) => `${row}|${column}|${headers[column] ?? ''}|${fold(cell)}`));

const labelledGrid = ({ columns, rows }: LabelledTable): Grid => ({ headers: columns.map(header), rows });

/** All rows, and those that hold data: a line that only names the rows below it may be labelled or not. */
function foundGrids({ columns, rows }: FoundTable): Grid[] {
  const headers = columns.map((column) => header(column.header));
  const all = { headers, rows: rows.map(({ cells }) => cells) };
  return [all, { headers, rows: rows.filter(({ heading }) => !heading).map(({ cells }) => cells) }];
}

const shared = (a: readonly string[], b: readonly string[]): number => {
  const keys = new Set(a);
  return b.filter((key) => keys.has(key)).length;
};

interface Pairing {
  readonly label: LabelledTable;
  readonly table: FoundTable;
  readonly keys: readonly string[];
  readonly score: number;
}

function bestKeys(label: LabelledTable, table: FoundTable): { keys: readonly string[]; score: number } {
  const wanted = keysOf(labelledGrid(label));
  const readings = foundGrids(table).map((grid) => ({ keys: keysOf(grid), score: shared(wanted, keysOf(grid)) }));
  return readings.reduce((best, next) => (next.score > best.score ? next : best));
}

/** Values that both hold, whatever their place: enough to say which table is meant. */
function sameTable(label: LabelledTable, table: FoundTable): boolean {
  const values = label.rows
    .flat()
    .filter((cell) => cell !== '')
    .map(fold);
  const found = new Set(table.rows.flatMap(({ cells }) => cells.map(fold)));
  return values.filter((value) => found.has(value)).length * 3 >= values.length;
}

function pair(labels: readonly LabelledTable[], tables: readonly FoundTable[]): Pairing[] {
  const all = labels.flatMap((label) =>
    tables.filter((table) => sameTable(label, table)).map((table) => ({ label, table, ...bestKeys(label, table) })),
  );
  const taken = new Set<LabelledTable | FoundTable>();
  return all
    .sort((a, b) => b.score - a.score)
    .filter(({ label, table }) => {
      if (taken.has(label) || taken.has(table)) return false;
      taken.add(label).add(table);
      return true;
    });
}

const scaleWords =
  /thousands?|millions?|billions?|hundreds?|^(?:1|10|100)(?:,?000)+|百万|千万|[千万亿萬億]|\bin\b|^in|^mn|^bn|^milesde|^'000s?|'000s?$/g;
const unitNames: Readonly<Record<string, string>> = {
  $: 'usd',
  us$: 'usd',
  dollars: 'usd',
  dollar: 'usd',
  '€': 'eur',
  euros: 'eur',
  euro: 'eur',
  '£': 'gbp',
  pounds: 'gbp',
  '¥': '元',
  percent: '%',
  percentage: '%',
  metres: 'm',
  meters: 'm',
  metre: 'm',
  kilometres: 'km',
  litres: 'l',
  liters: 'l',
};

/** A unit without its scale and in one spelling. */
export function unitOf(text: string): string {
  const own = bare(text);
  const known = unitNames[own];
  if (known !== undefined) return known;
  const plain = own
    .replace(scaleWords, '')
    .replace(/^of|in$/g, '')
    .replace(/\.$/, '');
  return unitNames[plain] ?? plain.replace(/(?<=\p{Ll}{2})s$/u, '');
}

const scaleOf: Readonly<Record<string, number>> = { thousand: 1e3, million: 1e6, billion: 1e9 };

function scoreUnits(label: LabelledTable, table: FoundTable, sheet: MarkSheet): void {
  for (const [name, unit] of Object.entries(label.units ?? {})) {
    const column = table.columns.find((each) => header(each.header) === header(name));
    const what = `${name}: ${unit}`;
    // `(thousand)` says a scale of what is counted, and no unit.
    if (
      column?.unit === undefined &&
      column?.scale === scaleOf[unit.toLowerCase().replace(/s$/, '')] &&
      column?.scale !== undefined
    )
      sheet.add('table units', 'right', what);
    else if (column?.unit === undefined) sheet.add('table units', 'miss', what);
    else if (unitOf(column.unit) === unitOf(unit)) sheet.add('table units', 'right', what);
    else sheet.wrong('table units', `${what}, found ${column.unit}`);
  }
}

function scoreTotals(label: LabelledTable, table: FoundTable, sheet: MarkSheet): void {
  if (label.totals === undefined && label.rows.length === 0) return;
  // Which rows are totals; whether a cell keeps its currency sign is told by the cells.
  const key = (cells: readonly string[]): string => cells.map((cell) => fold(cell).replace(/[$€£¥]/g, '')).join('|');
  const wanted = new Set((label.totals ?? []).map((row) => key(label.rows[row] ?? [])));
  const found = new Set(table.rows.filter(({ total }) => total).map(({ cells }) => key(cells)));
  for (const row of wanted) sheet.add('table totals', found.has(row) ? 'right' : 'miss', row);
  for (const row of found) if (!wanted.has(row)) sheet.add('table totals', 'alarm', row);
}

function scoreCaption(label: LabelledTable, table: FoundTable, sheet: MarkSheet): void {
  // An empty caption says that there is none.
  const caption = label.caption === '' ? undefined : label.caption;
  if (caption === undefined && table.caption === undefined) return;
  if (caption === undefined) sheet.add('table captions', 'alarm', table.caption ?? '');
  else if (table.caption === undefined) sheet.add('table captions', 'miss', caption);
  else if (overlaps(caption, table.caption)) sheet.add('table captions', 'right', caption);
  else sheet.wrong('table captions', `${caption}, found ${table.caption}`);
}

function scoreCells({ label, keys }: Pairing, sheet: MarkSheet): void {
  const wanted = keysOf(labelledGrid(label));
  const [found, known] = [new Set(keys), new Set(wanted)];
  for (const key of wanted) sheet.add('cells', found.has(key) ? 'right' : 'miss', key);
  for (const key of keys) if (!known.has(key)) sheet.add('cells', 'alarm', key);
}

/** The tables of a document. A table that nobody labelled is a false alarm with all its cells. */
export function scoreTables(labels: Labels, found: FoundFacts, sheet: MarkSheet): void {
  if (labels.tables === undefined) return;
  const pairs = pair(labels.tables, found.tables);
  const maybe = maybeOf(labels, 'tables').map(fold);
  for (const pairing of pairs) {
    sheet.add('tables', 'right', pairing.label.columns.join(' | '));
    scoreCells(pairing, sheet);
    scoreCaption(pairing.label, pairing.table, sheet);
    scoreUnits(pairing.label, pairing.table, sheet);
    scoreTotals(pairing.label, pairing.table, sheet);
  }
  for (const label of labels.tables.filter((each) => !pairs.some((pairing) => pairing.label === each))) {
    sheet.add('tables', 'miss', label.columns.join(' | '));
    for (const key of keysOf(labelledGrid(label))) sheet.add('cells', 'miss', key);
  }
  for (const table of found.tables.filter((each) => !pairs.some((pairing) => pairing.table === each))) {
    const grid = foundGrids(table)[0] ?? { headers: [], rows: [] };
    const all = fold(
      [table.caption ?? '', ...table.columns.map((column) => column.header), ...grid.rows.flat()].join(' '),
    );
    if (maybe.some((text) => text !== '' && all.includes(text))) continue;
    sheet.add(
      'tables',
      'alarm',
      `${table.columns.map((column) => column.header).join(' | ')} || ${grid.rows[0]?.join(' | ') ?? ''}`,
    );
    for (const key of keysOf(grid)) sheet.add('cells', 'alarm', key);
  }
}
