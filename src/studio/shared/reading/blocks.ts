/**
 * @file A text cut into blocks that are shown one by one: headings, tables, turns, paragraphs. The blocks in order are the whole text. None is long:
 * a paragraph of a hundred thousand characters is cut at ends of sentences, so that only what is in sight is laid out.
 */

export type BlockKind = 'text' | 'heading' | 'table' | 'turn';

/** UTF-16 offsets; `end` is behind the line ends that follow. */
export interface Block {
  readonly kind: BlockKind;
  readonly start: number;
  readonly end: number;
  /** Of headings, from 1. */
  readonly level?: number;
  /** Of turns: characters of the speaker's name and colon. */
  readonly speaker?: number;
}

const longest = 1600;
const headingLine =
  /^(?:(#{1,6})\s+\S|(={2,}|-{2,})\s*\S.{0,100}?\s*\2\s*$|(?:Document|Passage|Chapter|第)\s*\[?\d+\]?.{0,80}$)/;
const tableLine = /^\s*\|.*\|\s*$|^[^\t\n]*\t[^\n]*\t/;
const turnLine = /^((?:[\p{Lu}\p{Lo}][\p{L}\p{N} .'’-]{0,40}?|user|assistant|system)\s?[:：])\s*\S/u;

interface Line {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function* linesOf(text: string): Generator<Line> {
  for (let at = 0; at < text.length; ) {
    const found = text.indexOf('\n', at);
    const end = found === -1 ? text.length : found + 1;
    yield { start: at, end, text: text.slice(at, found === -1 ? end : found) };
    at = end;
  }
}

/** Speakers: names before a colon that come again. A list of `Name: value` lines has each name once. */
function speakersOf(text: string): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { text: line } of linesOf(text)) {
    const speaker = turnLine.exec(line.slice(0, 60))?.[1];
    if (speaker !== undefined) counts.set(speaker, (counts.get(speaker) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count > 2).map(([speaker]) => speaker));
}

function kindOf(line: string, speakers: ReadonlySet<string>): Pick<Block, 'kind' | 'level' | 'speaker'> | undefined {
  const heading = headingLine.exec(line);
  if (heading !== null) return { kind: 'heading', level: heading[1]?.length ?? 2 };
  if (tableLine.test(line)) return { kind: 'table' };
  const speaker = turnLine.exec(line.slice(0, 60))?.[1];
  if (speaker !== undefined && speakers.has(speaker)) return { kind: 'turn', speaker: speaker.length };
  return undefined;
}

/** Cuts what is too long behind the last end of a sentence, else of a word, before the limit. */
function* pieces(text: string, block: Block): Generator<Block> {
  let { start } = block;
  while (block.end - start > longest && block.kind !== 'table') {
    const part = text.slice(start, start + longest);
    const sentence = Math.max(part.lastIndexOf('. '), part.lastIndexOf('。'), part.lastIndexOf('\n'));
    const word = part.lastIndexOf(' ');
    const cut = start + (sentence > longest / 3 ? sentence + 1 : word > longest / 3 ? word + 1 : longest);
    yield { ...block, start, end: cut, kind: block.kind === 'turn' && start > block.start ? 'text' : block.kind };
    start = cut;
  }
  yield { ...block, start, ...(start > block.start && block.kind === 'turn' ? { kind: 'text' as const } : {}) };
}

/** The blocks of a text in order, each up to the next. */
export function cutBlocks(text: string): Block[] {
  const speakers = speakersOf(text);
  const blocks: Block[] = [];
  let open: Block | undefined;
  let afterEmpty = false;
  const close = () => {
    if (open !== undefined) blocks.push(...pieces(text, open));
    open = undefined;
  };
  for (const { start, end, text: line } of linesOf(text)) {
    const empty = line.trim() === '';
    const found: Pick<Block, 'kind' | 'level' | 'speaker'> | undefined = empty ? undefined : kindOf(line, speakers);
    const kind = found?.kind ?? 'text';
    // A table goes on line by line; everything else begins anew with its mark or behind an empty line.
    const goesOn =
      open !== undefined &&
      (empty ||
        (!afterEmpty && open.kind === kind && kind !== 'heading' && kind !== 'turn') ||
        (!afterEmpty && open.kind === 'turn' && kind === 'text'));
    if (goesOn && open !== undefined) open = { ...open, end };
    else {
      close();
      open = { ...(found ?? { kind }), start, end };
    }
    afterEmpty = empty;
  }
  close();
  return blocks;
}

/** The place of the block that holds an offset; the last one for what is behind the end. */
export function blockAt(blocks: readonly Block[], offset: number): number {
  let [low, high] = [0, blocks.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((blocks[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
