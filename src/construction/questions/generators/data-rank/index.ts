/** @file T7: the values of a column of a data set ranked by the average of a figure over their rows, or by how many rows they have. */
import type { QuestionDraft, QuestionGenerator } from '../../question.ts';
import { approximate } from '../../views/exact.ts';
import { cellsOf, chosenSets, dataSetQuestion, meanOf, rowsWith } from '../../views/tables/data-set.ts';
import { solve } from './solve.ts';
import { asked, bys } from './wordings.ts';

const ranked = { least: 4, most: 8 };
/** Neighbours differ by this share of an average, or by so many rows. */
const leastGap = { mean: 0.01, count: 1 };

export const dataRank: QuestionGenerator = {
  ...dataSetQuestion,
  id: 'data-rank',
  version: 2,
  task: 'T7',
  subtask: 'ranking of groups of a data set',
  asks: 'Ranks the values of one column of a data set by the average of a figure, or by their numbers of rows.',
  reserve: 120,
  wordings: asked,
  contract: {
    en: 'After [Answer], write the values, the highest first, one on each line. Rows without a figure are left out of an average; only the rows that are shown count.',
    zh: '请在[答案]后由高到低写出各个取值，每行一个。求平均值时没有数字的行不计；只算给出的行。',
  },
  draw(context, random): QuestionDraft | string {
    for (const set of chosenSets(context))
      for (const column of random.shuffle(set.groups)) {
        if (column.values.length < ranked.least || column.values.length > ranked.most) continue;
        // An answer line that begins with a dash or has one inside may be read as several.
        if (column.values.some((value) => /[-–—,;]/.test(value))) continue;
        const measure = random.pick(set.measures);
        const kind = random.pick(['mean', 'mean', 'count'] as const);
        const order = column.values
          .map((value) => {
            const rows = rowsWith(set, [{ column, value }]);
            const mean = meanOf(rows, measure);
            const size = mean === undefined ? Number.NaN : approximate(mean);
            return { value, size: kind === 'count' ? rows.length : size };
          })
          .sort((a, b) => b.size - a.size);
        const gap = (size: number): number => (kind === 'count' ? leastGap.count : leastGap.mean * Math.abs(size));
        const clear = order.every(
          ({ size }, i) => Number.isFinite(size) && (i === 0 || (order[i - 1]?.size ?? 0) - size >= gap(size)),
        );
        const listedSo = order.every(({ value }, i) => value === column.values[i]);
        if (!clear || listedSo) continue;
        return {
          slots: {
            title: set.document.title,
            group: column.header,
            by: bys[kind].say(context.language, { measure: measure.header }),
          },
          gold: order.map(({ value }) => value),
          rationale: order.map(({ value, size }) => `${value}: ${size.toFixed(2)}`).join('\n'),
          proof: cellsOf(set.rows, kind === 'count' ? [column] : [column, measure]),
        };
      }
    return 'no four groups that a figure sets apart';
  },
  solve,
};
