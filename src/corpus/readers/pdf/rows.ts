/**
 * @file From the pieces of text that pdf.js gives to rows of chunks. Text that runs another way than most of the page's is left out: notes
 * along the margin, labels of axes. A page that is all turned is read turned.
 */
import type { Fonts } from './fonts.ts';
import { type Chunk, count, type Omitted, type PlacedText, type Row } from './shapes.ts';

/** A piece of text before it is joined with its neighbours. */
interface Piece {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
  readonly font: string;
  readonly rtl: boolean;
}

/** What pdf.js states of a piece. */
interface Item {
  readonly str: string;
  readonly dir: string;
  readonly width: number;
  readonly height: number;
  readonly transform: readonly number[];
  readonly fontName: string;
}

/** Quarters of a turn, clockwise, that a line of text runs in; undefined where it is slanted. */
function turnOf(across: number, down: number): number | undefined {
  if (Math.abs(down) < 0.05 * Math.abs(across)) return across > 0 ? 0 : 2;
  return Math.abs(across) < 0.05 * Math.abs(down) ? (down > 0 ? 1 : 3) : undefined;
}

/** Control characters, and ligatures that pdf.js leaves as one. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: broken fonts give them.
const controls = /[\u0000-\u0008\u000b-\u001f\u007f\u200b\ufeff]/g;
const clean = (text: string): string =>
  text.replace(controls, '').replace(/[\ufb00-\ufb06]/g, (ligature) => ligature.normalize('NFKD'));

/** Where a piece stands and which way it runs, as seen on the page. */
function place(item: Item, viewport: readonly number[], vertical: boolean): { piece: Piece; turn: number | undefined } {
  const [va = 1, vb = 0, vc = 0, vd = -1, ve = 0, vf = 0] = viewport;
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = item.transform;
  // Text that is set downwards advances by its height.
  const advance = vertical ? [-c, -d] : [a, b];
  const [across, down] = [
    va * (advance[0] ?? 0) + vc * (advance[1] ?? 0),
    vb * (advance[0] ?? 0) + vd * (advance[1] ?? 0),
  ];
  const piece = {
    text: clean(item.str),
    x: va * e + vc * f + ve,
    y: vb * e + vd * f + vf,
    width: vertical ? item.height : item.width,
    size: Math.hypot(c, d) || Math.hypot(a, b),
    font: item.fontName,
    rtl: item.dir === 'rtl',
  };
  return { piece, turn: turnOf(across, down) };
}

/** Coordinates after the page is turned so that text of `turn` runs to the right. */
function turned(piece: Piece, turn: number): Piece {
  if (turn === 1) return { ...piece, x: piece.y, y: -piece.x };
  if (turn === 2) return { ...piece, x: -piece.x, y: -piece.y };
  return turn === 3 ? { ...piece, x: -piece.y, y: piece.x } : piece;
}

/** The turn that most characters have. */
function mainTurn(pieces: readonly { piece: Piece; turn: number | undefined }[]): number {
  const letters = [0, 0, 0, 0];
  for (const { piece, turn } of pieces)
    if (turn !== undefined) letters[turn] = (letters[turn] ?? 0) + piece.text.length;
  return letters.indexOf(Math.max(...letters));
}

/** Text of the page's main direction. */
function piecesOf({ items, styles }: PlacedText, viewport: readonly number[], omitted: Omitted): Piece[] {
  const placed: { piece: Piece; turn: number | undefined }[] = [];
  for (const item of items as readonly Partial<Item>[]) {
    if (item.str === undefined || item.str.trim() === '') continue;
    const style = styles[item.fontName ?? ''];
    const vertical = style !== undefined && 'vertical' in style && style.vertical === true;
    placed.push(place(item as Item, viewport, vertical));
  }
  const main = mainTurn(placed);
  const kept = placed.filter(({ turn, piece }) => turn === main && piece.text.trim() !== '');
  count(omitted, 'pdf-text-turned', placed.filter(({ turn }) => turn !== main).length);
  return kept.map(({ piece }) => turned(piece, main));
}

/** Baselines this far apart, in heights of the font, are one. */
const sameBaseline = 0.25;
/** Smaller text, in heights of its neighbour, may be raised or lowered. */
const smaller = 0.85;

/** Pieces by baseline, from the top. */
function byBaseline(pieces: readonly Piece[]): Piece[][] {
  const rows: Piece[][] = [];
  let anchor = Number.NEGATIVE_INFINITY;
  for (const piece of [...pieces].sort((a, b) => a.y - b.y)) {
    const row = rows.at(-1);
    if (row !== undefined && piece.y - anchor <= sameBaseline * piece.size) row.push(piece);
    else {
      rows.push([piece]);
      anchor = piece.y;
    }
  }
  return rows;
}

const noteMark = /^(?:\d{1,3}|[*\u2020\u2021\u00a7\u00b6]{1,3})$/;
/** Stands around a raised mark until it is known whether a footnote has it; no text has these two. */
export const raised = (mark: string): string => `\ufdd0${mark}\ufdd1`;

/** Right behind, or right before as the mark of a footnote. */
const isBeside = (small: Piece, piece: Piece): boolean => {
  const [behind, before] = [small.x - (piece.x + piece.width), piece.x - (small.x + small.width)];
  return (
    (behind < 0.3 * piece.size && behind > -0.5 * small.size) ||
    (before < 1.2 * piece.size && before > -0.1 * small.size && noteMark.test(small.text.trim()))
  );
};

/** True when a small raised or lowered piece stands right behind a piece of the row, or in a gap of it. */
const stands = (small: Piece, row: readonly Piece[]): boolean =>
  row.some(
    (piece) =>
      small.size <= smaller * piece.size && Math.abs(small.y - piece.y) < 0.6 * piece.size && isBeside(small, piece),
  );

/** Rows that are looked at on either side for the line that a raised mark belongs to. */
const near = 2;
/** A row of more pieces is no line of text. */
const longestRow = 200;
/** Longer ones are lines of small print. */
const longestMark = 12;

/** Moves raised and lowered marks into the row of the text that they stand behind. */
function withMarks(rows: readonly Piece[][]): Piece[][] {
  const homes = rows.map((row, i) =>
    row.map((piece) => {
      if (piece.text.length > longestMark || row.length > longestRow) return i;
      for (let j = Math.max(0, i - near); j <= Math.min(rows.length - 1, i + near); j++)
        if (j !== i && (rows[j]?.length ?? 0) <= longestRow && stands(piece, rows[j] ?? [])) return j;
      return i;
    }),
  );
  const moved = rows.map((row, i) => row.filter((_, k) => homes[i]?.[k] === i));
  for (const [i, row] of rows.entries())
    for (const [k, piece] of row.entries()) {
      const home = homes[i]?.[k] ?? i;
      if (home !== i) moved[home]?.push(piece);
    }
  return moved.filter((row) => row.length > 0);
}

/** Wider gaps, in heights of the font, part chunks; narrower ones than `blank` part no words. */
const parting = 0.62;
const blank = 0.12;

const han = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\u30fb\u30fc\uff00-\uffef]/u;
/** Chinese and Japanese are written without blanks. */
const unspaced = (before: string, after: string): boolean => han.test(before.slice(-1)) && han.test(after.slice(0, 1));

/** A growing chunk. */
interface Growing {
  text: string;
  x0: number;
  x1: number;
  y: number;
  size: number;
  letters: number;
  bold: number;
  mono: number;
}

/** Dots that lead from an entry to its number. */
const leaders = /(?: ?[.\u2026\u00b7]){4,} ?/g;

const grow = (piece: Piece, fonts: Fonts): Growing => {
  const letters = piece.text.trim().length;
  const { bold, mono } = fonts.styleOf(piece.font);
  const { text, x: x0, y, size } = piece;
  return { text, x0, x1: x0 + piece.width, y, size, letters, bold: bold ? letters : 0, mono: mono ? letters : 0 };
};

/** A small number or sign above the line: it may point to a footnote. */
const isRaised = (chunk: Growing, next: Growing): boolean =>
  next.size <= smaller * chunk.size && chunk.y - next.y > 0.15 * chunk.size && noteMark.test(next.text.trim());

/** Joins a piece to the chunk that it stands behind. */
function join(chunk: Growing, next: Growing): void {
  const gap = next.x0 - chunk.x1;
  const size = Math.max(chunk.size, next.size);
  const mark = isRaised(chunk, next);
  if (next.size * smaller >= chunk.size && next.y - chunk.y > 0.15 * next.size && noteMark.test(chunk.text.trim()))
    chunk.text = raised(chunk.text.trim());
  const spaced =
    !mark &&
    gap > blank * size &&
    !unspaced(chunk.text, next.text) &&
    !/^\s|\s$/.test(chunk.text.slice(-1) + next.text.slice(0, 1));
  chunk.text += (spaced ? ' ' : '') + (mark ? raised(next.text.trim()) : next.text);
  if (next.size > chunk.size) chunk.y = next.y;
  chunk.size = size;
  chunk.x1 = Math.max(chunk.x1, next.x1);
  chunk.letters += next.letters;
  chunk.bold += next.bold;
  chunk.mono += next.mono;
}

/** Text that is drawn twice, a little aside, to look bold. */
const drawnTwice = (chunk: Growing, next: Growing): boolean =>
  next.text === chunk.text && Math.abs(next.x0 - chunk.x0) < 0.2 * chunk.size;

const figure = /^[-−(]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+%?|%)\)?$/;

/** Two whole figures are two cells, however near the widths that a font states bring them. */
const areFigures = (chunk: Growing, next: Growing): boolean =>
  next.x0 - chunk.x0 > next.size && figure.test(chunk.text.trim()) && figure.test(next.text.trim());

const finished = ({ text, x0, x1, y, size, letters, bold, mono }: Growing): Chunk => ({
  text: text.replace(leaders, ' ').trim().normalize('NFC'),
  x0,
  x1,
  y,
  size,
  bold: bold > 0.8 * letters,
  mono: mono > 0.8 * letters,
  leader: text.search(leaders) >= 0,
});

/** Reads from the left what reads from the right, and the other way round. */
const mirrored = (piece: Piece): Piece => ({ ...piece, x: -piece.x - piece.width });
const mirroredChunk = (chunk: Growing): Growing => ({ ...chunk, x0: -chunk.x1, x1: -chunk.x0 });

/** Chunks of one row. */
function chunksOf(row: readonly Piece[], fonts: Fonts): Chunk[] {
  const rtl = row.filter((piece) => piece.rtl).length > row.length / 2;
  const chunks: Growing[] = [];
  for (const piece of (rtl ? row.map(mirrored) : [...row]).sort((a, b) => a.x - b.x)) {
    const next = grow(piece, fonts);
    const last = chunks.at(-1);
    if (last !== undefined && drawnTwice(last, next)) continue;
    if (last !== undefined && areFigures(last, next)) {
      last.x1 = Math.min(last.x1, next.x0 - parting * next.size);
      chunks.push(next);
    } else if (last !== undefined && next.x0 - last.x1 <= parting * Math.max(last.size, next.size)) join(last, next);
    else chunks.push(next);
  }
  return (rtl ? chunks.map(mirroredChunk) : chunks)
    .map((chunk) => ({ ...finished(chunk), ...(rtl ? { rtl } : {}) }))
    .filter(({ text, leader }) => text !== '' || leader);
}

/** Chunks that share a baseline, from the top. */
export function groupRows(chunks: readonly Chunk[]): Row[] {
  const rows: Chunk[][] = [];
  let anchor = Number.NEGATIVE_INFINITY;
  for (const chunk of [...chunks].sort((a, b) => a.y - b.y)) {
    const row = rows.at(-1);
    if (row !== undefined && chunk.y - anchor <= sameBaseline * chunk.size) row.push(chunk);
    else {
      rows.push([chunk]);
      anchor = chunk.y;
    }
  }
  return rows.map((row) => rowOf(row));
}

/** A row of these chunks; its baseline is the one of the widest. */
function rowOf(chunks: readonly Chunk[]): Row {
  const widest = chunks.reduce((most, chunk) => (chunk.x1 - chunk.x0 > most.x1 - most.x0 ? chunk : most));
  return {
    chunks: [...chunks].sort((a, b) => a.x0 - b.x0),
    y: widest.y,
    size: Math.max(...chunks.map(({ size }) => size)),
  };
}

/** Rows of a page, from the top. */
export function rowsOf(placed: PlacedText, viewport: readonly number[], fonts: Fonts, omitted: Omitted): Row[] {
  return withMarks(byBaseline(piecesOf(placed, viewport, omitted)))
    .map((row) => chunksOf(row, fonts))
    .filter((chunks) => chunks.length > 0)
    .map(rowOf)
    .sort((a, b) => a.y - b.y);
}
