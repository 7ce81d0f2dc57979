/**
 * @file The names of who speaks on a page that is a play: bold at the beginning of a line, a term of a definition list, or in an element
 * whose class says so. They are written in Markdown's bold, so that the text shows what the page shows.
 */

/** The part of the DOM that is looked at. */
export interface PageNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly textContent: string | null;
  readonly childNodes: Iterable<PageNode>;
  readonly getAttribute?: (name: string) => string | null;
}

const longest = 40;
const bold = new Set(['B', 'STRONG', 'DT']);
const blocks = new Set(
  'P DIV BLOCKQUOTE DD DT LI BODY BR SECTION ARTICLE TD TR TABLE DL UL OL H1 H2 H3 H4 H5 H6 HR MAIN'.split(' '),
);
const speaking = /(?:^|[\s_-])(?:speaker|spk|character|persona|sp)(?:$|[\s_-])/i;
const nameLike = /^(?:\p{Lu}|\p{Lo})[\p{L}\p{M}\p{N} .,'’&-]*$/u;

const isSpeaker = (node: PageNode, atStart: boolean): boolean =>
  (atStart && bold.has(node.nodeName.toUpperCase())) || speaking.test(node.getAttribute?.('class') ?? '');

/** Elements that may name a speaker, in order of the page. */
function candidates(root: PageNode): PageNode[] {
  const found: PageNode[] = [];
  let atStart = true;
  const walk = (node: PageNode): void => {
    if (node.nodeType === 3 && (node.textContent ?? '').trim() !== '') atStart = false;
    if (node.nodeType !== 1) return;
    const block = blocks.has(node.nodeName.toUpperCase());
    if (block) atStart = true;
    const words = isSpeaker(node, atStart) ? (node.textContent ?? '').replace(/\s+/g, ' ').trim() : '';
    if (words !== '' && words.length <= longest && nameLike.test(words)) {
      found.push(node);
      atStart = false;
    } else for (const child of node.childNodes) walk(child);
    if (block) atStart = true;
  };
  walk(root);
  return found;
}

/** Names that come back are speakers; a page of other bold words has none. */
export function speakerElements(root: PageNode): ReadonlySet<PageNode> {
  const found = candidates(root);
  const counts = new Map<string, number>();
  const nameOf = (node: PageNode): string => (node.textContent ?? '').replace(/\s+/g, ' ').trim();
  for (const node of found) counts.set(nameOf(node), (counts.get(nameOf(node)) ?? 0) + 1);
  const repeated = [...counts.values()].filter((count) => count >= 2);
  const spoken = repeated.reduce((sum, count) => sum + count, 0);
  return repeated.length >= 2 && spoken >= 0.6 * found.length ? new Set(found) : new Set();
}

/** `**HAMLET.** words`, or a name above the words where no full stop ends it. */
export function speakerText(name: string): string {
  const words = name.replace(/\s+/g, ' ').trim();
  return words.endsWith('.') ? `**${words}** ` : `**${words}**\n`;
}
