/** @file T2: which of four statements about the groups of a data set holds, each comparing two averages. */
import type { Random } from '../../../../random.ts';
import type { QuestionDraft, QuestionGenerator } from '../../question.ts';
import { approximate } from '../../views/exact.ts';
import { letterOf, optionLines } from '../../views/lines.ts';
import {
  cellsOf,
  chosenSets,
  type DataSet,
  dataSetQuestion,
  type GroupColumn,
  groupedMeasures,
  type MeasureColumn,
  meanOf,
  rowsWith,
} from '../../views/tables/data-set.ts';
import { solve } from './solve.ts';
import { asked, statement } from './wordings.ts';

/** Rows of a group, and the share by which two averages differ. */
const least = { rows: 3, gap: 0.01 };
const options = 4;

interface Pair {
  readonly column: GroupColumn;
  readonly measure: MeasureColumn;
  /** The group with the higher average. */
  readonly high: string;
  readonly low: string;
}

const averageOf = (set: DataSet, column: GroupColumn, value: string, measure: MeasureColumn): number | undefined => {
  const rows = rowsWith(set, [{ column, value }]);
  const mean = rows.length < least.rows ? undefined : meanOf(rows, measure);
  return mean === undefined ? undefined : approximate(mean);
};

/** Pairs of groups whose averages differ clearly, one for each column and measure in turn. */
function pairsOf(set: DataSet, random: Random): Pair[] {
  return random.shuffle(groupedMeasures(set)).flatMap(({ column, measure }): Pair[] => {
    const [one = '', other = ''] = random.sample(column.values, 2);
    const [a, b] = [averageOf(set, column, one, measure), averageOf(set, column, other, measure)];
    if (a === undefined || b === undefined) return [];
    if (Math.abs(a - b) < least.gap * Math.max(Math.abs(a), Math.abs(b))) return [];
    return [{ column, measure, high: a > b ? one : other, low: a > b ? other : one }];
  });
}

export const dataCompare: QuestionGenerator = {
  ...dataSetQuestion,
  id: 'data-compare',
  version: 2,
  task: 'T2',
  subtask: 'evidence integration over the rows of a data set',
  asks: 'Asks which of four statements holds, each comparing the averages of two groups of a data set.',
  reserve: 240,
  wordings: asked,
  draw(context, random): QuestionDraft | string {
    const { language } = context;
    for (const set of chosenSets(context)) {
      const pairs = pairsOf(set, random).slice(0, options);
      const [right] = pairs;
      if (right === undefined || pairs.length < options) continue;
      const shown = random.shuffle(pairs);
      const said = shown.map((pair) => {
        const [one, other] = pair === right ? [pair.high, pair.low] : [pair.low, pair.high];
        return statement.say(language, {
          measure: pair.measure.header,
          column: pair.column.header,
          one,
          other,
        });
      });
      return {
        slots: { title: set.document.title, options: optionLines(said) },
        gold: [letterOf(shown.indexOf(right))],
        rationale: pairs
          .map(({ column, measure, high, low }) => `${measure.header} by ${column.header}: ${high} > ${low}`)
          .join('\n'),
        proof: cellsOf(set.rows, [right.column, right.measure]),
      };
    }
    return 'too few groups whose averages differ';
  },
  solve,
};
