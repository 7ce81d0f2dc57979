/**
 * @file What is asked of one table by several of its columns: the rows that a condition on a column leaves, and the columns whose figures
 * can be compared row by row.
 */
import type { Random } from '../../../../random.ts';
import type { QuestionLanguage } from '../../language.ts';
import { roundBetween } from './data-table.ts';
import { conditions, extremes, figures as figureWords, wheres } from './filter-words.ts';
import { areOneVariable, mixesSplits } from './one-variable.ts';
import {
  type Figure,
  figureAt,
  figuresOf,
  plainTotals,
  type ReportColumn,
  type ReportRow,
  type ReportTable,
  shortName,
  yearSaid,
} from './report-tables.ts';

/** Rows of a table that meet a condition on a column. */
export interface Filter {
  readonly column: number;
  readonly said: string;
  readonly rows: readonly ReportRow[];
  /** The cells that were looked at. */
  readonly looked: readonly Figure[];
}

/** Whether a table bears the title of its document, which calls it well enough. */
export const isAlone = ({ name, document: { title } }: ReportTable): boolean => name === shortName(title);

/** A table as a question calls it. */
export const whereOf = (table: ReportTable, language: QuestionLanguage): string => {
  const {
    name,
    document: { title },
  } = table;
  return isAlone(table)
    ? wheres.alone.say(language, { document: title })
    : wheres.table.say(language, { table: name, document: title });
};

/** A figure of a column as a question calls it: `2017–18 figure`, `“Altitude (m)” figure`. */
export const figureSaid = (column: ReportColumn, language: QuestionLanguage): string =>
  column.rest === '' && column.year !== undefined
    ? figureWords.year.say(language, { year: yearSaid(column) })
    : figureWords.column.say(language, { column: column.header });

/** The words of both ends by what a heading says is measured; others are high or low. */
const ends = [
  [/\barea\b|面积|规模|容量/i, extremes.largest, extremes.smallest],
  [/length|长度|里程/i, extremes.longest, extremes.shortest],
  [
    /population|number of|passengers|visitors|calls|employees|members|headcount|人口|人次|人数|数量|次数|[（(](?:人|个|座|册|条|辆|台|件|户|家|本|次|份)[）)]/i,
    extremes.most,
    extremes.fewest,
  ],
  [/(?:)/, extremes.highest, extremes.lowest],
] as const;

/** The end of an order in the words for what its column measures: `highest “Price” figure`, `“座位（个）”最多`. */
export function extremeSaid(column: ReportColumn, isLow: boolean, language: QuestionLanguage): string {
  const [, high, low] = ends.find(([measured]) => measured.test(column.header)) ?? ends[3];
  return (isLow ? low : high).say(language, { figure: figureSaid(column, language) });
}

/** Rows that a question over one table is asked of, totals aside. */
const leastCounted = 4;
/** Share of the figures of a column that differ. */
const leastDiffering = 0.6;
/** Shares of the rows that a condition may leave. */
const left = { least: 0.25, most: 0.75 };

export const countedRows = ({ rows }: ReportTable): ReportRow[] => rows.filter(({ total }) => !total);

/** What stands with a number in its cell: `£ m`, `%`. */
const marksOf = (value: string): string => value.replace(/[\d.,\s+−–()-]/g, '');

const isYear = ({ cell }: Figure): boolean => /^(?:1[5-9]|20)\d\d年?$/.test(cell.value);

/** Where something stands, or which of several it is: nobody sets such numbers against each other. */
const isPlace =
  /^(?:(?:byte |bit )?offset|bits?|bytes?|position|version|port|(?:deprecated|removed|removal|introduced|added|available)(?: in)?|since|偏移量?|位置|版本)$/i;

/** Figures of the rows in a column, as amounts of one kind; undefined where rows state different things, or years. */
export function comparable(table: ReportTable, column: number): Figure[] | undefined {
  if (table.unlike || !plainTotals(table) || mixesSplits(table)) return undefined;
  const rows = countedRows(table);
  const figures = rows.flatMap((row) => figureAt(table, row, column) ?? []);
  const marks = new Set(figures.map(({ cell }) => marksOf(cell.value)));
  const texts = rows.length - figures.length - rows.filter((row) => row.cells[column] === undefined).length;
  // Codes and classes recur; amounts hardly do.
  const differ = new Set(figures.map(({ number }) => number)).size >= leastDiffering * figures.length;
  const isAmount =
    !isPlace.test(table.columns[column]?.header.trim() ?? '') &&
    marks.size === 1 &&
    texts === 0 &&
    differ &&
    !figures.every(isYear);
  return figures.length >= leastCounted && isAmount ? figures : undefined;
}

/** Columns of which `comparable` gives figures. */
export const comparableColumns = (table: ReportTable): number[] =>
  countedRows(table).length < leastCounted
    ? []
    : figuresOf(table).filter((column) => comparable(table, column) !== undefined);

const written = (value: number, figures: readonly Figure[]): string => {
  const percent = figures.every(({ cell }) => /[%％]$/.test(cell.value)) ? '%' : '';
  return `${value.toLocaleString('en-US', { maximumFractionDigits: 6, useGrouping: value >= 1000 })}${percent}`;
};

/** Money and shortened numbers are not cut by a bare number. */
const isBare = ({ cell }: Figure): boolean => /^[+−–-]?[\d.,]+[%％]?$/.test(cell.value);

/** Rows that someone sets apart by a bound; of fewer all are seen at a glance. */
const leastBounded = 5;
/** Whether people state a number as a bound: 200, 1,500 and 4,000, and not 75. */
const isPlainBound = (value: number): boolean => /^(?:[1-9]|[12]5)$/.test(value.toExponential().replace(/\.|e.*/g, ''));

/** Conditions on a column of figures: above or below a round number that no figure is near. */
function byFigure(table: ReportTable, column: number, language: QuestionLanguage): Filter[] {
  const figures = (comparable(table, column) ?? []).toSorted((a, b) => a.number - b.number);
  const header = table.columns[column]?.header ?? '';
  if (!figures.every(isBare) || figures.length < leastBounded) return [];
  return figures.slice(1).flatMap((upper, i): Filter[] => {
    const lower = figures[i];
    const bound = lower === undefined ? undefined : roundBetween(lower.number, upper.number);
    if (bound === undefined || lower === undefined || bound <= lower.number || !isPlainBound(bound)) return [];
    const said = { bound: written(bound, figures), column: header };
    return [
      { column, said: conditions.over.say(language, said), rows: rowsOf(figures.slice(i + 1)), looked: figures },
      { column, said: conditions.under.say(language, said), rows: rowsOf(figures.slice(0, i + 1)), looked: figures },
    ];
  });
}

const rowsOf = (figures: readonly Figure[]): ReportRow[] => figures.map(({ row }) => row);

const longestText = 30;

/** Conditions on a column of words that recur: a region, a kind. */
function byText(table: ReportTable, column: number, language: QuestionLanguage): Filter[] {
  const rows = countedRows(table);
  const texts = rows.map((row) => row.cells[column]?.value ?? '');
  const kinds = [...new Set(texts)];
  const folds = new Set(kinds.map((text) => text.toLowerCase()));
  const plain = kinds.every((text) => text !== '' && text.length <= longestText && !/[“”"\d]/.test(text));
  if (!plain || folds.size < kinds.length || kinds.length < 2 || kinds.length > 0.4 * rows.length) return [];
  const header = table.columns[column]?.header ?? '';
  return kinds.map((text) => ({
    column,
    said: conditions.is.say(language, { text, column: header }),
    rows: rows.filter((_, i) => texts[i] === text),
    looked: [],
  }));
}

/** Conditions on columns of words alone: rows of one kind. */
export const kindsOf = (table: ReportTable, language: QuestionLanguage): Filter[] =>
  filtersOf(table, language).filter(({ looked }) => looked.length === 0);

/** A row that is called by a path or an address names nothing that a person would. */
const isPath = ({ name }: ReportRow): boolean => /^\S*\/\S*\/\S+$/.test(name);

/** The conditions that leave a good part of the rows, and no more than most of them. */
export function filtersOf(table: ReportTable, language: QuestionLanguage): Filter[] {
  const count = countedRows(table).length;
  if (count < leastCounted || table.unlike || !plainTotals(table) || mixesSplits(table)) return [];
  return table.columns
    .flatMap((column, i) =>
      column.header === ''
        ? []
        : column.figures
          ? byFigure(table, i, language)
          : column.year === undefined
            ? byText(table, i, language)
            : [],
    )
    .filter(
      ({ rows }) =>
        !rows.some(isPath) &&
        rows.length >= 2 &&
        rows.length >= Math.min(left.least * count, 6) &&
        rows.length <= left.most * count,
    );
}

/** Figures of the rows of a filter in another column that can be compared, which is drawn; undefined where one has none. */
export function drawFigures(filter: Filter, table: ReportTable, random: Random): Figure[] | undefined {
  const [by] = random.sample(
    comparableColumns(table).filter(
      (column) => column !== filter.column && !areOneVariable(table, column, filter.column),
    ),
    1,
  );
  return by === undefined ? undefined : within(filter, table, by);
}

/** Figures of the rows of a filter in a column; undefined where one has none. */
export function within({ rows }: Filter, table: ReportTable, column: number): Figure[] | undefined {
  const figures = rows.flatMap((row) => figureAt(table, row, column) ?? []);
  return figures.length === rows.length ? figures : undefined;
}
