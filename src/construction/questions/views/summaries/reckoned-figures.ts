/**
 * @file What the tables of a text come to: by how much a row rose, how many percent that is, which share of the total it has. An author's
 * summary tells such figures, and a reader can work them out.
 */

const cellsOf = (line: string): string[] =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.replaceAll('*', '').trim());

function numberOf(cell: string): number | undefined {
  const bare = cell.replace(/,(?=\d{3})/g, '').replace(/[%％£$€¥\s]/g, '');
  return /^[+−-]?\d+(?:\.\d+)?$/.test(bare) ? Number(bare.replace('−', '-')) : undefined;
}

/** As people write it: whole, with one decimal, with commas. */
function written(value: number): string[] {
  const size = Math.abs(value);
  const whole = Math.round(size);
  return [size.toFixed(1), size.toFixed(2), String(whole), whole.toLocaleString('en-US')];
}

/** Large amounts in the next units above: 6,800 thousand are 6.8 million, 12,400 are 1.24万. */
const scaled = (value: number): string[] =>
  [1e3, 1e4, 1e6, 1e8].flatMap((unit) => (Math.abs(value) >= unit / 10 ? written(value / unit) : []));

/** Figures of pairs of cells in a row. */
function ofRow(row: readonly number[]): string[] {
  return row.flatMap((a, i) =>
    row.slice(i + 1).flatMap((b) => [...written(b - a), ...(a === 0 ? [] : written((100 * (b - a)) / a))]),
  );
}

const isTotal = (row: readonly string[]): boolean => /\btotal\b|合计|总计|总额/i.test(row[0] ?? '');

/** Tables with more rows are data, and no table that a text speaks of line by line. */
const mostRows = 30;

function ofTable(lines: readonly string[]): string[] {
  const rows = lines.map(cellsOf);
  if (rows.length > mostRows) return [];
  const numbers = rows.map((row) => row.slice(1).map(numberOf));
  const total = rows.findIndex(isTotal);
  const shares = numbers.flatMap((row) =>
    row.flatMap((value, i) => {
      const whole = numbers[total]?.[i];
      return value === undefined || whole === undefined || whole === 0 ? [] : written((100 * value) / whole);
    }),
  );
  const known = numbers.map((row) => row.filter((value) => value !== undefined));
  return [...known.flatMap(ofRow), ...known.flat().flatMap(scaled), ...shares];
}

/** Amounts of its tables as a text says them in larger units. */
export const scaledFigures = (text: string): ReadonlySet<string> =>
  new Set(
    text
      .split('\n')
      .filter((line) => line.trim().startsWith('|'))
      .flatMap((line) => cellsOf(line).flatMap((cell) => numberOf(cell) ?? []))
      .flatMap(scaled),
  );

/** Figures that nobody states and tables of lines with bars come to. */
export function reckonedFigures(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  let open: string[] = [];
  for (const line of [...text.split('\n'), '']) {
    if (line.trim().startsWith('|')) open.push(line);
    else {
      if (open.length > 2) for (const figure of ofTable(open)) found.add(figure);
      open = [];
    }
  }
  return found;
}
