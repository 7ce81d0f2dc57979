/** @file HTML tables inside of Markdown are laid out as pipe tables, as its readers show them. */
import { optionalPackage } from '../../records/optional-package.ts';
import type { DomNode } from './html-cell.ts';
import { tableText } from './html-table.ts';
import { checkDepth } from './html-text.ts';

/** A longer one stays as it stands. */
const longestTable = 2_000_000;

interface Found {
  readonly start: number;
  readonly end: number;
}

/** Outermost tables with rows, outside of fenced code; one that never ends is none. */
function tablesIn(text: string): Found[] {
  const found: Found[] = [];
  let [depth, start, fenced] = [0, 0, false];
  for (const { 0: mark, index } of text.matchAll(/<\/?table(?=[\s>])|^ {0,3}(?:```|~~~)/gim)) {
    if (!mark.startsWith('<')) {
      if (depth === 0) fenced = !fenced;
    } else if (fenced) continue;
    else if (mark.startsWith('</')) {
      depth = Math.max(0, depth - 1);
      const end = text.indexOf('>', index) + 1;
      if (depth === 0 && end > start && end - start <= longestTable) found.push({ start, end });
    } else if (depth++ === 0) start = index;
  }
  return found;
}

/** @throws QuarantineError when a table is nested without end, or linkedom is not installed */
export async function layOutTables(text: string): Promise<string> {
  if (!/<table[\s>]/i.test(text) || !/<tr[\s>]/i.test(text)) return text;
  const { parseHTML } = await optionalPackage('linkedom', () => import('linkedom'));
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of tablesIn(text)) {
    if (start < from) continue;
    const source = text.slice(start, end);
    checkDepth(source);
    const table = parseHTML(`<html><body>${source}</body></html>`).document.querySelector('table');
    const laidOut = table === null ? undefined : tableText(table as unknown as DomNode);
    if (laidOut === undefined) continue;
    parts.push(text.slice(from, start), '\n\n', laidOut, '\n\n');
    from = end;
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(from);
}
