/**
 * @file T2: four statements, each of which sets one figure of two documents side by side; one of them is true. Every statement has to be looked up
 * in two places.
 */
import type { Random } from '../../../../random.ts';
import type { Context, Proof, QuestionGenerator } from '../../question.ts';
import { letterOf, optionLines } from '../../views/lines.ts';
import {
  type DataTable,
  figureColumns,
  numberedRows,
  recordPlaces,
  recordTable,
} from '../../views/tables/data-table.ts';
import { nounOf, saidField, yearOfValue } from '../../views/tables/entries.ts';
import { solve } from './solve.ts';
import { asked, statement } from './wordings.ts';

const options = 4;
/** Figures that are nearer are one figure, those that are further apart are known. */
const ratio = { least: 1.04, most: 3 };
const tries = 40;

interface Comparison {
  readonly column: number;
  readonly more: DataTable['rows'][number];
  readonly less: DataTable['rows'][number];
}

/** Two rows whose figures of one column and one year lie near each other. */
function comparison(table: DataTable, column: number, random: Random): Comparison | undefined {
  const [a, b] = random.sample(numberedRows(table, column), 2);
  if (a === undefined || b === undefined) return undefined;
  const [more, less] = a.number > b.number ? [a, b] : [b, a];
  const [one, other] = [yearOfValue(more.cell.value), yearOfValue(less.cell.value)];
  const sameYear = one === undefined || other === undefined || one === other;
  if (!sameYear || less.number <= 0 || more.number < ratio.least * less.number) return undefined;
  return more.number > ratio.most * less.number ? undefined : { column, more: more.row, less: less.row };
}

/** Comparisons of different columns and different pairs. */
function comparisons(table: DataTable, random: Random): Comparison[] {
  const found: Comparison[] = [];
  const columns = random.shuffle(figureColumns(table));
  for (let i = 0; i < tries && found.length < options && columns.length > 0; i++) {
    const column = columns[i % columns.length] ?? 0;
    const next = comparison(table, column, random);
    const isNew = found.every(
      (one) => one.column !== column && !(one.more === next?.more && one.less === next.less) && one.less !== next?.more,
    );
    if (next !== undefined && isNew) found.push(next);
  }
  return found;
}

const proofOf = ({ column, more, less }: Comparison): Proof[] =>
  [more, less].flatMap(({ cells }) => cells[column]?.proof ?? []);

export const recordsStatements: QuestionGenerator = {
  id: 'records-statements',
  version: 2,
  task: 'T2',
  subtask: 'evidence integration over documents',
  asks: 'Asks which of four comparisons of two documents’ figures is true.',
  languages: ['en', 'zh'],
  scope: 'documents',
  several: { least: 4, most: 12, each: 120 },
  least: 1024,
  reserve: 200,
  wordings: asked,
  exempt: { g6: 'the figures stand in several documents' },
  places: recordPlaces,
  draw(context: Context, random) {
    const table = recordTable(context.documents);
    if (typeof table === 'string') return table;
    const found = comparisons(table, random);
    const [right] = found;
    if (right === undefined || found.length < options) return 'too few figures that lie near each other';
    const shown = random.shuffle(found);
    const text = (one: Comparison): string => {
      const [a, b] = one === right ? [one.more, one.less] : [one.less, one.more];
      const field = saidField(table.columns[one.column]?.header ?? '');
      return statement.say(context.language, { field, a: a.name, b: b.name });
    };
    return {
      slots: { nouns: nounOf(context.documents, context.language).many, options: optionLines(shown.map(text)) },
      gold: [letterOf(shown.indexOf(right))],
      rationale: [right, ...found.slice(1)]
        .map(({ column, more, less }) =>
          [more, less].map(({ name, cells }) => `${name}: ${cells[column]?.value}`).join('; '),
        )
        .join('\n'),
      proof: found.flatMap(proofOf),
    };
  },
  solve,
};
