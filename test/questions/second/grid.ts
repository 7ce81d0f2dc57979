/** @file Pipe tables of a document, read line by line. */
import { type Asked, documentsOf, only } from './prompt.ts';

/** A table with the words above it, without numbers and units. */
export interface Grid {
  readonly name: string;
  /** The lines above it since the last table, nearest first: a unit may stand below the caption. */
  readonly above: readonly string[];
  /** The heading that it stands under: its name where it has no caption. */
  readonly heading: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const cellsOf = (line: string): string[] =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.replaceAll('\\|', '|').replaceAll('**', '').trim());

const nameOf = (caption: string): string =>
  caption
    .replaceAll('**', '')
    .replace(/^#+ /, '')
    .replace(/^(?:Table|附?表)\s*(?:[\d.]+[a-z]?|[A-Z]\b|[一二三四五六七八九十]+)\s*[.:：]?\s*/, '')
    .replace(/^(?:Exhibit|Schedule|Appendix|Annex|Note)\s+(?:\d+(?:[.-]\d+)*|[A-Z])\s*[.:–—-]\s*(?=\S)/, '')
    .replace(/\s*[(（][^()（）]*[)）]\s*$/, '')
    .replace(/[.。]$/, '')
    .trim();

/** A heading over two rows: `Level` over `April` and `May`, as `Level / April`. */
function headed(head: readonly string[], rows: readonly (readonly string[])[]): Pick<Grid, 'head' | 'rows'> {
  const [second = [], ...rest] = rows;
  // Under an empty corner years are headings too.
  const bare = head[0] === '' && second[0] === '';
  const isHead = (cell: string): boolean => figureOf(cell) === undefined || (bare && /^(?:19|20)\d\d$/.test(cell));
  const isSecond = head.slice(1, bare ? undefined : -1).includes('') && second.length > 2 && second.every(isHead);
  if (!isSecond) return { head, rows };
  let over = '';
  const merged = second.map((cell, i) => {
    over = head[i] === '' ? over : (head[i] ?? '');
    return over === '' || cell === '' ? `${over}${cell}` : `${over} / ${cell}`;
  });
  return { head: merged, rows: rest };
}

/** Behind ranks and codes, or words that repeat, names stand in a later column: as if it came first. */
function namesFirst({ head, rows }: Pick<Grid, 'head' | 'rows'>): Pick<Grid, 'head' | 'rows'> {
  const parts = rows.filter((row) => !row.some((cell) => total.test(cell)));
  const at = head.findIndex((_, column) => {
    const names = parts.map((row) => row[column] ?? '');
    return new Set(names).size === names.length && names.every((name) => /\p{L}/u.test(name) && name.length > 1);
  });
  if (at < 1 || parts.length === 0) return { head, rows };
  const moved = (row: readonly string[]): string[] => [row[at] || (row[0] ?? ''), ...row.filter((_, i) => i !== at)];
  return { head: moved(head), rows: rows.map(moved) };
}

/** Lines that may stand between a caption and its table, and the caption. */
const linesAbove = 3;

function gridsOf(lines: readonly string[]): Grid[] {
  const found: Grid[] = [];
  let [above, heading]: [string[], string] = [[], ''];
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (!line.startsWith('|')) {
      if (line.trim() !== '') above.unshift(nameOf(line));
      if (/^#+ /.test(line))
        heading = nameOf(line).replace(
          /^(?:[\d.]+\.?|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|第[一二三四五六七八九十]+[章节] ?)\s*/,
          '',
        );
      continue;
    }
    const block: string[] = [];
    while (lines[i]?.startsWith('|') === true) block.push(lines[i++] ?? '');
    const [head = '', ...rest] = block.filter((row) => !/^\|[\s:|-]*\|?$/.test(row) || !row.includes('-'));
    found.push({
      name: above[0] ?? '',
      above: above.slice(0, linesAbove),
      heading,
      ...namesFirst(headed(cellsOf(head), rest.map(cellsOf))),
    });
    above = [];
    i--;
  }
  return found;
}

/** The tables of the documents of a prompt. */
export class Grids {
  private readonly byTitle: ReadonlyMap<string, readonly Grid[]>;

  constructor(asked: Asked) {
    this.byTitle = new Map(documentsOf(asked).map(({ title, lines }) => [title, gridsOf(lines)]));
  }

  /** The only table of a document. */
  alone(title = ''): Grid | undefined {
    return only(this.byTitle.get(title) ?? []);
  }

  /** The one table of a name in a document. */
  table(title = '', name = ''): Grid | undefined {
    const grids = this.byTitle.get(title) ?? [];
    const wanted = [name, nameOf(name)];
    const captioned = grids.filter((grid) => wanted.includes(grid.name));
    const called =
      captioned.length > 0 ? captioned : grids.filter(({ above }) => above.some((line) => wanted.includes(line)));
    const found = only(called.length > 0 ? called : grids.filter(({ heading }) => heading === name));
    return found && { ...found, name };
  }
}

/** What stands behind a figure and leaves it one; a month does not: `30 June`. */
const unit =
  /(?<=\d)(?: (?:kg|g|t|m|km|cm|mm|ha|l|kW|MW|kWh|MWh|GWh|hours|days|months|years)|米|公里|元|万元|吨|公斤|公顷|亩|人|户|天)$/;

/** A figure as it is printed. */
export function figureOf(cell = ''): number | undefined {
  const bare = cell
    .replace(/,(?=\d{3})/g, '')
    .replace('−', '-')
    .replace(/^\((.+)\)$/, '-$1');
  const match = /^([+-]?)(?:[£$€¥] ?|[A-Z]{3} )?(\d+(?:\.\d+)?)(?:%|p|(m|bn|k))?$/.exec(bare.replace(unit, ''));
  const scale = { k: 1e3, m: 1e6, bn: 1e9 }[match?.[3] ?? ''] ?? 1;
  return match === null ? undefined : Number(`${match[1]}${match[2]}`) * scale;
}

const total = /\btotals?\b|合计|总计|小计|共计|总额|^全[部国省州市县区]/i;
/** `All routes`, `全县`: the last row. */
const whole = /^(?:all|overall|whole)\b|^(?:全|所有)/i;

/** Whether the figures of the last row are what those above add up to, wherever more than two do. */
function addsUp({ head, rows }: Grid): boolean {
  const [above, last] = [rows.slice(0, -1), rows.at(-1)];
  const told = head.flatMap((_, column): boolean[] => {
    const [stated, parts] = [figureOf(last?.[column]), above.flatMap((row) => figureOf(row[column]) ?? [])];
    if (column === 0 || stated === undefined || stated === 0 || parts.length < 3) return [];
    const decimals = last?.[column]?.split('.')[1]?.length ?? 0;
    return [
      Math.abs(parts.reduce((a, b) => a + b, 0) - stated) <= 0.5 * parts.length * (decimals && 10 ** -decimals) + 1e-9,
    ];
  });
  return told.length > 1 && !told.includes(false);
}

/** A row that sums up others: it says so, or stands last and does. */
export const isTotal = (grid: Grid, row: readonly string[]): boolean =>
  total.test(row[0] ?? '') || (row === grid.rows.at(-1) && (whole.test(row[0] ?? '') || addsUp(grid)));

/** Where a column of this heading stands. */
export const columnOf = ({ head }: Grid, name = ''): number | undefined =>
  only(head.flatMap((text, i) => (text === name ? [i] : [])));

/** Where the only column of a year stands; of several the one that is called by the year alone. */
export function yearOf({ head }: Grid, year = ''): number | undefined {
  const found = head.flatMap((text, i) =>
    i > 0 && new RegExp(`(?<!\\d)${year}(?!\\d)`).test(text) && !/目标|target|planned|change|变化|增减/i.test(text)
      ? [i]
      : [],
  );
  const alone = found.filter((i) =>
    /^(?:FY ?)?\d{4}(?:[/–-]\d\d(?:\d\d)?)?(?:年末?)?(?: ?[(（](?:restated|revised|重述)[)）])?$/.test(head[i] ?? ''),
  );
  return only(found.length > 1 ? alone : found);
}

/** The figure of a row in a year. */
export function yearFigure(grid: Grid | undefined, row: string, year = ''): number | undefined {
  const column = grid && yearOf(grid, year);
  const named = grid?.rows.filter(([name]) => name === row) ?? [];
  // A question may leave out the sign of an account: `减：营业成本`.
  const signed =
    grid?.rows.filter(([name = '']) => /^(?:减|加|less|add)\s*[:：]/i.test(name) && name.endsWith(row)) ?? [];
  const found = only(named.length > 0 ? named : signed);
  return column === undefined ? undefined : figureOf(found?.[column]);
}

/** The growth of a row between two figures, as a share of the first. */
export const growth = (from: number | undefined, to: number | undefined): number | undefined =>
  from === undefined || to === undefined || from === 0 ? undefined : (to - from) / Math.abs(from);

/** All that a text has in quotes. */
export const quoted = (text = ''): string[] =>
  [...text.matchAll(/“([^”]+)”|《([^》]+)》/g)].map(([, inside, title = '']) => inside ?? title);
