/** @file The text of a document out of its blocks, in the conventions of Markdown. */

/** A piece of a document that stands by itself. */
export interface Block {
  readonly kind: 'heading' | 'paragraph' | 'item' | 'note' | 'caption' | 'table';
  readonly text: string;
}

/** An item whose number or bullet was typed before a tab; undefined for other paragraphs. */
export function typedItem(text: string): Block | undefined {
  const [, mark, words] = /^(\(?[\da-zA-Z]{1,3}[.)]|[-•·‣▪◦–])\t+([^\t]+)$/.exec(text) ?? [];
  if (mark === undefined || words === undefined) return undefined;
  return { kind: 'item', text: `${/\w/.test(mark) ? mark : '-'} ${words.replace(/\s+/g, ' ').trim()}` };
}

const isTableCaption = ({ kind, text }: Block): boolean => kind === 'caption' && /^(?:table|tab\.|表)/i.test(text);

/** Captions that stand below their tables go above: there they are looked for. */
function captionsFirst(blocks: readonly Block[]): Block[] {
  const ordered: Block[] = [];
  for (const block of blocks) {
    const [before, last] = [ordered.at(-2), ordered.at(-1)];
    if (isTableCaption(block) && last?.kind === 'table' && before?.kind !== 'caption') ordered.splice(-1, 0, block);
    else ordered.push(block);
  }
  return ordered;
}

/** A bullet after numbers, or numbers after bullets, begin a list of their own, but for those further in. */
const inOneList = (before: Block, block: Block): boolean =>
  (before.kind === 'note' && block.kind === 'note') ||
  (before.kind === 'item' &&
    block.kind === 'item' &&
    (/^\s/.test(block.text) ||
      /^\s/.test(before.text) ||
      before.text.startsWith('- ') === block.text.startsWith('- ')));

/** Blocks apart by a blank line, items of a list by a line end. */
export function blocksText(blocks: readonly Block[]): string {
  const parts: string[] = [];
  let before: Block | undefined;
  for (const block of captionsFirst(blocks)) {
    if (block.text.trim() === '') continue;
    if (before !== undefined) parts.push(inOneList(before, block) ? '\n' : '\n\n');
    parts.push(block.text);
    before = block;
  }
  return parts.join('');
}

/** @example headingText(2, '1.1 Scope') // '## 1.1 Scope' */
export const headingText = (level: number, text: string): string =>
  `${'#'.repeat(Math.min(6, Math.max(1, level)))} ${text.replace(/\s+/g, ' ').trim()}`;
