/**
 * @file Checks a paragraph on a table against the table alone: every figure of it is a cell, or what two cells come to, and the paragraph is
 * no longer in the prompt.
 */
import { documentCalled, type ShownPrompt } from '../../read-prompt.ts';
import { titledTable } from '../../solving/report-tables.ts';
import { shownNumber } from '../../solving/tables.ts';

const squeezed = (text: string): string => text.replace(/\s+/g, '');

/** Half of the last decimal of a figure as it is written. */
const halfOf = (figure: string): number => 0.5000001 * 10 ** -(figure.split('.')[1]?.length ?? 0);

/** Whether two cells come to a figure: their difference, the change in percent, the share. */
function comesTo(cells: readonly number[], figure: string): boolean {
  const [wanted, half] = [Number(figure), halfOf(figure)];
  const is = (value: number): boolean => Math.abs(Math.abs(value) - wanted) <= half;
  return cells.some(
    (a) =>
      [1, 1e3, 1e4, 1e6, 1e8].some((unit) => is(a / unit)) ||
      cells.some((b) => is(b - a) || (a !== 0 && (is((100 * (b - a)) / a) || is((100 * b) / a)))),
  );
}

/** Numbers of tables and years are no figures of it. */
const aside = /\b(?:table|figure|chart|note)\s*\d+|(?:表|图)\s*\d+|(?<!\d)(?:19|20)\d\d(?!\d)/gi;

/** What is wrong with the paragraph; undefined where nothing is. */
export function commentaryFault({ documents, slots }: ShownPrompt, gold: readonly string[]): string | undefined {
  const table = titledTable(documentCalled(documents, slots.title ?? ''), slots.table ?? '');
  if (table === undefined) return 'the table cannot be found';
  const cells = table.rows.flat().flatMap((cell) => shownNumber(cell) ?? []);
  const all = documents.map(({ text }) => squeezed(text)).join('\n');
  for (const words of gold) {
    if (all.includes(squeezed(words).slice(0, 40))) return 'the paragraph is still in the prompt';
    const figures = words.replace(aside, ' ').match(/\d+(?:,\d{3})*(?:\.\d+)?/g) ?? [];
    if (!figures.every((figure) => comesTo(cells, figure.replaceAll(',', '')))) return 'a figure is not of the table';
  }
  return undefined;
}
