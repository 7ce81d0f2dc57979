/**
 * @file What tables and fields of the documents come to for a program: rows that have names, columns of figures, and of each cell its place.
 * A document with `Field: value` lines is a row of a table over all documents that have such fields.
 */
import type { Span } from '../../../../corpus/document.ts';
import type { Structure } from '../../../../corpus/structure/structure.ts';
import type { Cell, Column, Table } from '../../../../corpus/tables/table.ts';
import type { QuestionLanguage } from '../../language.ts';
import type { ContextDocument, Proof, Refusal } from '../../question.ts';
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
  /** By column of the table; undefined where the cell is empty. */
  readonly cells: readonly (DataCell | undefined)[];
}

/** A table over several documents: a row for each, a column for every field that most of them state. */
export interface DataTable {
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
const isName = (text: string): boolean =>
  text.length >= 2 && text.length <= longestName && /\p{L}/u.test(text) && !/[\n|]/.test(text);

/** A year or a number of the row is no figure to reckon with. */
export const countsSomething = ({ header }: Pick<Column, 'header'>): boolean =>
  !/^(?:#|no\.?|nr\.?|number|rank|id|index|year|code|section|level|class|page|clause|lat(?:itude)?|lon(?:g|gitude)?|(?:.*[\s_-])?codes?|zip|post ?code|phone|经度|纬度|.{0,6}(?:代码|编码|编号)|邮编|电话|区号|序号|级别|等级|页码|章节|年份|年度?|排名)$/i.test(
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

const plainFigure =
  /^([-−]?[$€£¥]?\s?\d[\d,]*(?:\.\d+)?(?: (?:thousand|million|billion|trillion))?)(?:\s?(%|[a-zA-Z][a-zA-Z²³/ ]{0,14}))?(?: \([^)]*\))?$/;
/** Words behind a number and what they multiply it by. */
export const scales: Readonly<Record<string, number>> = { thousand: 1e3, million: 1e6, billion: 1e9, trillion: 1e12 };

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

const nothingInCommon = 'the documents have too few fields in common';

/**
 * The table over several documents: a row each, named by its title, a column for every field that most of them state in one line. Or why there
 * is none.
 */
export function recordTable(documents: readonly ContextDocument[]): DataTable | Refusal {
  const records = documents.map((document) => ({
    document,
    fields: new Map(
      document.facts.records.flatMap(({ fields }) => fields.map((field) => [field.label, field] as const)),
    ),
  }));
  const withFields = records.filter(({ fields }) => fields.size >= 3);
  if (withFields.length < leastRows) return nothingInCommon;
  const counts = new Map<string, number>();
  for (const { fields } of withFields)
    for (const label of fields.keys()) counts.set(label, (counts.get(label) ?? 0) + 1);
  const labels = [...counts]
    .filter(([label, count]) => count >= Math.max(leastRows, 0.7 * withFields.length) && !isAside(label))
    .map(([label]) => label);
  if (labels.length < 2) return nothingInCommon;
  // A part with few fields is a row too: who looks the field up finds it there.
  const stating = records.filter(({ fields }) => fields.size > 0);
  const rows = stating.map(({ document, fields }): DataRow => {
    return {
      name: document.title,
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
  return { columns, rows };
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
export function isAdditive({ columns }: DataTable, column: number): boolean {
  const { header = '', unit = '' } = columns[column] ?? {};
  return !notAdditive.test(header) && !notAdditive.test(unit);
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

/** A round bound that the first of some rows lie above, which are in falling order; undefined where there is none. */
export function boundBehind(
  table: DataTable,
  column: number,
  { ordered, count }: { readonly ordered: readonly { readonly number: number }[]; readonly count: number },
  language: QuestionLanguage,
): { readonly number: number; readonly text: string } | undefined {
  const [last, next] = [ordered[count - 1], ordered[count]];
  return last === undefined || next === undefined
    ? undefined
    : boundBetween(table, column, [next.number, last.number], language);
}
