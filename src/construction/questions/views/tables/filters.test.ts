import { expect, test } from 'vitest';
import { passages } from '../../../../../test/questions/one-table.ts';
import { ask } from '../../../../../test/questions/sample-reports.ts';
import { rowsRanked } from '../../generators/rows-ranked/index.ts';
import { rowsWhere } from '../../generators/rows-where/index.ts';
import { statementCheck } from '../../generators/statement-check/index.ts';
import { tableCalculation } from '../../generators/table-calculation/index.ts';
import { tableLookup } from '../../generators/table-lookup/index.ts';
import { countsSomething } from './data-table.ts';
import { comparableColumns, filtersOf, whereOf } from './filters.ts';
import { reportTables } from './report-tables.ts';

const seeds = ['a', 'b', 'c', 'd', 'e', 'f'];

test('a sheet that is one table is called by its title', () => {
  const [document] = passages.sheet.documents;
  const [table] = document === undefined ? [] : reportTables(document);
  expect(table && whereOf(table, 'en')).toBe('the table “Harbours”');
});

test('a table that bears the title of its document is called by that title, whatever else stands there', () => {
  const [document] = passages.captioned.documents;
  const [table] = document === undefined ? [] : reportTables(document);
  expect(table && whereOf(table, 'en')).toBe('the table “Berths of the north”');
});

test.each(['科目编码', '科目代码', '学校编号'])('numbers under %s are no figures', (header) => {
  expect(countsSomething({ header })).toBe(false);
});

test('codes that recur and figures of different kinds are not compared', () => {
  const columns = (document = passages.mixed.documents[0]): (readonly string[])[] =>
    document === undefined
      ? []
      : reportTables(document).map((table) => comparableColumns(table).map((i) => table.columns[i]?.header ?? ''));
  expect(columns()).toEqual([['Tonnes']]);
});

test('conditions leave some of the rows and never all', () => {
  for (const context of Object.values(passages))
    for (const document of context.documents)
      for (const table of reportTables(document))
        for (const { rows } of filtersOf(table, context.language)) {
          expect(rows.length).toBeGreaterThanOrEqual(2);
          expect(rows.length).toBeLessThan(table.rows.length);
        }
});

test.each([tableLookup, rowsWhere, rowsRanked, tableCalculation, statementCheck])(
  'one table alone is enough for $id',
  (generator) => {
    // The survey tells shares alone, and the Chinese table is too small for four statements.
    const survey = generator === tableLookup || generator === rowsWhere ? [passages.survey] : [];
    const chinese = generator === statementCheck ? [] : [passages.chinese];
    for (const context of [passages.sheet, ...chinese, ...survey])
      for (const seed of seeds) {
        const asked = ask(generator, context, seed);
        expect(asked).toMatchObject({ solved: asked.gold, proven: true });
        expect(asked.solvedWithoutTables ?? []).toEqual([]);
      }
  },
);
