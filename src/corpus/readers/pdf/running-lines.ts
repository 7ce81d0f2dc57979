/**
 * @file Running heads and feet and the numbers of pages. A row at the edge of a page is one where its words, but for numbers, come back on
 * other pages, or where it holds the number of its page, also with the name of a section that only few pages have. A row with the page's
 * number must stand apart from the text; a heading of a table that comes back is none.
 */
import type { Chunk, Page, Row } from './shapes.ts';

/** Rows at either edge of a page that are looked at. */
const edge = 3;
/** Words at an edge that this many pages have, and this share of them (left and right pages may differ), are running. */
const running = { pages: 3, share: 0.3 };
/** Pages whose numbers must follow each other. */
const numberedPages = 2;

/** `Page 3 of 12` and `Page 4 of 12` are one. */
const keyOf = (text: string): string => text.replace(/\d+/g, '#').toLowerCase();

const roman: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10, l: 50, c: 100, d: 500, m: 1000 };
/** `xiv` -> 14. */
function romanValue(text: string): number | undefined {
  if (!/^[ivxlc]{1,7}$/i.test(text)) return undefined;
  const digits = [...text.toLowerCase()].map((letter) => roman[letter] ?? 0);
  return digits.reduce((sum, digit, i) => sum + (digit < (digits[i + 1] ?? 0) ? -digit : digit), 0);
}

const bare =
  /^[-–—[(|·• ]*(?:page|p\.|seite|第)?\s*(\d{1,4}|[ivxlcIVXLC]{1,7})\s*(?:页|頁|(?:of|\/|von|de)\s*\d{1,4})?[-–—\])|·• ]*$/i;
/** The number that a chunk is, where it could be a page's. */
function numberIn(text: string): number | undefined {
  const stated = bare.exec(text)?.[1];
  if (stated === undefined) return undefined;
  return /^\d/.test(stated) ? Number(stated) : romanValue(stated);
}

/** Rows at the edges of a page: index from the nearest edge, and which edge. */
function edgesOf({ rows }: Page): { row: Row; at: string }[] {
  const upper = rows.slice(0, edge).map((row, i) => ({ row, at: `upper ${i}` }));
  const lower = rows.slice(Math.max(edge, rows.length - edge)).reverse();
  return [...upper, ...lower.map((row, i) => ({ row, at: `lower ${i}` }))];
}

/** Adds one to a count. */
const add = (counts: Map<string, number>, key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);

/** The number at the beginning or the end of a row's words, less the page's place. */
function edgeOffset(text: string, page: Page): string | undefined {
  const number = /^(\d{1,4})\s\D|\D[\s.](\d{1,4})$/.exec(text);
  return number === null ? undefined : String(Number(number[1] ?? number[2]) - page.number);
}

/** What comes back at the edges of the pages. */
interface Recurring {
  /** Pages by a row's words. */
  readonly rows: ReadonlyMap<string, number>;
  readonly chunks: ReadonlyMap<string, number>;
  /** Pages by the difference between the number stated and the page's place. */
  readonly offsets: ReadonlyMap<string, number>;
  /** The same of numbers that stand with words; of the first and the last row only. */
  readonly edges: ReadonlyMap<string, number>;
}

const rowText = (row: Row): string => row.chunks.map(({ text }) => text).join(' ');
/** A chunk's number and the offset of it. */
const offsetKey = (chunk: Chunk, page: Page): string | undefined => {
  const number = numberIn(chunk.text);
  return number === undefined ? undefined : String(number - page.number);
};

/** Counts all that stands at the edges. */
function recurring(pages: readonly Page[]): Recurring {
  const [rows, chunks] = [new Map<string, number>(), new Map<string, number>()];
  const [offsets, edges] = [new Map<string, number>(), new Map<string, number>()];
  for (const page of pages) {
    const found = edgesOf(page);
    for (const key of new Set(found.map(({ row }) => keyOf(rowText(row))))) add(rows, key);
    for (const key of new Set(found.flatMap(({ row }) => row.chunks.map(({ text }) => keyOf(text))))) add(chunks, key);
    const keys = found.flatMap(({ row }) => row.chunks.map((chunk) => offsetKey(chunk, page)));
    for (const key of new Set(keys)) if (key !== undefined) add(offsets, key);
    const outer = [page.rows[0], page.rows.at(-1)].map((row) =>
      row === undefined ? undefined : edgeOffset(rowText(row), page),
    );
    for (const key of new Set(outer)) if (key !== undefined) add(edges, key);
  }
  return { rows, chunks, offsets, edges };
}

/** Distance of a row from the next row towards the middle of the page, in heights of its font. */
function distance(page: Page, row: Row): number {
  const i = page.rows.indexOf(row);
  const upper = i < page.rows.length / 2;
  const next = page.rows[upper ? i + 1 : i - 1];
  return next === undefined ? Number.POSITIVE_INFINITY : Math.abs(next.y - row.y) / row.size;
}

/** Rows further from the text than this, in heights of the font, stand apart. */
const apart = 1.6;
/** The part of a page's height at either edge where running lines stand. */
const margin = 0.16;

/** Words at one edge of the page and its number at the other: no line of text looks so. */
function statesPage({ chunks, size }: Row, page: Page): boolean {
  const [first, last] = [chunks[0], chunks.at(-1)];
  if (first === undefined || last === undefined || chunks.length !== 2) return false;
  const wide = last.x0 - first.x1 > Math.max(8 * size, 0.2 * page.width);
  return wide && [first, last].filter(({ text }) => /^\d{1,4}$/.test(text)).length === 1;
}

/** Why a row at an edge is running, if it is. */
function isRunning(page: Page, row: Row, pageCount: number, found: Recurring): boolean {
  const marginal = row.y < margin * page.height || row.y > (1 - margin) * page.height;
  const least = Math.max(running.pages, running.share * pageCount);
  const parts = row.chunks.length;
  const text = rowText(row);
  if ((found.rows.get(keyOf(text)) ?? 0) >= least && (parts < 4 || marginal)) return /\p{L}|^\W*\d+\W*$/u.test(text);
  const far = distance(page, row) >= apart;
  // Two pages are few: the row must be the outermost of both, and the same.
  const outermost = row === page.rows[0] || row === page.rows.at(-1);
  const same = pageCount === 2 && found.rows.get(keyOf(text)) === 2 && /\p{L}/u.test(text);
  const offset = edgeOffset(text, page);
  const counted = offset !== undefined && text.length < 90 && (found.edges.get(offset) ?? 0) >= least;
  const alone = parts === 1 && numberIn(text) === page.number && /^\W*\d+\W*$/.test(text);
  if (outermost && marginal && far && (same || alone || counted || (pageCount < 3 && statesPage(row, page))))
    return true;
  const numbered = row.chunks.some((chunk, i) => {
    const key = i === 0 || i === parts - 1 ? offsetKey(chunk, page) : undefined;
    return key !== undefined && (found.offsets.get(key) ?? 0) >= Math.max(numberedPages, 0.2 * pageCount);
  });
  if (numbered && parts <= 4 && marginal && (far || parts === 1)) return true;
  // The name of a section that stands on the few pages of it.
  return (
    marginal &&
    far &&
    parts <= 3 &&
    row.chunks.some(
      ({ text: part }) =>
        part.length > 3 &&
        /\p{L}/u.test(part) &&
        (found.chunks.get(keyOf(part)) ?? 0) >= Math.max(running.pages, 0.02 * pageCount),
    )
  );
}

/** The pages without their running rows. */
export function withoutRunningLines(pages: readonly Page[]): Page[] {
  const found = recurring(pages);
  return pages.map((page) => {
    const gone = new Set<Row>();
    // From the edge inwards: a row within the text is none.
    for (const side of ['upper', 'lower'])
      for (const { row, at } of edgesOf(page)) {
        if (!at.startsWith(side)) continue;
        if (isRunning(page, row, pages.length, found)) gone.add(row);
      }
    return { ...page, rows: page.rows.filter((row) => !gone.has(row)) };
  });
}
