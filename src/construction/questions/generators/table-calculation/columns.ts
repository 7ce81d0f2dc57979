/**
 * @file What is reckoned from one column of a table: a row's share of the total, two rows by their names, the rows of one kind, and an average
 * that another column weighs.
 */
import type { Random } from '../../../../random.ts';
import type { QuestionLanguage } from '../../language.ts';
import { dividedBy, exact, minus, sumOf, times } from '../../views/exact.ts';
import { isAdditive } from '../../views/tables/data-table.ts';
import { decimalsOfMean, decimalsSaid } from '../../views/tables/decimal-words.ts';
import {
  comparable,
  comparableColumns,
  countedRows,
  figureSaid,
  isAlone,
  kindsOf,
  within,
} from '../../views/tables/filters.ts';
import { isBalance } from '../../views/tables/growths.ts';
import { areOneVariable } from '../../views/tables/one-variable.ts';
import { type Figure, figureAt, isPart, isRate, listed, type ReportTable } from '../../views/tables/report-tables.ts';
import { areBands, isSpell } from '../../views/tables/row-kinds.ts';
import { percentOf, type Reckoned, sumFigures, wholeOf, wholeSaid } from './reckoned.ts';

/** How far two rows are apart that are set against each other. */
const leastTimes = { difference: 1.05, times: 1.5, most: 50 };
/** Rows of one kind. */
const leastKind = 3;
/** Rows that are averaged with weights. */
const weighed = { least: 2, most: 3 };

/** Sizes that add up to nothing that people take shares of. */
const size = /height|length|depth|width|altitude|elevation|distance|高度|层高|长度|深度|宽度|海拔|距离/i;
const says = {
  share: /share|percent|[%％]|占比|比重|比例/i,
  mean: /average|mean\b|\brate\b|ratio|score|per |[%％]|均|率|得分|评分|每/i,
  count:
    /number of|people|persons|visitors?\b|passengers|respondents|households|members|sample|participants|^n$|人数|人次|户数|样本|份数/i,
};

/** The table as a question calls it: one that is all of its document by the title. */
const nameOf = (table: ReportTable): string => (isAlone(table) ? table.document.title : table.name);

/** Columns of amounts that can be added up, and are not of one month of many. */
const amounts = (table: ReportTable): number[] =>
  comparableColumns(table).filter((at) => {
    const [first] = comparable(table, at) ?? [];
    if (first === undefined || isRate(first) || isSpell(first.column) || size.test(first.column.header)) return false;
    return isAdditive({ columns: table.columns, rows: [] }, at) && first.number >= 0;
  });

/** What a row is of the total, where no column tells it. */
function parts(table: ReportTable, random: Random, language: QuestionLanguage): Reckoned[] {
  if (table.columns.some(({ header }) => says.share.test(header))) return [];
  return random.sample(amounts(table), 1).flatMap((at): Reckoned[] => {
    const whole = wholeOf(table, at);
    const [part] = random.sample(whole?.parts.filter(({ row }) => !isPart(row.name)) ?? [], 1);
    if (whole === undefined || part === undefined) return [];
    const slots = {
      table: nameOf(table),
      figure: figureSaid(part.column, language),
      whole: wholeSaid(whole.total, language),
      row: part.row.name,
    };
    const value = percentOf(exact(part.number), exact(whole.total.number));
    return [{ kind: 'part', slots, value, figures: [part, whole.total] }];
  });
}

/** Two rows by their names: what one has more than the other, and how many times as much. */
function pairs(table: ReportTable, random: Random, language: QuestionLanguage): Reckoned[] {
  return random.sample(amounts(table), 1).flatMap((at): Reckoned[] => {
    const named = (comparable(table, at) ?? []).filter(({ row }) => !isPart(row.name) && !isBalance(row.name));
    const [greater, less] = random.sample(named, 2).sort((a, b) => b.number - a.number);
    if (greater === undefined || less === undefined || less.number <= 0) return [];
    const ratio = greater.number / less.number;
    const figures = [greater, less];
    const figure = figureSaid(greater.column, language);
    const slots = { table: nameOf(table), figure, one: greater.row.name, other: less.row.name };
    const more = minus(exact(greater.number), exact(less.number));
    const all: Reckoned[] = [
      { kind: 'difference', slots, value: more, figures, decimals: 'stated' },
      { kind: 'times', slots, value: dividedBy(exact(greater.number), exact(less.number)), figures },
    ];
    return all.filter(({ kind }) =>
      kind === 'times' ? ratio >= leastTimes.times && ratio <= leastTimes.most : ratio >= leastTimes.difference,
    );
  });
}

/** The rows of one kind, as a column of words tells it: their sum and their average. */
function kinds(table: ReportTable, random: Random, language: QuestionLanguage): Reckoned[] {
  const filters = kindsOf(table, language).filter(({ rows }) => rows.length >= leastKind);
  return random.sample(filters, 2).flatMap((filter): Reckoned[] =>
    random.sample(amounts(table), 1).flatMap((at): Reckoned[] => {
      const figures = within(filter, table, at) ?? [];
      const [first] = figures;
      if (first === undefined) return [];
      const decimals = decimalsOfMean(figures.map(({ cell }) => cell.value));
      const slots = { table: nameOf(table), figure: figureSaid(first.column, language), condition: filter.said };
      const sum = sumFigures(figures);
      return [
        { kind: 'sum', slots, value: sum, figures, decimals: 'stated' },
        {
          kind: 'average',
          slots: { ...slots, decimals: decimalsSaid(decimals, language) },
          value: dividedBy(sum, exact(figures.length)),
          figures,
          decimals,
        },
      ];
    }),
  );
}

/** The average of a rate over some rows, by the only column that counts what each row is of. */
function weighted(table: ReportTable, random: Random, language: QuestionLanguage): Reckoned[] {
  const columns = comparableColumns(table);
  const counts = columns.filter((at) => says.count.test(table.columns[at]?.header ?? ''));
  const [weight, ...others] = counts;
  if (weight === undefined || others.length > 0) return [];
  const rates = columns.filter((at) => at !== weight && says.mean.test(table.columns[at]?.header ?? ''));
  return random.sample(rates, 1).flatMap((at): Reckoned[] => {
    const rows = countedRows(table).filter(({ name }) => !isPart(name));
    const some = random.sample(rows, random.integer(weighed.least, weighed.most));
    const chosen = some.flatMap((row): { rate: Figure; count: Figure }[] => {
      const [rate, count] = [figureAt(table, row, at), figureAt(table, row, weight)];
      return rate === undefined || count === undefined || count.number <= 0 ? [] : [{ rate, count }];
    });
    const [first] = chosen;
    if (first === undefined || chosen.length < some.length || areOneVariable(table, at, weight)) return [];
    const decimals = decimalsOfMean(chosen.map(({ rate }) => rate.cell.value));
    const sum = sumOf(chosen.map(({ rate, count }) => times(exact(rate.number), exact(count.number))));
    const slots = {
      table: nameOf(table),
      figure: figureSaid(first.rate.column, language),
      weight: first.count.column.header,
      rows: listed(
        chosen.map(({ rate }) => rate.row.name),
        language,
      ),
      decimals: decimalsSaid(decimals, language),
    };
    const value = dividedBy(sum, sumFigures(chosen.map(({ count }) => count)));
    return [{ kind: 'weighted', slots, value, figures: chosen.flatMap(({ rate, count }) => [rate, count]), decimals }];
  });
}

/** All that is reckoned from single columns of a table. */
export function ofColumns(table: ReportTable, random: Random, language: QuestionLanguage): Reckoned[] {
  return [
    ...parts(table, random, language),
    ...(areBands(table) ? [] : pairs(table, random, language)),
    ...kinds(table, random, language),
    ...weighted(table, random, language),
  ];
}
