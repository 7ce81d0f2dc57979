/**
 * @file The tables of reports as questions over several of them see them: named by their captions, with all rows (totals are marked),
 * columns with the year that they are of, and the tables of other documents that have the same layout.
 */
import type { Structure } from '../../../../corpus/structure/structure.ts';
import type { Table } from '../../../../corpus/tables/table.ts';
import { remembered } from '../../../../remembered.ts';
import type { Context, ContextDocument, Proof } from '../../question.ts';
import {
  cellOf,
  countsSomething,
  type DataCell,
  nameColumn,
  nameOf,
  ownUnit,
  proofOf,
  sectionAt,
} from './data-table.ts';

/** A column by its heading. */
export interface ReportColumn {
  readonly header: string;
  readonly figures: boolean;
  readonly unit?: string;
  readonly scale?: number;
  /** The only year that the heading names. */
  readonly year?: number;
  /** The heading without its year and marks of revision: equal in columns that state the same for other years. */
  readonly rest: string;
}

/** A row by its name, which no other row of the table has. */
export interface ReportRow {
  readonly name: string;
  readonly label: Proof;
  readonly cells: readonly (DataCell | undefined)[];
  readonly total: boolean;
}

/** A table that no other table of its document is called like. */
export interface ReportTable {
  readonly document: ContextDocument;
  /** The caption without number and unit: `Revenue by destination`. */
  readonly name: string;
  readonly columns: readonly ReportColumn[];
  /** Number of the column that names the rows. */
  readonly names: number;
  readonly rows: readonly ReportRow[];
  /** Rows state units of their own: their figures must not be compared with each other. */
  readonly unlike: boolean;
}

/** A cell that holds a number, with where it stands. */
export interface Figure {
  readonly table: ReportTable;
  readonly row: ReportRow;
  readonly column: ReportColumn;
  readonly cell: DataCell;
  readonly number: number;
}

const years = /(?<!\d)(?:1[89]|20)\d\d(?!\d)/g;
const revision =
  /\(?\b(?:as )?(?:restated|revised|provisional|final|audited|unaudited)\b\)?|[（(]?(?:重述|调整后|经重述|修订|未经审计)[）)]?/gi;

/** The year of a heading; undefined where it names none or several, or a plan. */
export function yearOf(header: string): number | undefined {
  const found = [...new Set(header.match(years) ?? [])];
  return found.length === 1 && !/target|budget|plan|forecast|estimate|目标|预算|计划|预测/i.test(header)
    ? Number(found[0])
    : undefined;
}

/** A year with all that belongs to it: `2023/24`, `2022–23`, `FY2021`. */
const writtenYear = /(?:\bFY ?)?(?<!\d)(?:1[89]|20)\d\d(?:[/–-]\d\d(?:\d\d)?)?(?!\d)/;

/** The year of a column as its heading writes it; a year that runs over two is not called by the first of them. */
export const yearSaid = ({ header, year }: ReportColumn): string => writtenYear.exec(header)?.[0] ?? String(year);

const restOf = (header: string): string =>
  header
    .replace(years, '')
    .replace(revision, '')
    .replace(/年(?=末|底|度|$|[^\p{L}])/u, '')
    .replace(/[^\p{L}%]+/gu, ' ')
    .trim()
    .toLowerCase();

/** Letters and digits: how names are compared. */
export const folded = remembered((text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}%]+/gu, ' ')
    .trim(),
);

/** `Table 2. Revenue by destination (in millions of GBP)` is called `Revenue by destination`. */
export function shortName(name: string): string {
  const short = name
    .replace(/^(?:table|tab\.|schedule|exhibit)\s*[\dA-Z]+(?:[.-]\d+)*\s*[.:—–-]*\s*/i, '')
    .replace(/^(?:附?表)\s*[\d一二三四五六七八九十]+(?:[.．-]\d+)*\s*[.．:：、]?\s*/, '')
    .replace(/^\d+(?:\.\d+)*[.．、]\s*/, '')
    .replace(/\s*[（(][^（）()]*[）)]\s*$/, '')
    .replace(/(?<!\.)[.。]$/, '')
    .trim();
  return short.length >= 2 && /\p{L}{2}/u.test(short) ? short : name;
}

/** Marks that a question puts around names. */
const quoted = /[“”"\n|]/;

/** A caption that says only what the figures are in is no name. */
const onlyUnit = /^[（(]?\s*(?:单位|币种|in (?:thousands|millions|billions)|(?:amounts?|figures|dollars) in|unit)/i;

/** Whether nothing stands before and behind a table. */
const opensWith = ({ document: { text }, span }: ContextDocument, table: Table): boolean =>
  text.slice(span.start, table.span.start).trim() === '' && text.slice(table.span.end, span.end).trim() === '';

/** The caption, or the section of a table that stands there alone; undefined where a table has neither. */
function fullName(document: ContextDocument, table: Table): string | undefined {
  const { caption } = table;
  if (caption !== undefined && !onlyUnit.test(caption.text)) {
    const name = nameOf(document, table);
    return caption.text.length >= 4 && caption.text.length <= 160 ? name : undefined;
  }
  const { facts } = document;
  const section = sectionAt(facts, table.span);
  // A sheet or a file of rows has neither: it is called by its title.
  if (section === undefined)
    return facts.tables.length === 1 && opensWith(document, table) ? document.title : undefined;
  const alone = facts.tables.every((other) => other === table || sectionAt(facts, other.span) !== section);
  return alone ? section.title : undefined;
}

function columnsOf(table: Table, names: number): ReportColumn[] {
  const rows = table.rows.filter(({ heading }) => !heading);
  return table.columns.map((column, i) => {
    const filled = rows.flatMap(({ cells }) =>
      cells[i] === undefined || cells[i]?.type === 'empty' ? [] : [cells[i]],
    );
    const numbers = filled.filter((cell) => cell?.type === 'number').length;
    const year = yearOf(column.header);
    return {
      header: column.header,
      figures: i !== names && countsSomething(column) && numbers >= 3 && numbers >= 0.8 * filled.length,
      ...(column.unit === undefined ? {} : { unit: column.unit }),
      ...(column.scale === undefined ? {} : { scale: column.scale }),
      ...(year === undefined ? {} : { year }),
      rest: restOf(column.header),
    };
  });
}

/** Fewest rows beside totals. */
const leastReported = 3;
const longestTitle = 70;

/** Headings of whatever stands below them. */
const noTableName =
  /^(?:supplement(?:ary (?:data|material))?|appendix|annex|data|tables?|results|figures|summary|overview|附录|附表|数据|结果)$/i;

/** Two headings that ran together, and lines of headings that were taken for a title, name no table. */
const isTitle = (name: string, heads: readonly string[]): boolean =>
  name.length <= longestTitle &&
  !noTableName.test(name) &&
  !/\S\s+(?:appendix|annex|chapter|section|part)\s+[A-Z\d]|附录|\.\s+\p{Lu}/iu.test(name) &&
  !folded(name).startsWith(folded(heads.slice(0, 2).join(' ')));

const unitColumn = /^(?:units?|unit of measure|单位|计量单位)$/i;

/** A table with named rows; undefined where names repeat or cannot be quoted. */
function reportTable(document: ContextDocument, table: Table): ReportTable | undefined {
  const names = nameColumn(table);
  const full = fullName(document, table);
  if (names < 0 || full === undefined) return undefined;
  const rows = table.rows.flatMap(({ cells, total, heading }): ReportRow[] => {
    const name = cells[names];
    if (heading || name === undefined || name.value === '') return [];
    const label = proofOf(document, name.span);
    return [{ name: name.value, label, total, cells: cells.map((cell) => cellOf(document, cell)) }];
  });
  const columns = columnsOf(table, names);
  const name = shortName(full);
  const words = [name, ...columns.map(({ header }) => header), ...rows.map((row) => row.name)];
  const same = (list: readonly string[]): boolean => new Set(list.map(folded)).size < list.length;
  const heads = columns.map(({ header }) => header);
  if (words.some((word) => quoted.test(word)) || same(heads) || same(rows.map((row) => row.name))) return undefined;
  if (rows.filter(({ total }) => !total).length < leastReported || !isTitle(name, heads)) return undefined;
  const unlike = heads.some((head) => unitColumn.test(head)) || rows.some((row) => ownUnit.test(row.name));
  return { document, name, columns, names, rows, unlike };
}

const known = new WeakMap<Structure, readonly ReportTable[]>();

/** The tables of a document that can be told apart by their names. */
export function reportTables(document: ContextDocument): readonly ReportTable[] {
  const found = known.get(document.facts);
  if (found !== undefined && found[0]?.document === document) return found;
  const tables = document.facts.tables.flatMap((table) => reportTable(document, table) ?? []);
  const all = document.facts.tables.map((table) => folded(shortName(fullName(document, table) ?? '')));
  const only = tables.filter(({ name }) => all.filter((other) => other.includes(folded(name))).length === 1);
  known.set(document.facts, only);
  return only;
}

/** Those of all documents of a prompt. */
export function contextTables(context: Context): readonly ReportTable[] {
  const found = knownOf.get(context) ?? context.documents.flatMap(reportTables);
  knownOf.set(context, found);
  return found;
}

const knownOf = new WeakMap<Context, readonly ReportTable[]>();

/** The figure of a row in a column; undefined where there is none. */
export function figureAt(table: ReportTable, row: ReportRow, column: number): Figure | undefined {
  const [cell, head] = [row.cells[column], table.columns[column]];
  if (cell?.number === undefined || head === undefined) return undefined;
  return { table, row, column: head, cell, number: cell.number };
}

/** Numbers of the columns with figures. */
export const figuresOf = ({ columns }: ReportTable): number[] =>
  columns.flatMap(({ figures }, i) => (figures ? [i] : []));

/** The only column with figures of a year; undefined where there is none or several. */
export function columnOfYear({ columns }: ReportTable, year: number): number | undefined {
  const found = columns.flatMap((column, i) => (column.figures && column.year === year ? [i] : []));
  // Beside `2022`, `Certified 2022, %` is another matter.
  const plainly = found.length > 1 ? found.filter((i) => columns[i]?.rest === '') : found;
  return plainly.length === 1 ? plainly[0] : undefined;
}

/** The years for which a table has just one column of figures, in order. */
export const yearsOf = (table: ReportTable): number[] =>
  [...new Set(table.columns.flatMap(({ year, figures }) => (year === undefined || !figures ? [] : [year])))]
    .filter((year) => columnOfYear(table, year) !== undefined)
    .sort((a, b) => a - b);

/** Whether two tables of two documents have one layout: the same name and most rows alike. */
export function alike(a: ReportTable, b: ReportTable): boolean {
  if (a.document === b.document || folded(a.name.replace(years, '')) !== folded(b.name.replace(years, '')))
    return false;
  const names = new Set(a.rows.map(({ name }) => folded(name)));
  const shared = b.rows.filter(({ name }) => names.has(folded(name))).length;
  return shared >= 3 && shared >= 0.5 * Math.min(a.rows.length, b.rows.length);
}

/** Whether two titles differ in years only, or name the same body before a colon. */
function titledAlike({ title: a }: ContextDocument, { title: b }: ContextDocument): boolean {
  const bare = (title: string): string => folded(title.replace(years, '').replace(/\(\d\)$/, ''));
  const head = (title: string): string =>
    folded(/^([^:：]{6,}?)\s*[:：]/.exec(title)?.[1]?.replace(years, '') ?? title);
  return bare(a) === bare(b) || head(a) === head(b);
}

/** Figures of one year that two reports of one body have in common at least: by chance, hardly two are. */
const leastEqual = { rows: 3, share: 0.6 };

/** Whether a table repeats what another of its layout states for a year. */
function repeats(one: ReportTable, other: ReportTable): boolean {
  return yearsOf(one).some((year) => {
    const [a, b] = [columnOfYear(one, year), columnOfYear(other, year)];
    const pairs = one.rows.flatMap((row) => {
      const line = rowNamed(other, row.name);
      const [x, y] = [row.cells[a ?? -1]?.number, line?.cells[b ?? -1]?.number];
      return x === undefined || y === undefined ? [] : [x === y];
    });
    const equal = pairs.filter((pair) => pair).length;
    return equal >= leastEqual.rows && equal >= leastEqual.share * pairs.length;
  });
}

const bodies = new WeakMap<ContextDocument, WeakMap<ContextDocument, boolean>>();

/** Whether two documents are reports of one body: by their titles, or because one repeats figures of the other. */
export function sameIssuer(a: ContextDocument, b: ContextDocument): boolean {
  const known = bodies.get(a)?.get(b);
  if (known !== undefined) return known;
  const same =
    titledAlike(a, b) ||
    reportTables(a).some((one) => reportTables(b).some((other) => alike(one, other) && repeats(one, other)));
  bodies.set(a, (bodies.get(a) ?? new WeakMap()).set(b, same));
  return same;
}

const saysTotal = /\btotals?\b|\bsum\b|\ball\b|\boverall\b|合计|总计|小计|共计|总额|全[部州市省国县区]|平均|average/i;

/** Whether a row is a total in name and by its figures: it is no line of its own. */
export const isPlainTotal = ({ name, total }: ReportRow): boolean => total && saysTotal.test(name);

/** Whether a name says that the row sums up others. */
export const isCalledTotal = ({ name }: ReportRow): boolean => saysTotal.test(name);

/** A row that is counted in the one above it: `of which wind`. */
export const isPart = (name: string): boolean => /^(?:其中|of which\b|thereof\b|including\b|incl\.)/i.test(name);

/** Whether every reader would take the same rows for totals, and none is a part of another. */
export const plainTotals = ({ rows }: ReportTable): boolean =>
  rows.every(({ name, total }) => total === saysTotal.test(name) && !isPart(name));

/** The row of a name. */
export function rowNamed({ rows }: ReportTable, name: string): ReportRow | undefined {
  const byName = rowsByName.get(rows) ?? new Map(rows.toReversed().map((row) => [folded(row.name), row]));
  rowsByName.set(rows, byName);
  return byName.get(folded(name));
}

/** `减：营业成本`, `Less: cost of sales`: whether it is added or taken off says the place in the account. */
const sign = /^(?:减|加|less|add)\s*[:：]\s*/i;

/** A row as a sentence calls it: without the sign of an account, where no other row is called so. */
export function calledRow({ rows }: ReportTable, name: string): string {
  const bare = name.replace(sign, '');
  const others = rows.filter((row) => row.name !== name && folded(row.name.replace(sign, '')) === folded(bare));
  return others.length > 0 || bare === '' ? name : bare;
}

const rowsByName = new WeakMap<readonly ReportRow[], ReadonlyMap<string, ReportRow>>();

/** Whether two columns state the same in one unit. */
export const sameUnit = (a: ReportColumn, b: ReportColumn): boolean => a.unit === b.unit && a.scale === b.scale;

/**
 * Whether a figure is a rate or a share: of those no growth is told in percent. What other columns hold (a change in percent) says nothing of
 * it, but for one that names the unit of the row.
 */
export const isRate = ({ table, row, column, cell }: Figure): boolean => {
  const words = row.cells.map((other) => (other?.number === undefined ? (other?.value ?? '') : ''));
  const units = words.filter((_, i) => unitColumn.test(table.columns[i]?.header ?? ''));
  return (
    /[%％]\s*$/.test(cell.value) ||
    saysRate([column.unit ?? '', row.name, ...units, table.name, column.header].join(' '))
  );
};

const ratesOnly =
  /[%％]|percent|per cent|\brates?\b|\bratio\b|\bmargin\b|\bshare\b|\bindex\b|\bchange\b|\bmovement\b|率|占比|比例|比重|指数|变动|同比|增减/i;

const saysRate = remembered((words: string): boolean => ratesOnly.test(words));

/** A figure as a proof quotes it. */
export const told = ({ table, row, column, cell }: Figure): string =>
  `${table.name}, ${row.name}, ${column.header}: ${cell.value}`;

/** Where a figure stands, with the name of its row. */
export const proofsOf = (figures: readonly Figure[]): Proof[] =>
  figures.flatMap(({ cell, row }) => [cell.proof, row.label]);

/** Names as a question lists them: `“a”, “b” and “c”`. */
export function listed(names: readonly string[], language: Context['language']): string {
  const quotes = names.map((name) => `“${name}”`);
  if (language === 'zh') return quotes.join('、');
  return [quotes.slice(0, -1).join(', '), quotes.at(-1) ?? ''].filter((part) => part !== '').join(' and ');
}

/** Titles as a question lists them: `“a” and “b”`, in Chinese `《甲》、《乙》`. */
export const listedTitles = (titles: readonly string[], language: Context['language']): string =>
  language === 'zh' ? titles.map((title) => `《${title}》`).join('、') : listed(titles, language);

const scaleWords: Readonly<Record<number, Readonly<Record<Context['language'], string>>>> = {
  1e3: { en: 'thousand ', zh: '千' },
  1e4: { en: '10,000 ', zh: '万' },
  1e6: { en: 'million ', zh: '百万' },
  1e8: { en: '100 million ', zh: '亿' },
  1e9: { en: 'billion ', zh: '十亿' },
};

/** What the figures of a column are in, as a question says it: `million EUR`, `万元`; undefined where that is not known. */
export function unitOf({ unit, scale = 1 }: ReportColumn, language: Context['language']): string | undefined {
  const words = scale === 1 ? '' : scaleWords[scale]?.[language];
  return unit === undefined || words === undefined ? undefined : `${words}${unit}`;
}
