/** @file Tables of LaTeX sources: `tabular` and its kin, with `\multicolumn`, `\multirow` and the rules of booktabs. */
import type { Line } from './lines.ts';
import { joinHeader } from './render-table.ts';
import type { Found, Piece } from './table.ts';

const opening = /\\begin\{(tabular[*xy]?|longtable|tabulary)\}/;
/** Characters of a table; a longer one never ends. */
const longestTable = 500_000;
const mostSpan = 200;

/** Marks that set no text: rules, sizes, blanks, colours. */
const noText =
  /\\(?:hline|toprule|midrule|bottomrule|endhead|endfirsthead|endfoot|endlastfoot|centering|raggedright|raggedleft|small|footnotesize|scriptsize|tiny|normalsize|bfseries|itshape|noindent|hfill|quad|qquad)(?![a-zA-Z])|\\(?:cmidrule|cline|cellcolor|rowcolor|label|vspace\*?|hspace\*?|specialrule|addlinespace|arraystretch)(?:\([^()]{0,20}\))?(?:\[[^[\]]{0,40}\])?(?:\{[^{}]{0,80}\})?(?:\([^()]{0,20}\))?/g;
const wrappers =
  /\\(?:textbf|textit|emph|text|textsc|texttt|textrm|textsf|mathrm|mathbf|underline|makecell|thead|shortstack|num|bf|mbox|url|textsuperscript|textsubscript)(?:\[[^[\]]{0,10}\])?\{([^{}]*)\}/g;

/** What a reader of the printed page sees. */
export function plainLatex(source: string): string {
  let text = source.replace(/(?<!\\)%.*$/gm, '').replace(noText, ' ');
  for (let depth = 0; depth < 4 && /\\[a-z]+(?:\[[^[\]]*\])?\{/.test(text); depth++)
    text = text.replace(wrappers, '$1');
  return text
    .replace(/\\(?:footnote|cite[tp]?|citep?|ref)\*?\{[^{}]*\}/g, '')
    .replace(/\\pm(?![a-zA-Z])/g, '±')
    .replace(/\\times(?![a-zA-Z])/g, '×')
    .replace(/\\(?:approx|sim)(?![a-zA-Z])/g, '~')
    .replace(/\\checkmark(?![a-zA-Z])/g, '✓')
    .replace(/\\textasciitilde(?![a-zA-Z])/g, '~')
    .replace(/(?<!\\)~|\\[ ,;:!]/g, ' ')
    .replace(/(?<!\\)[${}]/g, '')
    .replace(/\\([%&$#_{}])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The part of a text between the brace at `from` and the one that closes it. */
function braced(text: string, from: number): { readonly inner: string; readonly end: number } | undefined {
  if (text[from] !== '{') return undefined;
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    const char = text[i];
    if (char === '\\') i++;
    else if (char === '{') depth++;
    else if (char === '}' && --depth === 0) return { inner: text.slice(from + 1, i), end: i + 1 };
  }
  return undefined;
}

interface Rough extends Piece {
  readonly columns: number;
  readonly rows: number;
}

/** `\multicolumn{2}{c}{Text}` and `\multirow{2}{*}{Text}`, also one in the other. */
function cellOf(source: string, start: number): Rough {
  // A rule before the first cell of a row is not part of it.
  const lead =
    /^(?:\s|%.*\n|\\(?:hline|toprule|midrule|bottomrule|addlinespace)(?![a-zA-Z])|\\(?:cmidrule|cline)(?:\([a-z]{0,4}\))?\{[\d-]{1,9}\})*/.exec(
      source,
    )?.[0].length ?? 0;
  const raw = source.slice(lead).trim();
  const at = start + (raw === '' ? 0 : lead);
  let [text, columns, rows] = [raw, 1, 1];
  for (let depth = 0; depth < 2; depth++) {
    const match = /\\multi(column|row)\s*(?:\[[^[\]]{0,20}\])?/.exec(text);
    if (match === null) break;
    const count = braced(text, match.index + match[0].length);
    const form = count && braced(text, skipBlank(text, count.end, /[\s[\]\w]/));
    const body = form && braced(text, skipBlank(text, form.end, /[\s]/));
    const size = Math.abs(Number.parseInt(count?.inner ?? '', 10));
    if (body === undefined || !(size >= 1 && size <= mostSpan)) break;
    if (match[1] === 'column') columns = size;
    else rows = size;
    text = body.inner;
  }
  return { value: plainLatex(text), span: { start: at, end: at + raw.length }, columns, rows };
}

function skipBlank(text: string, from: number, blank: RegExp): number {
  let at = from;
  while (at < text.length && blank.test(text[at] ?? '')) at++;
  return at;
}

interface RoughRow {
  readonly cells: Rough[];
  /** What is set above it: a rule ends the heading. */
  readonly rule: boolean;
}

/** Rows end with `\\`, cells with `&`; inside braces these are none. */
function rowsOf(body: string, start: number): RoughRow[] {
  const rows: RoughRow[] = [];
  let [from, depth, cells]: [number, number, Rough[]] = [0, 0, []];
  let rowFrom = 0;
  const endRow = (at: number): void => {
    cells.push(cellOf(body.slice(from, at), start + from));
    const rule = /\\(?:hline|midrule|endhead|endfirsthead)(?![a-zA-Z])/.test(body.slice(rowFrom, at));
    rows.push({ cells, rule });
    cells = [];
  };
  for (let i = 0; i < body.length; i++) {
    const char = body[i];
    if (char === '{') depth++;
    else if (char === '}') depth--;
    else if (char === '%') while (i + 1 < body.length && body[i + 1] !== '\n') i++;
    else if (char === '\\' && body[i + 1] === '\\' && depth === 0) {
      endRow(i);
      i++;
      const space = /^\*?\s*\[[^[\]\n]{0,20}\]/.exec(body.slice(i + 1, i + 40));
      i += space?.[0].length ?? 0;
      [from, rowFrom] = [i + 1, i + 1];
    } else if (char === '\\') i++;
    else if (char === '&' && depth === 0) {
      cells.push(cellOf(body.slice(from, i), start + from));
      from = i + 1;
    }
  }
  endRow(body.length);
  // What stands behind the last `\\` is a rule, which must not be lost.
  return rows;
}

/** Rows of one width, spans resolved; undefined where the widths differ. */
function resolve(rows: readonly RoughRow[]): Piece[][] | undefined {
  const open: { piece: Piece; left: number }[] = [];
  const grid = rows.map(({ cells }) => {
    const row: Piece[] = [];
    for (const { columns, rows: height, value, span } of cells) {
      for (let i = 0; i < columns; i++) {
        const above = open[row.length];
        const under = value === '' && above !== undefined && above.left > 0;
        const piece = under ? above.piece : { value, span };
        if (under) above.left--;
        else open[row.length] = { piece, left: height - 1 };
        row.push(piece);
      }
    }
    return row;
  });
  const width = grid.reduce((most, row) => Math.max(most, row.length), 0);
  return width >= 2 && grid.every((row) => row.length === width) ? grid : undefined;
}

/** The caption of the float around the table, before or behind it. */
function captionOf(text: string, start: number, end: number): { text: string; span: Piece['span'] } | undefined {
  const from = Math.max(0, start - 2000);
  const before = text.slice(from, start);
  const float = Math.max(before.lastIndexOf('\\begin{table'), before.lastIndexOf('\\end{'));
  if (float < 0 || !before.startsWith('\\begin{table', float)) return undefined;
  const after = text.slice(end, end + 3000);
  const closed = after.indexOf('\\end{table');
  const places = [
    { at: before.indexOf('\\caption', float), base: from, source: before },
    { at: after.slice(0, Math.max(0, closed)).indexOf('\\caption'), base: end, source: after },
  ];
  for (const { at, base, source } of places) {
    const brace = at < 0 ? -1 : source.indexOf('{', at);
    const body = brace < 0 ? undefined : braced(source, brace);
    if (body === undefined) continue;
    return { text: plainLatex(body.inner), span: { start: base + brace + 1, end: base + body.end - 1 } };
  }
  return undefined;
}

/** Where a table next ends, so that a text of beginnings is searched once. */
const closes = new WeakMap<readonly Line[], Map<string, number>>();

function nextClose(text: string, lines: readonly Line[], closing: string, from: number): number {
  const known = closes.get(lines) ?? new Map<string, number>();
  closes.set(lines, known);
  const before = known.get(closing);
  if (before !== undefined && (before < 0 || before >= from)) return before;
  const found = text.indexOf(closing, from);
  known.set(closing, found);
  return found;
}

/** A LaTeX table that begins in the line at `at`. */
export function latexTable(text: string, lines: readonly Line[], at: number): Found | undefined {
  const line = lines[at];
  const match = line === undefined ? null : opening.exec(line.text);
  const name = match?.[1];
  if (line === undefined || match === null || name === undefined) return undefined;
  const begin = line.start + match.index;
  const closing = `\\end{${name}}`;
  const close = nextClose(text, lines, closing, begin);
  if (close < 0 || close > begin + longestTable) return undefined;
  let next = at + 1;
  while (next < lines.length && (lines[next]?.start ?? 0) <= close) next++;
  const braces = name === 'tabular' || name === 'longtable' ? 1 : 2;
  const start = bodyStart(text.slice(begin, close), match[0].length, braces) + begin;
  const source = text.slice(start, close);
  if (opening.test(source)) return { omitted: 'table-unsure', next };
  const all = rowsOf(source, start);
  const rows = all.filter(({ cells }) => cells.some(({ value }) => value !== ''));
  const grid = resolve(rows);
  if (grid === undefined) return rows.length < 2 ? { next } : { omitted: 'table-ragged', next };
  // The heading ends at the first rule that stands behind a row of it.
  const ruled = all.findIndex(({ rule }, i) => rule && i > 0 && all.slice(0, i).some((row) => rows.includes(row)));
  const heads = ruled < 0 ? 1 : all.slice(0, ruled).filter((row) => rows.includes(row)).length;
  if (heads >= grid.length) return { next };
  const header = (grid[0] ?? []).map((_, column) =>
    joinHeader(grid.slice(0, heads).map((row) => row[column]?.value ?? '')),
  );
  const span = { start: begin, end: close + closing.length };
  return { table: { header, rows: grid.slice(heads), span, caption: captionOf(text, begin, span.end) }, next };
}

/** Behind the width, where there is one, and the form of the columns. */
function bodyStart(source: string, from: number, braces: number): number {
  let at = from;
  for (let read = 0; read < braces; ) {
    const next = skipBlank(source, at, /\s/);
    const option = source[next] === '[' ? source.indexOf(']', next) + 1 : 0;
    const end = option > 0 ? option : braced(source, next)?.end;
    if (end === undefined) break;
    at = end;
    if (option === 0) read++;
  }
  return at;
}
