/**
 * @file RTF 1.9: headings by outline level or style, lists with the numbers that the file shows, tables with merged cells, notes; without
 * running heads, pictures, hidden and deleted text.
 */
import { collectBytes } from '../../../records/bytes.ts';
import { QuarantineError } from '../../../records/reader.ts';
import { type Block, blocksText, headingText, typedItem } from '../office/blocks.ts';
import { type GridCell, gridText } from '../office/grid.ts';
import { TextBuilder } from '../office/text-builder.ts';
import type { Reader } from '../reader.ts';
import { charsetLabel, codePageLabel, decodeBytes } from './charsets.ts';
import { destinationOf, type GroupState } from './state.ts';
import { type RtfToken, rtfTokens } from './tokens.ts';
import { withVisualHeadings } from './visual-headings.ts';

/** Groups within groups; writers use a few dozen. */
const deepest = 5000;

/** In half points, where the file states none. */
const usualSize = 24;

/** How a cell hangs together with its neighbours. */
interface CellRule {
  across: boolean;
  down: boolean;
}

const characters: Readonly<Record<string, string>> = {
  tab: '\t',
  line: '\n',
  emdash: '—',
  endash: '–',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  bullet: '•',
  emspace: ' ',
  enspace: ' ',
};

/** Lays a file out token by token. */
class RtfLayout {
  private readonly blocks: Block[] = [];
  private readonly looks = new Map<Block, number>();
  /** The smallest letters of the paragraph. */
  private size = Number.POSITIVE_INFINITY;
  readonly notes: string[] = [];
  title = '';
  author = '';
  private state: GroupState = {
    destination: 'body',
    fallback: 1,
    font: undefined,
    unseen: false,
    size: usualSize,
    optional: false,
  };
  private readonly stack: GroupState[] = [];
  private codePage = 'windows-1252';
  private readonly fonts = new Map<number, string>();
  private readonly headings = new Map<number, number>();
  private style: number | undefined;
  private styleName = '';
  private readonly bytes = new TextBuilder();
  private skip = 0;
  private readonly text = new TextBuilder();
  private label = '';
  private outline: number | undefined;
  private inTable = false;
  private cells: string[] = [];
  private rules: CellRule[] = [];
  private next: CellRule = { across: false, down: false };
  private rows: GridCell[][] = [];

  /** Bytes that wait are decoded together: a character may have two, each a token. */
  private flush(): void {
    if (this.bytes.length === 0) return;
    const font = this.state.font === undefined ? undefined : this.fonts.get(this.state.font);
    this.write(decodeBytes(this.bytes.take(), font ?? this.codePage));
  }

  private write(text: string): void {
    const { destination, unseen, size } = this.state;
    if (unseen) return;
    if (destination === 'body') {
      this.text.add(text);
      if (/\S/.test(text)) this.size = Math.min(this.size, size);
    } else if (destination === 'label') this.label += text;
    else if (destination === 'title') this.title += text;
    else if (destination === 'author') this.author += text;
    else if (destination === 'styles') this.styleName += text;
    else if (destination === 'note') this.notes[this.notes.length - 1] += text;
  }

  private character(text: string): void {
    this.flush();
    this.write(text);
  }

  take(token: RtfToken): void {
    if (token.type === 'text') this.takeText(token.text);
    else if (token.type === 'word') this.takeWord(token.word, token.value);
    else if (token.type === 'open') {
      this.flush();
      if (this.stack.push(this.state) > deepest)
        throw new QuarantineError('corrupt', 'the groups are nested too deeply');
    } else this.close();
  }

  private takeText(text: string): void {
    const cut = Math.min(this.skip, text.length);
    this.skip -= cut;
    this.bytes.add(text.slice(cut));
  }

  private close(): void {
    this.flush();
    this.skip = 0;
    if (this.state.destination === 'styles') this.endStyle();
    this.state = this.stack.pop() ?? this.state;
  }

  private endStyle(): void {
    const level = /heading ([1-9])\b/i.exec(this.styleName)?.[1];
    if (level !== undefined && this.style !== undefined) this.headings.set(this.style, Number(level));
    this.styleName = '';
  }

  private takeWord(word: string, value: number | undefined): void {
    if (word === 'u') {
      this.character(String.fromCharCode((value ?? 0) & 0xffff));
      this.skip = this.state.fallback;
      return;
    }
    this.flush();
    this.skip = 0;
    if (word === '*') this.state = { ...this.state, optional: true };
    else if (word === 'uc') this.state = { ...this.state, fallback: Math.min(10, Math.max(0, value ?? 1)) };
    else if (word === 'ansicpg') this.codePage = codePageLabel(value);
    else if (word === 'mac') this.codePage = 'macintosh';
    else if (word === 'f') this.state = { ...this.state, font: value };
    else if (word === 'fcharset') this.setFont(value);
    else if (word === 'v' || word === 'deleted') this.state = { ...this.state, unseen: value !== 0 };
    else if (word === 'plain') this.state = { ...this.state, unseen: false, size: usualSize };
    else if (word === 'fs') this.state = { ...this.state, size: value ?? usualSize };
    else if (characters[word] !== undefined) this.write(characters[word]);
    else if (this.takeDestination(word)) return;
    else if (this.state.destination === 'body') this.takeLayout(word, value);
    else if (this.state.destination === 'styles' && word === 's') this.style = value;
    else if (word === 'par' && this.state.destination === 'note') this.write(' ');
  }

  private setFont(charset: number | undefined): void {
    const label = charsetLabel(charset);
    if (label !== undefined && this.state.font !== undefined) this.fonts.set(this.state.font, label);
  }

  private takeDestination(word: string): boolean {
    const state = destinationOf(word, this.state);
    if (state === undefined) {
      if (this.state.optional) this.state = { ...this.state, optional: false };
      return false;
    }
    if (word === 'footnote' && !this.state.unseen) this.text.add(`[^${this.notes.push('')}]`);
    this.state = state;
    return true;
  }

  private takeLayout(word: string, value: number | undefined): void {
    if (word === 'par' || word === 'sect' || word === 'page') this.endParagraph();
    else if (word === 'pard') [this.outline, this.style, this.inTable] = [undefined, undefined, false];
    else if (word === 'outlinelevel') this.outline = value;
    else if (word === 's') this.style = value;
    else if (word === 'intbl') this.inTable = true;
    else if (word === 'trowd') this.rules = [];
    else if (word === 'clmrg') this.next.across = true;
    else if (word === 'clvmrg') this.next.down = true;
    else if (word === 'cellx') {
      this.rules.push(this.next);
      this.next = { across: false, down: false };
    } else if (word === 'nestcell') this.text.add('\t');
    else if (word === 'cell') this.endCell();
    else if (word === 'row') this.endRow();
  }

  private endCell(): void {
    this.cells.push([this.label.trim(), this.text.take().trim()].filter(Boolean).join(' '));
    this.label = '';
    this.inTable = true;
  }

  private endRow(): void {
    const above = this.rows.at(-1);
    const row: GridCell[] = [];
    for (const [x, text] of this.cells.entries()) {
      const rule = this.rules[x];
      const merged = rule?.across === true ? row[x - 1] : rule?.down === true ? above?.[x] : undefined;
      row.push(merged ?? { text });
    }
    if (row.length > 0) this.rows.push(row);
    this.cells = [];
    this.inTable = false;
  }

  /** A table ends where text follows that stands in none. */
  private endTable(): void {
    if (this.rows.length === 0) return;
    const width = this.rows.reduce((most, { length }) => Math.max(most, length), 0);
    const grid = this.rows.map((row) => Array.from({ length: width }, (_, x) => row[x] ?? { text: '' }));
    this.blocks.push({ kind: 'table', text: gridText(grid) });
    this.rows = [];
  }

  private endParagraph(): void {
    if (this.inTable) {
      this.text.add('\n');
      return;
    }
    this.endTable();
    const text = this.text.take().trim();
    const label = this.label.trim();
    const { size } = this;
    [this.label, this.size] = ['', Number.POSITIVE_INFINITY];
    if (text === '') return;
    const level = this.outline === undefined ? this.headings.get(this.style ?? -1) : this.outline + 1;
    if (level !== undefined && level <= 9)
      this.blocks.push({ kind: 'heading', text: headingText(level, `${label} ${text}`) });
    else if (label === '') {
      const block = typedItem(text) ?? { kind: 'paragraph', text };
      this.blocks.push(block);
      this.looks.set(block, size);
    } else {
      const mark = /[\p{L}\p{N}]/u.test(label) && !/^o$/.test(label) ? label : '-';
      this.blocks.push({ kind: 'item', text: `${mark} ${text.replace(/\s*\n\s*/g, ' ')}` });
    }
  }

  end(): Block[] {
    this.flush();
    if (this.cells.length > 0) this.endRow();
    this.inTable = false;
    this.endParagraph();
    this.endTable();
    const notes = this.notes.map((note, i): Block => {
      return { kind: 'note', text: `[^${i + 1}]: ${note.replace(/\s+/g, ' ').trim()}` };
    });
    return [...withVisualHeadings(this.blocks, this.looks), ...notes];
  }
}

/** A file is one document. @throws QuarantineError when it is no RTF. */
export const readRtf: Reader = async function* ({ id, bytes, limits }) {
  const rtf = Buffer.from(await collectBytes(bytes, limits)).toString('latin1');
  if (!/^\s*\{\\rtf/.test(rtf))
    throw new QuarantineError('corrupt', 'the file is no RTF: it does not begin with {\\rtf');
  const layout = new RtfLayout();
  for (const token of rtfTokens(rtf)) layout.take(token);
  const text = blocksText(layout.end());
  const [title, author] = [layout.title.trim(), layout.author.trim()];
  const metadata: Record<string, string> = author === '' ? {} : { author };
  yield { type: 'document', id, text, metadata, ...(title === '' ? {} : { title }) };
};
