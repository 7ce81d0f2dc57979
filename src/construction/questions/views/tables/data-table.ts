/**
 * @file What tables and fields of the documents come to for a program: rows that have names, columns of figures, and of each cell its place.
 * A document with `Field: value` lines is a row of a table over all documents that have such fields.
 */
import type { Span } from '../../../../corpus/document.ts';
import type { Structure } from '../../../../corpus/structure/structure.ts';
import type { Cell, Column, Table } from '../../../../corpus/tables/table.ts';
import type { QuestionLanguage } from '../../language.ts';
import type { ContextDocument, Proof } from '../../question.ts';
import { isAside } from './entries.ts';

/** A cell with the document it stands in. */
export interface DataCell {
  readonly value: string;
  /** The number in the unit of its column, scale not applied; undefined where it is none. */
  readonly number?: number;
  readonly proof: Proof;
}

/** A row by its name. */
export interface DataRow {
  readonly name: string;
  readonly label: Proof;
  /** By column of the table; undefined where the cell is empty. */
  readonly cells: readonly (DataCell | undefined)[];
}

/** Rows with names that tell them apart, and columns; totals and headings are not among the rows. */
export interface DataTable {
  /** What a question calls it: its caption, else the section or document it stands in. */
  readonly name: string;
  /** Heading of the column of names. */
  readonly of: string;
  /** Where it stands; undefined for a table over several documents. */
  readonly document: ContextDocument | undefined;
  readonly columns: readonly {
    readonly header: string;
    readonly unit?: string;
    readonly figures: boolean;
    /** The section that a field stands in: what is asked about together. */
    readonly theme?: string;
  }[];
  readonly rows: readonly DataRow[];
}

/** Fewest rows that a question can be asked of. */
export const leastRows = 4;
/** Longer names are prose. */
const longestName = 90;
/** Share of a column's filled cells that are numbers. */
const leastFigures = 0.75;

const isName = (text: string): boolean =>
  text.length >= 2 && text.length <= longestName && /\p{L}/u.test(text) && !/[\n|]/.test(text);

/** A year or a number of the row is no figure to reckon with. */
export const countsSomething = ({ header }: Pick<Column, 'header'>): boolean =>
  !/^(?:#|no\.?|nr\.?|number|rank|id|index|year|code|section|level|class|page|clause|序号|级别|等级|页码|章节|编号|年份|年度?|排名)$/i.test(
    header.trim(),
  );

export const proofOf = (document: ContextDocument, span: Span): Proof => ({ document: document.document, span });

export function cellOf(document: ContextDocument, cell: Cell | undefined): DataCell | undefined {
  if (cell === undefined || cell.type === 'empty' || cell.value === '') return undefined;
  return {
    value: cell.value,
    ...(cell.number === undefined ? {} : { number: cell.number }),
    proof: proofOf(document, cell.span),
  };
}

/** The section in which a place stands: the innermost one that has a title. */
export function sectionAt(facts: Structure, place: Span): Structure['sections'][number] | undefined {
  return facts.sections.findLast(({ span }) => span.start <= place.start && place.end <= span.end);
}

export function nameOf(document: ContextDocument, { caption, span }: Table): string {
  const stated = caption?.text
    .replace(/\s+/g, ' ')
    .replace(/\*\*|__/g, '')
    .trim();
  if (stated !== undefined && stated.length >= 4 && stated.length <= 160) return stated;
  return sectionAt(document.facts, span)?.title ?? document.title;
}

/** The column whose cells name the rows: the first of texts that differ. */
export function nameColumn({ columns, rows }: Table): number {
  return columns.findIndex((column, i) => {
    if (column.type !== 'text' && column.type !== 'mixed') return false;
    const names = rows.filter(({ total, heading }) => !total && !heading).map(({ cells }) => cells[i]?.value ?? '');
    return names.every(isName) && new Set(names.map((name) => name.toLowerCase())).size === names.length;
  });
}

/** A table of one document, where its rows have names and it has figures or texts to ask for. */
export function dataTable(document: ContextDocument, table: Table): DataTable | undefined {
  const names = nameColumn(table);
  if (names < 0) return undefined;
  const rows = table.rows
    .filter(({ total, heading }) => !total && !heading)
    .flatMap(({ cells }): DataRow[] => {
      const name = cells[names];
      if (name === undefined) return [];
      return [
        {
          name: name.value,
          label: proofOf(document, name.span),
          cells: cells.map((cell) => cellOf(document, cell)),
        },
      ];
    });
  if (rows.length < leastRows) return undefined;
  const columns = table.columns.map((column, i) => {
    const filled = rows.flatMap(({ cells }) => cells[i] ?? []);
    const numbers = filled.filter(({ number }) => number !== undefined).length;
    const figures =
      i !== names && countsSomething(column) && numbers >= leastRows && numbers >= leastFigures * filled.length;
    return { header: column.header, figures, ...(column.unit === undefined ? {} : { unit: column.unit }) };
  });
  if (new Set(columns.map(({ header }) => header.toLowerCase())).size < columns.length) return undefined;
  return { name: nameOf(document, table), of: table.columns[names]?.header ?? '', document, columns, rows };
}

/** The tables of a document that can be asked about. */
export const dataTables = (document: ContextDocument): DataTable[] =>
  document.facts.tables.flatMap((table) => dataTable(document, table) ?? []);

const plainFigure =
  /^([-−]?[$€£¥]?\s?\d[\d,]*(?:\.\d+)?(?: (?:thousand|million|billion|trillion))?)(?:\s?(%|[a-zA-Z][a-zA-Z²³/ ]{0,14}))?(?: \([^)]*\))?$/;
const scales: Readonly<Record<string, number>> = { thousand: 1e3, million: 1e6, billion: 1e9, trillion: 1e12 };

/** `2,381,741 sq km` as a number with its unit; undefined for prose. */
export function figureOf(value: string): { readonly number: number; readonly unit: string } | undefined {
  const match = plainFigure.exec(value.trim());
  if (match === null) return undefined;
  const [digits = '', scale] = (match[1] ?? '')
    .replace('−', '-')
    .replace(/[$€£¥,]/g, '')
    .trim()
    .split(' ');
  // 7.885 billion is 7885000000, and no floating neighbour of it.
  const number = Number((Number(digits) * (scales[scale ?? ''] ?? 1)).toPrecision(14));
  return Number.isFinite(number) ? { number, unit: (match[2] ?? '').trim() } : undefined;
}

/** Values that state nothing. */
const saysNothing = /^(?:NA|n\/a|none|unknown|not available|-+|0(?:\.0+)?(?: .*)?|无|不详|—+)$/i;

/**
 * The table over several documents: a row each, named by its title, a column for every field that most of them state in one line. Undefined
 * where they have too few fields in common.
 */
export function recordTable(documents: readonly ContextDocument[]): DataTable | undefined {
  const records = documents.map((document) => ({
    document,
    fields: new Map(
      document.facts.records.flatMap(({ fields }) => fields.map((field) => [field.label, field] as const)),
    ),
  }));
  const withFields = records.filter(({ fields }) => fields.size >= 3);
  if (withFields.length < leastRows) return undefined;
  const counts = new Map<string, number>();
  for (const { fields } of withFields)
    for (const label of fields.keys()) counts.set(label, (counts.get(label) ?? 0) + 1);
  const labels = [...counts]
    .filter(([label, count]) => count >= Math.max(leastRows, 0.7 * withFields.length) && !isAside(label))
    .map(([label]) => label);
  if (labels.length < 2) return undefined;
  // A part with few fields is a row too: who looks the field up finds it there.
  const stating = records.filter(({ fields }) => fields.size > 0);
  const rows = stating.map(({ document, fields }): DataRow => {
    const { start } = document.span;
    return {
      name: document.title,
      label: { document: document.document, span: { start, end: start + 1 } },
      cells: labels.map((label) => {
        const field = fields.get(label);
        if (field === undefined || field.value.length > longestName || saysNothing.test(field.value)) return undefined;
        const figure = figureOf(field.value);
        return {
          value: field.value,
          ...(figure === undefined ? {} : { number: figure.number }),
          proof: proofOf(document, field.span),
        };
      }),
    };
  });
  const columns = labels.map((label, i) => {
    const filled = rows.flatMap(({ cells }) => cells[i] ?? []);
    const units = new Set(filled.map(({ value }) => figureOf(value)?.unit ?? '?'));
    const figures =
      filled.length >= leastRows && filled.every(({ number }) => number !== undefined) && units.size === 1;
    const [unit] = units;
    const theme = withFields.flatMap(({ document, fields }) => {
      const field = fields.get(label);
      return field === undefined ? [] : (sectionAt(document.facts, field.span)?.title ?? '');
    })[0];
    return {
      header: label,
      figures,
      ...(figures && unit !== undefined && unit !== '' ? { unit } : {}),
      ...(theme === undefined ? {} : { theme }),
    };
  });
  return { name: '', of: '', document: undefined, columns, rows };
}

/** Rows in which a column holds a number. */
export const numberedRows = ({ rows }: DataTable, column: number): { row: DataRow; cell: DataCell; number: number }[] =>
  rows.flatMap((row) => {
    const cell = row.cells[column];
    return cell?.number === undefined ? [] : [{ row, cell, number: cell.number }];
  });

/** Whether two fields stand under one heading. */
export const sameTheme = ({ columns }: DataTable, a: number, b: number): boolean =>
  columns[a]?.theme === columns[b]?.theme;

/** How large a thing is, which anything else of it is seen against. */
const sizes = /^(?:population|area - (?:total|land)|area$|gdp \(|labor force$|employees|headcount|人口|面积|员工)/i;

/** Whether people see two fields together: of one matter (`Electricity - imports`), or one of them tells the size. */
export function related(table: DataTable, a: number, b: number): boolean {
  const [one, other] = [table.columns[a]?.header ?? '', table.columns[b]?.header ?? ''];
  if (a === b || !sameTheme(table, a, b)) return false;
  if (table.columns.every(({ header }) => !header.includes(' - '))) return true;
  const matter = (label: string): string => /^\S+/.exec(label)?.[0] ?? '';
  return matter(one) === matter(other) || sizes.test(one) || sizes.test(other);
}

/** Columns of figures, as numbers of columns. */
export const figureColumns = ({ columns }: DataTable): number[] =>
  columns.flatMap(({ figures }, i) => (figures ? [i] : []));

/** Places of the tables that can be asked about, with the caption; or why a document has none. */
export function tablePlaces(facts: Structure): readonly Span[] | string {
  if (facts.tables.length === 0) return 'no table';
  const good = facts.tables.filter((table) => {
    const rows = table.rows.filter(({ total, heading }) => !total && !heading);
    return rows.length >= leastRows && table.columns.some(({ type }) => type === 'number');
  });
  if (good.length === 0) return 'no table with rows of figures';
  return good.map(({ caption, span }) => ({
    start: Math.min(span.start, caption?.span.start ?? span.start),
    end: span.end,
  }));
}

/** Rates, means, prices, temperatures and positions: their sums mean nothing. */
const notAdditive =
  /%|percent|\brate\b|\bratios?\b|share|average|mean|median|per |price|index|margin|temperature|°|score|age\b|latitude|longitude|rank|density|speed|year|率|比|均|价|度|占|指数|得分|年龄|温|龄|每/i;

/** Rows of a table that are shares or rates of others, or that state a unit of their own. */
export const ownUnit =
  /%|\bper\b|share|\brates?\b|\bratios?\b|margin|average|率|比|占|均|\((?:[^()]*(?:GWh|MWh|tonnes|kt|m³|km|%|[$€£¥])[^()]*)\)/i;

/** Whether the figures of a column can be added up: amounts of one unit in every row. */
export function isAdditive({ columns, rows, document }: DataTable, column: number): boolean {
  const { header = '', unit } = columns[column] ?? {};
  if (notAdditive.test(header) || notAdditive.test(unit ?? '')) return false;
  // The rows of one document's table may be unlike: without a stated unit nobody says that they are alike.
  if (document === undefined) return true;
  return unit !== undefined && rows.every(({ name }) => !ownUnit.test(name));
}

const period =
  /(?:FY ?)?(?:1[89]|20)\d\d(?:[-/–]\d\d(?:\d\d)?)?|\b[QH][1-4]\b|第?[一二三四]季度|[上下]半年|\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?|\d{1,2}月|\b(?:first|second|third|fourth) quarter\b|本[年期]|上[年期]|\b(?:current|prior|previous|last|this) (?:year|period)\b/gi;

/** What a heading says beside its period, and the period; undefined where it states none. */
function periodOf(header: string): { readonly rest: string; readonly period: string } | undefined {
  const found = header.match(period);
  return found === null
    ? undefined
    : {
        rest: header
          .replace(period, '')
          .replace(/[^\p{L}%]+/gu, ' ')
          .trim(),
        period: found.join(' '),
      };
}

/** Pairs of columns that state the same for two periods, the earlier first where years tell. */
export function periodPairs(table: DataTable): (readonly [number, number])[] {
  const columns = figureColumns(table).flatMap((column) => {
    const { header = '', unit } = table.columns[column] ?? {};
    const stated = periodOf(header);
    return stated === undefined ? [] : [{ column, unit, ...stated }];
  });
  return columns.flatMap((a, i) =>
    columns.slice(i + 1).flatMap((b): (readonly [number, number])[] => {
      if (a.rest !== b.rest || a.unit !== b.unit || a.period === b.period) return [];
      return [a.period <= b.period ? [a.column, b.column] : [b.column, a.column]];
    }),
  );
}

/** Fewest fields that make a document a row among others. */
const leastFields = 3;

/** Characters of fields in a row that the shortest prompts have room for. */
const longestRun = 400;

/** Every few fields in a row, around which an excerpt is drawn; or why a document has none. */
export function recordPlaces(_: unknown, { records }: Structure): readonly Span[] | string {
  const runs = records.flatMap(({ fields }) =>
    fields.flatMap(({ span }, i): Span[] => {
      const last = fields[i + leastFields - 1];
      return last === undefined || last.span.end - span.start > longestRun
        ? []
        : [{ start: span.start, end: last.span.end }];
    }),
  );
  return runs.length > 0 ? runs : 'no fields with values';
}

/** Steps of round numbers. */
const roundSteps = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 7.5, 8];

/**
 * A round number between two figures, as people state bounds: 15 between 13.2 and 16.8; undefined where the figures are too near each other.
 */
export function roundBetween(a: number, b: number): number | undefined {
  const [low, high] = a < b ? [a, b] : [b, a];
  if (!(low > 0) || high / low < 1.02) return undefined;
  const size = 10 ** Math.floor(Math.log10(low));
  const steps = [...roundSteps, ...roundSteps.map((step) => step * 10)].map((step) => step * size);
  const found = steps.find((step) => step > low * 1.005 && step < high * 0.995);
  // Things are counted in whole numbers: more than 2, not more than 2.5.
  const counted = Number.isInteger(low) && Number.isInteger(high) && !Number.isInteger(found ?? 0);
  return counted ? low : found;
}

/** A round bound between two figures of a column as a question states it, with its unit: `1.5 million kWh`, `12%`. */
export function boundBetween(
  table: DataTable,
  column: number,
  [a, b]: readonly [number, number],
  language: QuestionLanguage,
): { readonly number: number; readonly text: string } | undefined {
  const number = roundBetween(a, b);
  if (number === undefined) return undefined;
  const plain = (value: number): string =>
    value.toLocaleString('en-US', { maximumFractionDigits: 6, useGrouping: value >= 10_000 });
  const large = language === 'en' && number >= 1e6;
  const digits = !large
    ? plain(number)
    : number >= 1e9
      ? `${plain(number / 1e9)} billion`
      : `${plain(number / 1e6)} million`;
  const { unit = '' } = table.columns[column] ?? {};
  return { number, text: unit === '' ? digits : unit === '%' ? `${digits}%` : `${digits} ${unit}` };
}
