/** @file The lines of a text whose blanks carry meaning: tables that are set out by blanks or tabs, or drawn. */
import type { Span } from '../../document.ts';
import { gridTable } from '../grid-tables.ts';
import { linesOf } from '../lines.ts';
import { alignedTable } from './aligned-tables.ts';

/** Whole lines, in text order. Doubtful tables are among them, so that a later reading can count them. */
export function alignedBlocks(text: string): Span[] {
  // Most texts have no two blanks after a word, no tab and no frame.
  if (!/\S(?: {2}|\t|\u3000)|^[ \t]*[+┌╔┏╭]/m.test(text)) return [];
  const lines = linesOf(text);
  const blocks: Span[] = [];
  let lowest = 0;
  for (let at = 0; at < lines.length; ) {
    const found = gridTable(lines, at) ?? alignedTable(lines, at, lowest);
    const [first, last] = [lines[found?.first ?? at], lines[(found?.next ?? 0) - 1]];
    if ((found?.table ?? found?.omitted) !== undefined && first !== undefined && last !== undefined) {
      blocks.push({ start: first.start, end: last.start + last.text.length });
      lowest = found?.next ?? lowest;
    }
    at = Math.max(at + 1, found?.next ?? 0);
  }
  return blocks;
}
