/**
 * @file Rows as an aligned table for a terminal or a log.
 */

/**
 * @param rows The head first.
 * @param left Columns that start at the left; the others end at the right.
 */
export function textTable(rows: readonly (readonly string[])[], left: readonly number[] = [0]): string {
  const [head = [], ...body] = rows;
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    head
      .map((_, column) => {
        const [cell, width] = [row[column] ?? '', widths[column] ?? 0];
        return left.includes(column) ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd();
  const rule = '-'.repeat(Math.max(...rows.map((row) => line(row).length)));
  return [line(head), rule, ...body.map(line)].join('\n');
}
