/** @file Numbers of lines along the left edge, as transcripts and pleadings have them. */
import { median, type Page, type Row } from './shapes.ts';

/** Numbered rows that a page needs. */
const leastRows = 8;
/** Share of a page's rows that are numbered. */
const share = 0.7;

const numberOf = ({ chunks }: Row): number | undefined => {
  const [first] = chunks;
  return first !== undefined && /^\d{1,2}$/.test(first.text) ? Number(first.text) : undefined;
};

/** A page without its line numbers, where they count up one by one in a column of their own. */
function unnumbered(page: Page): Page {
  const all = page.rows.filter((row) => numberOf(row) !== undefined);
  const edge = median(all.map(({ chunks }) => chunks[0]?.x1 ?? 0));
  const inColumn = (row: Row): boolean =>
    numberOf(row) !== undefined &&
    Math.abs((row.chunks[0]?.x1 ?? 0) - edge) < row.size &&
    (row.chunks[1]?.x0 ?? edge + 99) > edge + row.size / 2;
  const rows = all.filter(inColumn);
  const numbers = rows.map((row) => numberOf(row) ?? 0);
  const steps = numbers.filter(
    (number, i) => i > 0 && number > (numbers[i - 1] ?? 0) && number <= (numbers[i - 1] ?? 0) + 2,
  ).length;
  if (rows.length < leastRows || rows.length < share * page.rows.length) return page;
  if (steps < rows.length - 1 || (numbers[0] ?? 9) > 2) return page;
  const bare = page.rows.map((row) => (inColumn(row) ? { ...row, chunks: row.chunks.slice(1) } : row));
  return { ...page, rows: bare.filter(({ chunks }) => chunks.length > 0) };
}

/** Pages without the numbers of their lines. A page that is all one table with numbered rows loses them too. */
export const withoutLineNumbers = (pages: readonly Page[]): Page[] => pages.map(unnumbered);
