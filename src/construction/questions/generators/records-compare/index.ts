/**
 * @file T2: which of four comparisons between documents is true. Each option names two documents and a field; the false ones are true
 * comparisons turned round, so that nothing but the figures tells them apart.
 */
import type { Random } from '../../../../random.ts';
import type { QuestionGenerator } from '../../question.ts';
import { optionLines } from '../../views/lines.ts';
import {
  type DataRow,
  type DataTable,
  figureColumns,
  recordPlaces,
  recordTable,
} from '../../views/tables/data-table.ts';
import { solve } from './solve.ts';
import { asked, says } from './wordings.ts';

const options = 4;
/** Figures that are compared differ by a twentieth at least, and are near enough not to be known. */
const leastGap = 0.05;
const mostRatio = 2.5;

interface Comparison {
  readonly column: number;
  readonly higher: DataRow;
  readonly lower: DataRow;
}

function draw(table: DataTable, column: number, random: Random): Comparison | undefined {
  const rows = random.shuffle(table.rows.filter(({ cells }) => (cells[column]?.number ?? 0) > 0));
  const [a] = rows;
  const near = (row: DataRow): number =>
    Math.abs(Math.log((row.cells[column]?.number ?? 1) / (a?.cells[column]?.number ?? 1)));
  const b = rows
    .slice(1)
    .filter((row) => near(row) > 1.5 * leastGap)
    .sort((x, y) => near(x) - near(y))[0];
  const [x, y] = [a?.cells[column]?.number ?? 0, b?.cells[column]?.number ?? 0];
  if (
    a === undefined ||
    b === undefined ||
    Math.abs(x - y) <= leastGap * Math.max(Math.abs(x), Math.abs(y)) ||
    Math.max(x, y) > mostRatio * Math.min(x, y)
  )
    return undefined;
  return x > y ? { column, higher: a, lower: b } : { column, higher: b, lower: a };
}

export const recordsCompare: QuestionGenerator = {
  id: 'records-compare',
  version: 1,
  task: 'T2',
  subtask: 'evidence integration',
  asks: 'Asks which of four comparisons of figures between documents is true.',
  languages: ['en', 'zh'],
  scope: 'documents',
  least: 2048,
  reserve: 190,
  wordings: asked,
  places: recordPlaces,
  draw(context, random) {
    const table = recordTable(context.documents, '');
    if (table === undefined) return 'the documents have too few fields in common';
    const columns = random.sample(figureColumns(table), options);
    const drawn = columns.flatMap((column) => draw(table, column, random) ?? []);
    if (drawn.length < options) return 'too few figures to compare';
    const right = random.integer(0, options - 1);
    const texts = drawn.map(({ column, higher, lower }, i) => {
      const [first, second] = i === right ? [higher, lower] : [lower, higher];
      return says.say(context.language, {
        field: table.columns[column]?.header ?? '',
        first: first.name,
        second: second.name,
      });
    });
    return {
      slots: { options: optionLines(texts) },
      gold: [String.fromCharCode(65 + right)],
      rationale: drawn
        .map(
          ({ column, higher, lower }) =>
            `${table.columns[column]?.header}: ${higher.name} ${higher.cells[column]?.value}, ${lower.name} ${lower.cells[column]?.value}`,
        )
        .join('\n'),
      // All four have to be looked at: the right one stands first.
      proof: [drawn[right], ...drawn.filter((_, i) => i !== right)].flatMap((one) =>
        one === undefined ? [] : [one.higher, one.lower].flatMap(({ cells }) => cells[one.column]?.proof ?? []),
      ),
    };
  },
  solve,
};
