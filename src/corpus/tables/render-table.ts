/**
 * @file The one form in which readers lay out a table: a Markdown pipe table with its spans resolved, the caption as a paragraph before it.
 */

/** A table as a file states it, spans resolved: a cell over several rows or columns stands in each of them. */
export interface TableGrid {
  readonly caption?: string | undefined;
  /** From the outermost to the innermost; none where the table has no heading. */
  readonly header: readonly (readonly string[])[];
  readonly rows: readonly (readonly string[])[];
}

/** Line ends inside a cell part its values, where no comma stands before them. */
const oneLine = (cell: string): string =>
  cell
    .replace(/[^\S\n]+/g, ' ')
    .replace(/(?<=[,，、]) ?\n[\n ]*/g, ' ')
    .replace(/ ?\n[\n ]*/g, '\n')
    .trim()
    .replaceAll('\n', '; ')
    .replaceAll('|', '\\|');

/** Nested headings from the outside in; what spans rows is said once. */
export const joinHeader = (parts: readonly string[]): string =>
  parts.filter((part, i) => part !== '' && part !== parts[i - 1]).join(' / ');

/** Rows and columns without any text are left out, short rows are filled up. Empty where nothing is left. */
export function renderTable({ caption = '', header, rows }: TableGrid): string {
  const heads = header.map((row) => row.map((cell) => oneLine(cell.replace(/\s*\n\s*/g, ' '))));
  const body = rows.map((row) => row.map(oneLine)).filter((row) => row.some((cell) => cell !== ''));
  const width = [...heads, ...body].reduce((most, row) => Math.max(most, row.length), 0);
  const all = Array.from({ length: width }, (_, column) => column);
  const used = all.filter((column) => [...heads, ...body].some((row) => (row[column] ?? '') !== ''));
  if (used.length === 0) return '';
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const head = used.map((column) => joinHeader(heads.map((row) => row[column] ?? '')));
  const lines = [head, used.map(() => '---'), ...body.map((row) => used.map((column) => row[column] ?? ''))].map(line);
  const above = oneLine(caption).replaceAll('\\|', '|');
  return `${above === '' ? '' : `${above}\n\n`}${lines.join('\n')}`;
}
