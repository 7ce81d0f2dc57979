/** @file T4: how many rows of a data set meet two conditions, or the average of a figure over those that meet them. */
import { conditions } from '../../data-words.ts';
import type { QuestionDraft, QuestionGenerator } from '../../question.ts';
import { rounded } from '../../views/exact.ts';
import {
  type Condition,
  cellsOf,
  chosenSets,
  type DataSet,
  dataSetQuestion,
  drawConditions,
  meanOf,
  rowsWith,
} from '../../views/tables/data-set.ts';
import { decimalsOfMean, decimalsSaid } from '../../views/tables/decimal-words.ts';
import { solve } from './solve.ts';
import { asked, figures } from './wordings.ts';

/** Rows that are counted or averaged; of all at most this share. */
const rows = { least: 4, counted: 60, averaged: 30, share: 0.8 };
const tries = 40;

/** The conditions as a question says them. */
function conditionsSaid(all: readonly Condition[], language: 'en' | 'zh'): string {
  const [one, other] = all;
  const slots = { column: one?.column.header ?? '', value: one?.value ?? '' };
  return other === undefined
    ? conditions.one.say(language, slots)
    : conditions.two.say(language, { ...slots, other: other.column.header, second: other.value });
}

/** Whether all values of a column have as many rows: then the number is the number of months, or of places. */
const isEven = (set: DataSet, { column }: Condition): boolean =>
  new Set(column.values.map((value) => rowsWith(set, [{ column, value }]).length)).size === 1;

export const dataAverage: QuestionGenerator = {
  ...dataSetQuestion,
  id: 'data-average',
  version: 2,
  task: 'T4',
  subtask: 'aggregation over the rows of a data set',
  asks: 'Asks how many rows of a data set meet two conditions, or for the average of a figure over those that meet one or two.',
  reserve: 120,
  wordings: asked,
  contract: {
    en: 'After [Answer], write the number alone. Rows without a figure are left out of an average; only the rows that are shown count.',
    zh: '请在[答案]后只写数字。求平均值时没有数字的行不计；只算给出的行。',
  },
  draw(context, random): QuestionDraft | string {
    const { language } = context;
    for (const set of chosenSets(context))
      for (let i = 0; i < tries; i++) {
        const isMean = random.chance(0.7);
        const drawn = drawConditions(set, isMean ? random.integer(1, 2) : 2, random);
        const found = rowsWith(set, drawn);
        const most = Math.min(isMean ? rows.averaged : rows.counted, rows.share * set.rows.length);
        if (found.length < rows.least || found.length > most) continue;
        const measure = random.pick(set.measures);
        const mean = isMean ? meanOf(found, measure) : undefined;
        const decimals = decimalsOfMean(found.map((row) => row[measure.at]?.value ?? ''));
        const gold = isMean ? mean && rounded(mean, decimals) : String(found.length);
        // Who counts by one condition alone must come to another number.
        const isOpen = drawn.some((one) => rowsWith(set, [one]).length === found.length) && drawn.length > 1;
        // Rows of one kind are counted at one look, and twelve months need none.
        if (!isMean && (drawn.length < 2 || drawn.some((one) => isEven(set, one)))) continue;
        if (gold === undefined || isOpen || Number(gold) === 0) continue;
        const said = conditionsSaid(drawn, language);
        const columns = [...drawn.map(({ column }) => column), ...(isMean ? [measure] : [])];
        return {
          slots: {
            title: set.document.title,
            what: figures[isMean ? 'mean' : 'count'].say(language, {
              rows: said,
              measure: measure.header,
              decimals: decimalsSaid(decimals, language),
            }),
          },
          gold: [gold],
          rationale: `${said}: ${found.length} rows${isMean ? `; ${found.map((row) => row[measure.at]?.value ?? 'NA').join(', ')}` : ''}`,
          proof: cellsOf([...found, ...set.rows.filter((row) => !found.includes(row))], columns),
        };
      }
    return 'no conditions that leave some of the rows';
  },
  solve,
};
