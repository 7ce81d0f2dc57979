/**
 * @file Two tables of one document that have rows in common, and columns whose quotient people form: output for each job, sales for each site.
 */
import {
  type Figure,
  figureAt,
  figuresOf,
  isRate,
  type ReportColumn,
  type ReportTable,
  rowNamed,
} from './report-tables.ts';

/** A column of a table. */
export interface TableColumn {
  readonly table: ReportTable;
  readonly column: ReportColumn;
}

/** Columns of two tables, joined by the names of the rows. */
export interface Quotient {
  readonly over: TableColumn;
  readonly under: TableColumn;
  readonly rows: readonly { readonly a: Figure; readonly b: Figure }[];
}

/** Rows that both tables have, totals aside. */
export const sharedRows = (a: ReportTable, b: ReportTable): string[] =>
  a.rows.flatMap(({ name, total }) => {
    const other = rowNamed(b, name);
    return total || other === undefined || other.total ? [] : [name];
  });

/** Fewest rows in common that make a join. */
export const leastShared = 4;

function joined(over: ReportTable, i: number, under: ReportTable, j: number): Quotient | undefined {
  const names = sharedRows(over, under);
  const rows = names.flatMap((name) => {
    const [first, second] = [rowNamed(over, name), rowNamed(under, name)];
    const a = first === undefined ? undefined : figureAt(over, first, i);
    const b = second === undefined ? undefined : figureAt(under, second, j);
    return a === undefined || b === undefined || a.number <= 0 || b.number <= 0 || isRate(a) || isRate(b)
      ? []
      : [{ a, b }];
  });
  const [left, right] = [over.columns[i], under.columns[j]];
  if (rows.length < names.length || rows.length < leastShared || left === undefined || right === undefined)
    return undefined;
  // People divide by people, homes and areas, and not prices or means by them.
  if (rateLike.test(`${over.name} ${left.header}`) || !divides(under, right)) return undefined;
  // Figures of two years make no quotient.
  if (left.year !== right.year || opened.test(left.header) || opened.test(right.header)) return undefined;
  return { over: { table: over, column: left }, under: { table: under, column: right }, rows };
}

const rateLike = /price|median|average|mean\b|\bper\b|cost of|均|价|每|单耗|电耗/i;
const base =
  /population|inhabitants?|employees?|headcount|\bstaff\b|jobs|persons?|households?|dwellings|\barea\b|hectares|acres|人口|员工|职工|人数|面积|户数/i;

/** What came up in a year is no stock by which people divide: dwellings completed. */
const flow = /completed|built|started|begun|approved|sold|joined|\bleft\b|births|deaths|竣工|开工|售出|新增|离职/i;

/** Whether others are told for each of a column's figures. */
const divides = ({ name }: ReportTable, { header, unit }: ReportColumn): boolean =>
  base.test(`${name} ${header} ${unit ?? ''}`) && !rateLike.test(`${name} ${header}`) && !flow.test(header);

/** Columns that tell when or where, not how much. */
const opened = /opened|built|founded|since|start|latitude|longitude|elevation|投产|建成|开业|成立|海拔|经度|纬度/i;

/** Every such pair of columns of the tables of a document. */
export const quotients = (tables: readonly ReportTable[]): Quotient[] =>
  tables.flatMap((over) =>
    tables.flatMap((under) =>
      over === under || over.unlike || under.unlike || sharedRows(over, under).length < leastShared
        ? []
        : figuresOf(over).flatMap((i) => figuresOf(under).flatMap((j) => joined(over, i, under, j) ?? [])),
    ),
  );
