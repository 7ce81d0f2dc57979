/** @file Text in columns of a terminal, where Chinese, Japanese and Korean characters and emoji take two. */
import { printable } from '../../printable.ts';

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;
const unseen = /[\p{Mn}\p{Me}\p{Cf}]/u;

const widthOfCharacter = (character: string): number => (unseen.test(character) ? 0 : wide.test(character) ? 2 : 1);

/** Columns that the text takes. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += widthOfCharacter(character);
  return width;
}

/** Characters that no line of a terminal can show; what lies behind them need not be looked at. */
const longest = 4000;

/** One line that can stand on a terminal, cut with `…` to the width. */
export function fitted(text: string, width: number): string {
  const line = printable(text.slice(0, longest).replace(/\s+/g, ' ').trim());
  if (text.length <= longest && widthOf(line) <= width) return line;
  let [cut, taken] = ['', 0];
  for (const character of line) {
    taken += widthOfCharacter(character);
    if (taken > width - 1) break;
    cut += character;
  }
  return `${cut.trimEnd()}…`;
}

/** Filled up with blanks to the width, at the right or for numbers at the left. */
export function pad(text: string, width: number, at: 'start' | 'end' = 'end'): string {
  const blanks = ' '.repeat(Math.max(0, width - widthOf(text)));
  return at === 'end' ? text + blanks : blanks + text;
}

/** The first part of a word that fits, and the rest. */
function split(word: string, width: number): [string, string] {
  let [head, taken] = ['', 0];
  for (const character of word) {
    taken += widthOfCharacter(character);
    if (taken > width && head !== '') break;
    head += character;
  }
  return [head, word.slice(head.length)];
}

/** Lines of the width; every one but the first behind `indent`. A word that is longer than a line is broken. */
export function wrap(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of printable(text.replace(/\s+/g, ' ').trim()).split(' ')) {
    const longer = line.trim() === '' ? line + word : `${line} ${word}`;
    if (widthOf(longer) <= width) {
      line = longer;
      continue;
    }
    if (line.trim() !== '') lines.push(line);
    line = line.trim() === '' ? line : indent;
    for (let rest = word; rest !== ''; ) {
      const [head, tail] = split(rest, width - widthOf(line));
      line += head;
      rest = tail;
      if (rest === '') break;
      lines.push(line);
      line = indent;
    }
  }
  return [...lines, line];
}
