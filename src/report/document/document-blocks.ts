/** @file The text of a document in blocks, marked, with each table drawn behind the block that it ends in. */

import type { DocumentLook } from '../../corpus/inspect/document-look.ts';
import { unitOfColumn } from '../../corpus/inspect/draw-table.ts';
import type { FactMark } from '../../corpus/inspect/fact-marks.ts';
import type { Table } from '../../corpus/tables/table.ts';
import { type Html, html, trusted } from '../html.ts';
import { MarkedText, shownText } from './marked-text.ts';

/** Characters of a text that a page holds: browsers stay quick. */
export const longestText = 4_000_000;

/** Rows of a table that are drawn. */
const drawnRows = 60;
/** Blocks that a browser lays out together, once they come into view. */
const chunk = 24;
/** A block without a blank line is broken at the next line end behind this many characters. */
const longestBlock = 20_000;

/** Blocks between blank lines; a long one is cut between lines. */
export function blocksOf(text: string): { start: number; end: number }[] {
  const blocks: { start: number; end: number }[] = [];
  const length = Math.min(text.length, longestText);
  for (let start = 0; start < length; ) {
    const blank = text.indexOf('\n\n', start);
    let end = Math.min(length, blank < 0 ? length : blank);
    if (end - start > longestBlock) {
      const line = text.indexOf('\n', start + longestBlock);
      end = line < 0 || line > start + 2 * longestBlock ? Math.min(end, start + longestBlock) : Math.min(end, line);
    }
    blocks.push({ start, end });
    start = end;
    while (text[start] === '\n') start++;
  }
  return blocks;
}

function drawn({ caption, columns, rows }: Table, number: number): Html {
  const head = columns.map((column) => {
    const unit = unitOfColumn(column);
    return html`<th>${trusted(shownText(column.header))}${unit === '' ? undefined : html`<small>${trusted(shownText(unit))}</small>`}</th>`;
  });
  const body = rows.slice(0, drawnRows).map(({ cells, total, heading }) => {
    const row = cells.map(({ value, type }) => html`<td class="${type}">${trusted(shownText(value))}</td>`);
    return html`<tr class="${total ? 'total' : heading ? 'heading' : ''}">${row}</tr>`;
  });
  const more = rows.length > drawnRows ? ` (${drawnRows} of ${rows.length} rows)` : '';
  return html`<figure><figcaption>Table ${number} as it was read: ${trusted(shownText(caption?.text ?? 'no caption'))}${more}</figcaption><div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div></figure>`;
}

/** The whole text. @param places Offsets that links lead to, ascending. */
export function markedBlocks(
  { text, tables, outline }: DocumentLook,
  marks: readonly FactMark[],
  places: readonly number[],
): Html {
  const marked = new MarkedText(text, marks, places);
  const ordered = tables
    .map((table, i) => ({ table, number: i + 1 }))
    .sort((a, b) => a.table.span.end - b.table.span.end);
  const heads = new Set(marks.filter(({ kind }) => kind === 'heading').map(({ span }) => span.start));
  let [next, out] = [0, ''];
  for (const [i, { start, end }] of blocksOf(text).entries()) {
    if (i % chunk === 0) out += `${i === 0 ? '' : '</section>'}<section class="chunk">`;
    const first = ordered[next]?.table.span;
    const grid = first !== undefined && first.start < end && first.end > start;
    const kind = grid ? 'grid' : heads.has(start) && outline.length > 0 ? 'head' : '';
    out += `<div class="b ${kind}">${marked.block(start, end)}</div>`;
    for (let table = ordered[next]; table !== undefined && table.table.span.end <= end; table = ordered[++next])
      out += drawn(table.table, table.number).markup;
  }
  return trusted(out === '' ? '' : `${out}</section>`);
}
