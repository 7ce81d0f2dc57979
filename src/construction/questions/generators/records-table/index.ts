/**
 * @file T5: a table over several documents: of those that meet a condition, two or three of their fields, cells as the documents state them.
 */
import type { QuestionGenerator } from '../../question.ts';
import {
  boundBehind,
  figureColumns,
  numberedRows,
  recordPlaces,
  recordTable,
  related,
  sameTheme,
} from '../../views/tables/data-table.ts';
import { nounOf } from '../../views/tables/entries.ts';
import { solve } from './solve.ts';
import { asked, columnsIn } from './wordings.ts';

const rowsAsked = { least: 3, most: 16 };
const longestCell = 48;
const [leastIn, mostIn] = [0.3, 0.65];

export const recordsTable: QuestionGenerator = {
  id: 'records-table',
  version: 3,
  task: 'T5',
  subtask: 'text to table over documents',
  asks: 'Asks for a table of chosen fields of every document whose figure lies above a bound.',
  languages: ['en', 'zh'],
  scope: 'documents',
  several: { least: 5, most: 24, each: 80 },
  least: 2048,
  reserve: 140,
  wordings: asked,
  places: recordPlaces,
  draw(context, random) {
    const table = recordTable(context.documents);
    if (typeof table === 'string') return table;
    for (const by of random.shuffle(figureColumns(table))) {
      const ordered = numberedRows(table, by).sort((a, b) => b.number - a.number);
      const others = random.shuffle(figureColumns(table).filter((i) => i !== by && sameTheme(table, i, by)));
      for (const count of random.shuffle([3, 4, 5, 6, 8, 10])) {
        // About half are in: a bound that leaves out one is no selection.
        if (count > mostIn * ordered.length || count < leastIn * ordered.length) continue;
        const bound = boundBehind(table, by, { ordered, count }, context.language);
        const chosen = ordered.slice(0, count);
        if (bound === undefined || chosen.length < rowsAsked.least) continue;
        const columns = others
          .filter((column) => {
            const values = chosen.map(({ row }) => row.cells[column]?.value ?? '');
            return (
              values.every((value) => value !== '' && value.length <= longestCell) &&
              new Set(values).size > values.length / 2
            );
          })
          .slice(0, 2);
        if (columns.length < 2 || !columns.some((column) => related(table, by, column))) continue;
        const all = [by, ...columns];
        const heads = all.map((column) => table.columns[column]?.header ?? '');
        const noun = nounOf(context.documents, context.language);
        const first =
          context.language === 'zh' ? `${noun.one}名称` : `${noun.one.slice(0, 1).toUpperCase()}${noun.one.slice(1)}`;
        return {
          slots: {
            nouns: noun.many,
            columns: columnsIn([first, ...heads], context.language),
            by: heads[0] ?? '',
            bound: bound.text,
          },
          gold: [
            JSON.stringify({
              columns: [first, ...heads],
              data: chosen.map(({ row }) => [row.name, ...all.map((column) => row.cells[column]?.value ?? '')]),
            }),
          ],
          rationale: chosen.map(({ row, cell }) => `${row.name}: ${cell.value}`).join('\n'),
          // The others have to be looked at too.
          proof: [
            ...chosen.flatMap(({ row }) => all.flatMap((column) => row.cells[column]?.proof ?? [])),
            ...ordered.slice(count).map(({ cell }) => cell.proof),
          ],
        };
      }
    }
    return 'no figure that sets a few documents with other fields apart';
  },
  solve,
};
