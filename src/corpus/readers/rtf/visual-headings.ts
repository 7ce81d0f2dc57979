/** @file Headings of a file that marks none: short paragraphs in larger letters than the text. */
import { type Block, headingText } from '../office/blocks.ts';

/** How a paragraph looks: its smallest letters in half points. */
export type Looks = ReadonlyMap<Block, number>;

/** Larger than the text by so much. */
const leastRatio = 1.15;
const longestHeading = 120;

/** The size of most letters. */
function bodySize(looks: Looks): number {
  const counts = new Map<number, number>();
  for (const [{ text }, size] of looks) counts.set(size, (counts.get(size) ?? 0) + text.length);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}

/** The sizes of headings make their levels; the largest, where it opens the file and never comes back, is the title. */
export function withVisualHeadings(blocks: readonly Block[], looks: Looks): Block[] {
  if (blocks.some(({ kind }) => kind === 'heading')) return [...blocks];
  const least = leastRatio * bodySize(looks);
  const isHeading = (block: Block): boolean =>
    block.kind === 'paragraph' &&
    (looks.get(block) ?? 0) >= least &&
    block.text.length <= longestHeading &&
    !/[.,;:。，；：]$/.test(block.text);
  const heads = blocks.filter(isHeading);
  const sizeOf = (block: Block | undefined): number => (block === undefined ? 0 : (looks.get(block) ?? 0));
  const first = blocks[0];
  const alone = heads.filter((head) => sizeOf(head) >= sizeOf(first)).length === 1;
  const title = first !== undefined && isHeading(first) && alone && heads.length > 1 ? first : undefined;
  const sizes = [...new Set(heads.filter((head) => head !== title).map(sizeOf))].sort((a, b) => b - a);
  return blocks.map((block) =>
    isHeading(block) && block !== title
      ? { kind: 'heading', text: headingText(sizes.indexOf(sizeOf(block)) + 1, block.text) }
      : block,
  );
}
