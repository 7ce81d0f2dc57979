/**
 * @file T4: the sum or the mean of one figure over all documents of a kind that meet a condition on another.
 */
import type { QuestionLanguage } from '../../language.ts';
import type { QuestionGenerator } from '../../question.ts';
import { asStated, dividedBy, exact, rounded, sumOf } from '../../views/exact.ts';
import {
  boundBehind,
  figureColumns,
  isAdditive,
  numberedRows,
  recordPlaces,
  recordTable,
  related,
  scales,
} from '../../views/tables/data-table.ts';
import { nounOf, saidField, wholeAndPart } from '../../views/tables/entries.ts';
import { solve } from './solve.ts';
import { asked, operations } from './wordings.ts';

/** Figures from here on are not averaged. */
const largest = 1e6;
const rowsAdded = { least: 3, most: 12 };

/** The field, with its unit where it has one: `“Oil - exports” (in bbl/day)`. */
const ofWith = (
  column: { readonly header: string; readonly unit?: string } | undefined,
  language: QuestionLanguage,
  scale: string,
): string => {
  const name = `“${saidField(column?.header ?? '')}”`;
  const unit = [scale, column?.unit ?? ''].filter((word) => word !== '').join(' ');
  if (unit === '') return name;
  return language === 'zh' ? `${name}（以${unit}计）` : `${name} (in ${unit === scale ? `${unit}s` : unit})`;
};

/** The scale that all figures are given in: nobody wants billions to the unit. */
function scaleOf(values: readonly string[]): string {
  const said = new Set(values.map((value) => /\d (thousand|million|billion|trillion)\b/.exec(value)?.[1] ?? ''));
  return said.size === 1 ? ([...said][0] ?? '') : '';
}

export const recordsSum: QuestionGenerator = {
  id: 'records-sum',
  version: 4,
  task: 'T4',
  subtask: 'targeted aggregation over documents',
  asks: 'Adds up, or averages, a figure over the documents in which another figure lies above a bound.',
  languages: ['en', 'zh'],
  scope: 'documents',
  several: { least: 5, most: 24, each: 80 },
  least: 2048,
  reserve: 120,
  wordings: asked,
  places: recordPlaces,
  draw(context, random) {
    const table = recordTable(context.documents);
    if (typeof table === 'string') return table;
    const columns = random.shuffle(figureColumns(table));
    for (const of of columns.filter((column) => isAdditive(table, column)))
      for (const by of columns) {
        const heads = [by, of].map((column) => table.columns[column]?.header ?? '');
        if (!related(table, by, of) || wholeAndPart(heads[0] ?? '', heads[1] ?? '')) continue;
        const stating = numberedRows(table, by).filter(({ row }) => row.cells[of]?.number !== undefined);
        const ordered = stating.sort((a, b) => b.number - a.number);
        const count = random.integer(
          rowsAdded.least,
          Math.min(rowsAdded.most, Math.max(rowsAdded.least, ordered.length - 2)),
        );
        // A document that states the bound but not the figure would leave it open whether it counts as nothing.
        const open = numberedRows(table, by).some(
          ({ row, number }) => number > (ordered[count]?.number ?? 0) && row.cells[of]?.number === undefined,
        );
        const bound = boundBehind(table, by, { ordered, count }, context.language);
        if (bound === undefined || open) continue;
        const chosen = ordered.slice(0, count);
        const scale = scaleOf(chosen.map(({ row }) => row.cells[of]?.value ?? ''));
        const all = sumOf(chosen.map(({ row }) => exact(row.cells[of]?.number ?? 0)));
        const total = dividedBy(all, exact(scales[scale] ?? 1)) ?? all;
        const mean = dividedBy(total, exact(chosen.length));
        // Of figures in billions nobody wants an average to one decimal.
        const isLarge = chosen.some(({ row }) => (row.cells[of]?.number ?? 0) >= largest);
        const operation = isLarge ? 'sum' : random.pick(['sum', 'mean'] as const);
        const gold = operation === 'sum' ? asStated(total) : mean === undefined ? undefined : rounded(mean, 1);
        if (gold === undefined || Number(gold) === 0) continue;
        return {
          slots: {
            nouns: nounOf(context.documents, context.language).many,
            operation: operations[operation].say(context.language, {}),
            of: ofWith(table.columns[of], context.language, scale),
            by: saidField(table.columns[by]?.header ?? ''),
            bound: bound.text,
          },
          gold: [gold],
          rationale: chosen.map(({ row, cell }) => `${row.name}: ${cell.value}; ${row.cells[of]?.value}`).join('\n'),
          proof: [
            ...chosen.flatMap(({ row, cell }) => [row.cells[of]?.proof ?? [], cell.proof].flat()),
            ...ordered.slice(count).map(({ cell }) => cell.proof),
          ],
        };
      }
    return 'no figure that a few documents set apart by another have';
  },
  solve,
};
