import { expect, test } from 'vitest';
import { contextOf } from '../../../../../test/questions/small-documents.ts';
import { comparableColumns, filtersOf } from './filters.ts';
import { areOneVariable, mixesSplits } from './one-variable.ts';
import { type ReportTable, reportTables } from './report-tables.ts';

function tableOf(rows: readonly string[]): ReportTable {
  const body = rows.map((row) => `| ${row.replaceAll(',', ' | ')} |`).toSpliced(1, 0, '| --- | --- | --- |');
  const [document] = contextOf('County bulletin', `# County bulletin\n\n## People\n\n${body.join('\n')}\n`).documents;
  const [table] = document === undefined ? [] : reportTables(document);
  if (table === undefined) throw new Error('no table');
  return table;
}

const people = ['Group,Persons,Share (%)', 'All,400,100.0', 'Urban,150,37.5', 'Rural,250,62.5'];

test('rows that split one thing in two ways are not compared', () => {
  const mixed = tableOf([...people, 'Young,90,22.5', 'Grown,250,62.4', 'Old,60,15.1']);
  expect(mixesSplits(mixed)).toBe(true);
  expect(comparableColumns(mixed)).toEqual([]);
  expect(filtersOf(mixed, 'en')).toEqual([]);
  expect(mixesSplits(tableOf(['Group,Persons,Pay', 'Male,22,4', 'Female,21,5', 'Urban,18,6', 'Rural,25,3']))).toBe(
    true,
  );
  expect(mixesSplits(tableOf(['Town,Persons,Pay', 'Aldow,22,4', 'Benn,21,5', 'Carr,18,6', 'Dunn,25,3']))).toBe(false);
});

test('a number and its share are one variable', () => {
  expect(
    areOneVariable(tableOf(['Group,Persons,Share (%)', 'Towns,150,37.5', 'Farms,250,62.5', 'Isles,80,20.1']), 1, 2),
  ).toBe(true);
  expect(areOneVariable(tableOf(['Town,Persons,Pay', 'Aldow,22,4', 'Benn,21,5', 'Carr,18,6']), 1, 2)).toBe(false);
});
