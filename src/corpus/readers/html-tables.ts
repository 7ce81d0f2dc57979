/**
 * @file The data tables of a page are taken out and laid out before anything else looks at it: Readability undoes declared tables and drops
 * others. A paragraph stands in for each.
 */
import { isElement } from './html-cell.ts';
import { isTable, tableText } from './html-table.ts';

type Page = ReturnType<typeof import('linkedom').parseHTML>['document'];

/** Private characters around a table's number; a page that holds them itself keeps its tables in place. */
const [open, close] = ['\ue000', '\ue001'];
const standIn = new RegExp(`${open}(\\d+) [^${open}${close}]*${close}`, 'g');
/** Readability weighs a paragraph by its length, and leaves out short ones beside the article. */
const weight = { least: 100, most: 400 };

/** Takes them out of the document, and gives what puts their text in the place of the paragraphs. */
export function takeTables(page: Page): (text: string) => string {
  const texts: string[] = [];
  if ((page.body?.textContent ?? '').includes(open)) return (text) => text;
  for (const node of page.querySelectorAll('table, [role=table], [role=grid], [role=treegrid]')) {
    if (!isElement(node) || !isTable(node)) continue;
    const text = tableText(node);
    if (text === undefined) continue;
    const paragraph = page.createElement('p');
    const length = Math.max(weight.least, Math.min(weight.most, text.length));
    paragraph.textContent = `${open}${texts.length} ${'x'.repeat(length)}${close}`;
    node.replaceWith(paragraph);
    texts.push(text);
  }
  return (text) => text.replace(standIn, (_, at: string) => texts[Number(at)] ?? '');
}
