/** @file The text of a cell of an HTML table, as a reader sees it: in one line, its parts apart by line ends. */

/** The part of the DOM that is walked; linkedom's own types are looser. */
export interface DomNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly textContent: string | null;
  readonly childNodes: Iterable<DomNode>;
  getAttribute?(name: string): string | null;
}

export const nameOf = (node: DomNode): string => node.nodeName.toUpperCase();
export const isElement = (node: DomNode): boolean => node.nodeType === 1;
export const attribute = (node: DomNode, name: string): string => node.getAttribute?.(name)?.trim() ?? '';

const unseen = new Set([
  'SCRIPT',
  'STYLE',
  'NOSCRIPT',
  'TEMPLATE',
  'IFRAME',
  'SVG',
  'SELECT',
  'TEXTAREA',
  'BUTTON',
  'MATH',
]);
const parts = new Set('P DIV LI UL OL DL DT DD H1 H2 H3 H4 H5 H6 BLOCKQUOTE PRE SECTION ARTICLE FIGURE'.split(' '));

/** Not shown on the page: sort keys, labels for narrow screens. */
export const isHidden = (node: DomNode): boolean =>
  node.getAttribute !== undefined &&
  (node.getAttribute('hidden') !== null || /display\s*:\s*none/i.test(node.getAttribute('style') ?? ''));

const [level, above] = ['0123456789+-−abcdefghijklmnoprstuvwxyz', '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ'];
const raised = new Map([...level].map((char, i) => [char, [...above][i] ?? char]));

/** What is raised stays raised, so that a note is no digit of its number. */
function raisedText(text: string): string {
  const trimmed = text.trim();
  const all = trimmed.length <= 3 && [...trimmed].every((char) => raised.has(char));
  return all && !/^(?:st|nd|rd|th)$/.test(trimmed) ? [...trimmed].map((char) => raised.get(char)).join('') : text;
}

function write(node: DomNode, out: string[]): void {
  if (node.nodeType === 3) out.push((node.textContent ?? '').replace(/\s+/g, ' '));
  if (!isElement(node)) return;
  const name = nameOf(node);
  if (unseen.has(name) || isHidden(node)) return;
  if (name === 'BR' || name === 'HR') out.push('\n');
  else if (name === 'SUP') {
    const inner: string[] = [];
    for (const child of node.childNodes) write(child, inner);
    out.push(raisedText(inner.join('')));
  } else {
    const edge = parts.has(name) ? '\n' : '';
    out.push(edge);
    for (const child of node.childNodes) write(child, out);
    out.push(edge);
  }
}

/** Lines of a cell; of a picture alone, what it shows. */
export function cellText(cell: DomNode): string {
  const out: string[] = [];
  for (const child of cell.childNodes) write(child, out);
  const text = out
    .join('')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[\n ]*/g, '\n')
    .trim();
  return text === '' ? pictureText(cell) : text;
}

function pictureText(cell: DomNode): string {
  const picture = firstOf(cell, (node) => nameOf(node) === 'IMG');
  return picture === undefined ? '' : attribute(picture, 'alt');
}

/** The first element below a node, in text order; no recursion, and it ends at the first. */
export function firstOf(root: DomNode, is: (node: DomNode) => boolean): DomNode | undefined {
  const open = [...root.childNodes].reverse();
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!isElement(node)) continue;
    if (is(node)) return node;
    // One by one: a spread of many children overflows the stack.
    for (const child of [...node.childNodes].reverse()) open.push(child);
  }
  return undefined;
}

/** Whether more than so many characters stand below a node. */
export function isLonger(root: DomNode, most: number): boolean {
  let left = most;
  const open = [root];
  for (let node = open.pop(); node !== undefined && left >= 0; node = open.pop()) {
    if (node.nodeType === 3) left -= (node.textContent ?? '').trim().length;
    else if (isElement(node)) for (const child of node.childNodes) open.push(child);
  }
  return left < 0;
}

/** Whether all text of a cell stands in elements of these names. */
export function isAllIn(root: DomNode, names: ReadonlySet<string>): boolean {
  const open = [...root.childNodes];
  let said = false;
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.nodeType === 3) {
      if ((node.textContent ?? '').trim() !== '') return false;
    } else if (isElement(node) && !names.has(nameOf(node))) {
      for (const child of node.childNodes) open.push(child);
    } else said ||= isElement(node) && isLonger(node, 0);
  }
  return said;
}
