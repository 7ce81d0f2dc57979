/**
 * @file A data set as questions see it: a table of many rows, columns of words that recur (a species, a region) and columns of measured
 * figures. Its rows have no names that a person would know; they are asked about by groups.
 */

import type { Span } from '../../../../corpus/document.ts';
import type { Structure } from '../../../../corpus/structure/structure.ts';
import type { Table } from '../../../../corpus/tables/table.ts';
import type { Random } from '../../../../random.ts';
import type { Context, ContextDocument, Proof } from '../../question.ts';
import { dividedBy, type Exact, exact, sumOf } from '../exact.ts';
import { cellOf, type DataCell } from './data-table.ts';

/** Cells by column; undefined where nothing is stated. */
export type SetRow = readonly (DataCell | undefined)[];

/** A column of words that recur, with the words. */
export interface GroupColumn {
  readonly at: number;
  readonly header: string;
  /** In the order of the table. */
  readonly values: readonly string[];
}

/** A column of figures that mean something together. */
export interface MeasureColumn {
  readonly at: number;
  readonly header: string;
}

/** A table of many rows, as far as the prompt shows it. */
export interface DataSet {
  readonly document: ContextDocument;
  readonly rows: readonly SetRow[];
  readonly groups: readonly GroupColumn[];
  readonly measures: readonly MeasureColumn[];
}

/** Rows that make a data set; the shortest prompts show so many. */
export const leastRows = 12;
const groupSizes = { least: 2, most: 8, share: 0.35 };
const filledShare = 0.85;
const longest = { header: 50, value: 45 };
const nothing = /^(?:NA|N\/A|n\/a|null|none|nan|-+|\?+)?$/i;

/** Numbers that name, place or date a row. */
const noMeasure =
  /(?:^|[^\p{L}])(?:id|ids|no|nr|num|number|code|lat|latitude|lon|long|lng|longitude|year|month|day|date|zip|postcode|index|rank|row|serial|order|phone|lid)(?:$|[^\p{L}])|编号|序号|代码|年份|年度|月份|日期|经度|纬度|邮编|电话|排名/iu;
const noGroup = /comment|remark|note|url|link|description|备注|说明|网址/i;
const quoted = /[“”"|\n]/;

const valueAt = (row: SetRow, at: number): string => row[at]?.value ?? '';
const isStated = (cell: DataCell | undefined): boolean => cell !== undefined && !nothing.test(cell.value.trim());

function groupAt(rows: readonly SetRow[], at: number, header: string): GroupColumn | undefined {
  const stated = rows.filter((row) => isStated(row[at])).map((row) => valueAt(row, at));
  const values = [...new Set(stated)];
  const folds = new Set(values.map((value) => value.toLowerCase()));
  const fits =
    stated.length >= filledShare * rows.length &&
    values.length >= groupSizes.least &&
    values.length <= Math.min(groupSizes.most, groupSizes.share * rows.length) &&
    folds.size === values.length &&
    !noGroup.test(header) &&
    values.every((value) => /\p{L}/u.test(value) && value.length <= longest.value && !quoted.test(value));
  return fits ? { at, header, values } : undefined;
}

function measureAt(rows: readonly SetRow[], at: number, header: string): MeasureColumn | undefined {
  const numbers = rows.flatMap((row) => row[at]?.number ?? []);
  const texts = rows.filter((row) => isStated(row[at]) && row[at]?.number === undefined).length;
  const fits =
    numbers.length >= filledShare * rows.length && texts === 0 && new Set(numbers).size >= 5 && !noMeasure.test(header);
  return fits ? { at, header } : undefined;
}

/** Whether a figure belongs to what a column names, as the size of a ship that calls again and again: no average of it tells anything. */
function isFixed(rows: readonly SetRow[], { at }: MeasureColumn, group: GroupColumn): boolean {
  const own = group.values
    .map((value) => rows.filter((row) => valueAt(row, group.at) === value).flatMap((row) => row[at]?.number ?? []))
    .filter(({ length }) => length > 1);
  const fixed = own.filter((numbers) => new Set(numbers).size === 1).length;
  return own.length > 0 && fixed > own.length / 2;
}

function dataSetOf(document: ContextDocument, table: Table): DataSet | undefined {
  const rows = table.rows
    .filter(({ heading, total }) => !heading && !total)
    .map(({ cells }): SetRow => cells.map((cell) => cellOf(document, cell)));
  const heads = table.columns.map(({ header }) => header);
  if (rows.length < leastRows || new Set(heads.map((head) => head.toLowerCase())).size < heads.length) return undefined;
  const named = heads
    .map((header, at) => ({ header, at }))
    .filter(({ header }) => header.length >= 2 && header.length <= longest.header && !quoted.test(header));
  const groups = named.flatMap(({ header, at }) => groupAt(rows, at, header) ?? []);
  const measures = named
    .flatMap(({ header, at }) => measureAt(rows, at, header) ?? [])
    .filter((measure) => !groups.some((group) => isFixed(rows, measure, group)));
  return groups.length === 0 || measures.length === 0 ? undefined : { document, rows, groups, measures };
}

const known = new WeakMap<ContextDocument, DataSet | undefined>();

/** The data set of a document that has one table and no more. */
export function dataSet(document: ContextDocument): DataSet | undefined {
  if (known.has(document)) return known.get(document);
  const [table, ...others] = document.facts.tables;
  const found = table === undefined || others.length > 0 ? undefined : dataSetOf(document, table);
  known.set(document, found);
  return found;
}

/** Those of the chosen documents. */
export const chosenSets = ({ documents, chosen }: Context): DataSet[] =>
  chosen.flatMap((i) => {
    const document = documents[i];
    return document === undefined ? [] : (dataSet(document) ?? []);
  });

/** Where a document has a data set; or why it has none. */
function setPlaces(document: ContextDocument['document'], facts: Structure): readonly Span[] | string {
  const [table] = facts.tables;
  const whole = { start: 0, end: document.text.length };
  const found = dataSet({ document, title: document.title, span: whole, facts });
  return table === undefined || found === undefined ? 'no table of many rows with groups and measures' : [table.span];
}

/** What questions over data sets have in common. */
export const dataSetQuestion = {
  languages: ['en', 'zh'],
  scope: 'document',
  least: 2048,
  exempt: { g6: 'every row has to be looked at' },
  places: setPlaces,
} as const;

/** Each column of groups with each measure. */
export const groupedMeasures = ({
  groups,
  measures,
}: DataSet): { readonly column: GroupColumn; readonly measure: MeasureColumn }[] =>
  groups.flatMap((column) => measures.map((measure) => ({ column, measure })));

/** A value that a column has in some rows. */
export interface Condition {
  readonly column: GroupColumn;
  readonly value: string;
}

/** The rows that meet all conditions. */
export const rowsWith = ({ rows }: DataSet, conditions: readonly Condition[]): SetRow[] =>
  rows.filter((row) => conditions.every(({ column, value }) => valueAt(row, column.at) === value));

/** One or two conditions that leave some of the rows. */
export function drawConditions({ groups }: DataSet, count: number, random: Random): Condition[] {
  return random.sample(groups, Math.min(count, groups.length)).map((column) => ({
    column,
    value: random.pick(column.values),
  }));
}

/** The mean of a measure over the rows that state it; undefined where none does. */
export function meanOf(rows: readonly SetRow[], { at }: MeasureColumn): Exact | undefined {
  const numbers = rows.flatMap((row) => row[at]?.number ?? []);
  return numbers.length === 0
    ? undefined
    : dividedBy(sumOf(numbers.map((number) => exact(number))), exact(numbers.length));
}

/** The cells of some rows in some columns. */
export const cellsOf = (rows: readonly SetRow[], columns: readonly { readonly at: number }[]): Proof[] =>
  rows.flatMap((row) => columns.flatMap(({ at }) => row[at]?.proof ?? []));
