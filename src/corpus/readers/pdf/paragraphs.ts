/**
 * @file From lines to paragraphs, list items, listings and notes. A line begins a paragraph where the space above it is wide, where it is set
 * in after the end of a sentence, where its font's height changes, where a list's mark stands, or where its first word would have had
 * room on the line above.
 */
import { addLine, type Vocabulary } from './join-text.ts';
import { type Block, type Grid, type Line, median } from './shapes.ts';

/** What the document consists of before headings are told. */
export type Element =
  | {
      kind: 'text';
      parts: string[];
      text: string;
      lines: Line[];
      page: number;
      marker?: string;
      textX?: number;
      soft?: boolean;
    }
  | { kind: 'code'; lines: string[]; page: number }
  | { kind: 'note'; mark: string; parts: string[]; text: string; page: number; last: Line }
  | { kind: 'table'; grid: Grid; page: number };
export type TextElement = Extract<Element, { kind: 'text' }>;
export type TableElement = Extract<Element, { kind: 'table' }>;

const bullet = /^(?:[•◦▪●○■□‣⁃∙·\uf0b7\uf0a7\uf06c]|[–—*-](?= ))\s*/;
const ordered =
  /^(\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)](?=\s)|[（(]?(?:\d{1,3}|[a-zA-Z]|[一二三四五六七八九十]{1,3})[）)、](?!\d))\s*(?=\S)/;
const sentenceEnd = /[.!?:;。！？：；…]["'”’)\]）」』]*(?:\ufdd0[^\ufdd1]*\ufdd1)?$/;
const han = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/u;

/** Width that the first word of a line takes, with a blank before it. */
function firstWordWidth(line: Line): number {
  const word = han.test(line.text.slice(0, 1)) ? line.text.slice(0, 2) : (/^\S+/.exec(line.text)?.[0] ?? '');
  return ((word.length + 1) / Math.max(1, line.text.length)) * (line.x1 - line.x0);
}

/** True when the first word of `line` would have had room at the end of `above`. */
const hadRoom = (above: Line, line: Line): boolean =>
  above.x1 + firstWordWidth(line) <
    Math.min(above.right, line.right + above.left - line.left + 1e-6) - 0.4 * above.size &&
  !/\p{L}[-\u2010\u00ad]$/u.test(above.text);

/** The list's mark that a line begins with. */
function markerOf(line: Line): { marker: string; rest: string } | undefined {
  const dot = bullet.exec(line.text);
  if (dot !== null) return { marker: '-', rest: line.text.slice(dot[0].length) };
  const number = ordered.exec(line.text);
  return number === null ? undefined : { marker: number[1] ?? '', rest: line.text.slice(number[0].length) };
}

/** An entry of a table of contents. */
const isEntry = (line: Line): boolean => line.chunks.some(({ leader }) => leader) && /\d$|[ivxlc]$/i.test(line.text);

/** Lines further apart than this, in heights of the font, are no lines of one text. */
const widestLeading = 3.5;

/** Typical distance of lines in a column. */
const leadingOf = (lines: readonly Line[]): number =>
  median(
    lines.flatMap(({ gap, size }) => (gap !== undefined && gap < widestLeading * size ? [gap] : [])),
    0,
  );

/** How a line stands to the text before it: goes on, begins a line of its own, or a paragraph. */
type Break = 'none' | 'line' | 'paragraph';

/** Compares a line with the one above in its column. */
function breakBetween(above: Line, line: Line, element: TextElement, leading: number): Break {
  if (Math.abs(above.size - line.size) > 0.08 * Math.max(above.size, line.size)) return 'paragraph';
  if (line.gap !== undefined && line.gap > 1.3 * Math.max(leading, line.size)) return 'paragraph';
  const ended = sentenceEnd.test(above.text);
  const em = line.size;
  if (element.textX !== undefined) {
    if (line.x0 < element.textX - 0.6 * em && hadRoom(above, line)) return 'paragraph';
    if (line.x0 < element.textX - 0.6 * em && ended) return 'paragraph';
  } else if (line.x0 > above.x0 + 0.8 * em && ended && line.x0 < above.x0 + 6 * em) return 'paragraph';
  if (above.bold !== line.bold && hadRoom(above, line)) return 'paragraph';
  if (!hadRoom(above, line)) return 'none';
  // Verse, addresses and entries begin their lines large; ragged prose goes on small.
  return ended ? 'paragraph' : /^[\p{Ll}(]/u.test(line.text) ? 'none' : 'line';
}

/** A list's mark begins an item after the end of a sentence, after another item, or after a wide space; a bullet always. */
function beginsItem(line: Line, above: Line | undefined, element: Element | undefined, kind: Break): boolean {
  const found = markerOf(line);
  if (found === undefined) return false;
  if (found.marker === '-' || above === undefined || kind !== 'none' || sentenceEnd.test(above.text)) return true;
  return (
    element?.kind === 'text' &&
    element.marker !== undefined &&
    element.marker !== '-' &&
    line.x0 <= (element.textX ?? 0)
  );
}

/** Where the text of an item begins. */
function textStart(line: Line, rest: string): number {
  const second = line.chunks[1];
  if (second !== undefined && line.chunks[0] !== undefined && line.chunks[0].text.length <= 6) return second.x0;
  return line.x0 + (1 - rest.length / Math.max(1, line.text.length)) * (line.x1 - line.x0);
}

/** A new element that begins with a line. */
function begin(line: Line, page: number, item: boolean): TextElement {
  const found = item ? markerOf(line) : undefined;
  if (found === undefined) return { kind: 'text', parts: [line.text], text: '', lines: [line], page };
  return {
    kind: 'text',
    parts: [found.rest],
    text: '',
    lines: [line],
    page,
    marker: found.marker,
    textX: textStart(line, found.rest),
  };
}

/** Smaller text, in parts of the body's, may be a footnote. */
const notePrint = 0.94;
const note = /^(?:\ufdd0([^\ufdd1]+)\ufdd1|([*†‡§¶]{1,3})|(\d{1,3})(?=\s?\p{L}))\s*/u;

/** True when a line begins a footnote: small print in the lower half of a page, after a mark. */
const beginsNote = (line: Line, bodySize: number, pageHeight: number): boolean =>
  line.size < notePrint * bodySize && line.y > 0.4 * pageHeight && note.test(line.text);

/** True when a line goes on with the footnote above it. */
const goesOn = (before: Extract<Element, { kind: 'note' }>, line: Line, above: Line): boolean =>
  above === before.last && Math.abs(line.size - above.size) < 0.5 && (line.gap ?? 0) < 1.6 * line.size;

/** Width of a character where no chunk says it, in heights of the font. */
const characterWidth = 0.55;

/** A line of a listing with the blanks that its places say. */
function codeLine(line: Line): string {
  const widths = line.chunks.flatMap(({ text, x0, x1 }) => (text.length > 2 ? [(x1 - x0) / text.length] : []));
  const width = Math.max(0.3 * line.size, Math.min(...widths, characterWidth * line.size));
  let text = '';
  for (const chunk of line.chunks) {
    const column = Math.round((chunk.x0 - line.left) / width);
    text += ' '.repeat(Math.min(200, Math.max(text === '' ? 0 : 1, column - text.length))) + chunk.text;
  }
  return text;
}

/** Where a line stands. */
interface Place {
  readonly page: number;
  /** Of the page. */
  readonly height: number;
  /** Distance of lines in its column. */
  readonly leading: number;
  /** It opens its column. */
  readonly first: boolean;
}

/** Collects the elements of a document, page by page. */
export class Paragraphs {
  readonly #elements: Element[] = [];
  readonly #known: Vocabulary;
  readonly #bodySize: number;
  /** Paragraphs that began by a set-in line, and by a wide space: the custom of the document. */
  readonly #custom = { indent: 0, space: 0 };

  constructor(known: Vocabulary, bodySize: number) {
    this.#known = known;
    this.#bodySize = bodySize;
  }

  /** All, in order. */
  finish(): Element[] {
    return this.#elements.map((element) =>
      element.kind === 'text' || element.kind === 'note' ? { ...element, text: element.parts.join('') } : element,
    );
  }

  /** Adds one column of a page. */
  add(blocks: readonly Block[], page: number, height: number): void {
    const leading = leadingOf(blocks.filter((block) => block.kind === 'line'));
    let above: Line | undefined;
    for (const [i, block] of blocks.entries()) {
      if (block.kind === 'table') this.#elements.push({ kind: 'table', grid: block.grid, page });
      else this.#addLine(block, above, { page, height, leading, first: i === 0 });
      above = block.kind === 'line' ? block : undefined;
    }
  }

  #addLine(line: Line, above: Line | undefined, place: Place): void {
    const last = this.#elements.at(-1);
    if (line.mono) this.#addCode(line, above, place);
    else if (beginsNote(line, this.#bodySize, place.height)) this.#beginNote(line, place.page);
    else if (last?.kind === 'note' && above !== undefined && goesOn(last, line, above)) {
      addLine(last.parts, line.text, this.#known);
      last.last = line;
    } else if (isEntry(line)) this.#elements.push({ ...begin(line, place.page, false), marker: '-', soft: true });
    else this.#addText(line, above, place);
  }

  #addText(line: Line, above: Line | undefined, { page, leading, first }: Place): void {
    const marked = markerOf(line) !== undefined;
    const last = above === undefined ? (first && !marked ? this.#openBefore(line) : undefined) : this.#elements.at(-1);
    if (last?.kind !== 'text' || (above === undefined && last.soft)) {
      this.#elements.push(begin(line, page, marked));
      return;
    }
    const kind = above === undefined ? 'none' : breakBetween(above, line, last, leading);
    const item = above !== undefined && beginsItem(line, above, last, kind);
    if (kind === 'paragraph' && !item && above !== undefined)
      this.#custom[line.x0 > above.x0 + 0.8 * line.size ? 'indent' : 'space']++;
    if (item || kind === 'paragraph') this.#elements.push(begin(line, page, item));
    else if (kind === 'line') this.#elements.push({ ...begin(line, page, false), soft: true });
    else {
      addLine(last.parts, line.text, this.#known);
      last.lines.push(line);
    }
  }

  #beginNote(line: Line, page: number): void {
    const found = note.exec(line.text);
    const mark = found?.[1] ?? found?.[2] ?? found?.[3] ?? '';
    const parts = [line.text.slice(found?.[0].length ?? 0)];
    this.#elements.push({ kind: 'note', mark, parts, text: '', page, last: line });
  }

  #addCode(line: Line, above: Line | undefined, { page, leading }: Place): void {
    const last = this.#elements.at(-1);
    const text = codeLine(line);
    if (last?.kind === 'code' && above !== undefined) {
      if ((line.gap ?? 0) > 1.8 * Math.max(leading, line.size)) last.lines.push('');
      last.lines.push(text);
    } else this.#elements.push({ kind: 'code', lines: [text], page });
  }

  /** The paragraph that goes on at the top of a column: its last line is full and its sentence has not ended. */
  #openBefore(line: Line): Element | undefined {
    // Tables and notes stand between the parts of a paragraph on two pages.
    for (let i = this.#elements.length - 1; i >= Math.max(0, this.#elements.length - 6); i--) {
      const element = this.#elements[i];
      if (element === undefined || element.kind === 'code') return undefined;
      if (element.kind !== 'text') continue;
      const last = element.lines.at(-1);
      if (last === undefined || Math.abs(last.size - line.size) > 0.08 * line.size || last.bold !== line.bold)
        return undefined;
      const lower = /^[\p{Ll}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}(]/u.test(line.text);
      const full = last.x1 > last.right - 0.12 * (last.right - last.left) || han.test(last.text.slice(-1));
      const setIn = line.x0 > line.left + 0.5 * line.size;
      // Where paragraphs are set in, one that is not goes on.
      const ended = sentenceEnd.test(last.text) && (setIn || this.#custom.indent <= this.#custom.space);
      return !ended && (lower || full) && (lower || i === this.#elements.length - 1 || full) ? element : undefined;
    }
    return undefined;
  }
}
