/** @file T5: a data set summed up by one of its columns: for each of its values the number of rows and the average of a figure. */

import type { QuestionDraft, QuestionGenerator } from '../../question.ts';
import { rounded } from '../../views/exact.ts';
import {
  cellsOf,
  chosenSets,
  dataSetQuestion,
  groupedMeasures,
  meanOf,
  rowsWith,
} from '../../views/tables/data-set.ts';
import { decimalsOfMean, decimalsSaid } from '../../views/tables/decimal-words.ts';
import { listed } from '../../views/tables/report-tables.ts';
import { solve } from './solve.ts';
import { asked, average, count, measured } from './wordings.ts';

const groups = { least: 2, rows: 2 };

export const dataGroups: QuestionGenerator = {
  ...dataSetQuestion,
  id: 'data-groups',
  version: 2,
  task: 'T5',
  subtask: 'grouping of the rows of a data set',
  asks: 'Asks for a table of a data set by the values of one column, with numbers of rows and averages.',
  reserve: 140,
  wordings: asked,
  contract: {
    en: 'After [Answer], write one JSON object {"columns": [...], "data": [[...]]}; averages rounded as the question says, rows without a figure left out of them. Only the rows that are shown count.',
    zh: '请在[答案]后写出一个 JSON 对象 {"columns": [...], "data": [[...]]}；平均值按问题所说取小数，没有数字的行不计入平均值。只算给出的行。',
  },
  draw(context, random): QuestionDraft | string {
    const { language } = context;
    for (const set of chosenSets(context))
      for (const { column, measure } of random.shuffle(groupedMeasures(set))) {
        if (column.values.length < groups.least) continue;
        const decimals = decimalsOfMean(set.rows.map((row) => row[measure.at]?.value ?? ''));
        const data = column.values.map((value) => {
          const rows = rowsWith(set, [{ column, value }]);
          const mean = meanOf(rows, measure);
          return [value, String(rows.length), mean === undefined ? undefined : rounded(mean, decimals)];
        });
        const isWhole = data.every(([, rows, mean]) => mean !== undefined && Number(rows) >= groups.rows);
        const unstated = set.rows.some((row) => !column.values.includes(row[column.at]?.value ?? ''));
        if (!isWhole || unstated) continue;
        const columns = [column.header, count[language], average.say(language, { measure: measure.header })];
        return {
          slots: {
            title: set.document.title,
            group: column.header,
            measure: measured.say(language, {
              measure: measure.header,
              decimals: decimalsSaid(decimals, language),
            }),
            columns: listed(columns, language),
          },
          gold: [JSON.stringify({ columns, data })],
          rationale: data.map((row) => row.join(', ')).join('\n'),
          proof: cellsOf(set.rows, [column, measure]),
        };
      }
    return 'no column whose values all have a few rows';
  },
  solve,
};
