/** @file Cuts a text at separators that stand outside brackets: the items of a list, the sides of a relation. */

/** A piece between separators. */
export interface Part {
  readonly text: string;
  /** The separator behind the part; empty for the last. */
  readonly separator: string;
}

const open = '([{';
const close = ')]}';

/** Cuts at `separators` (sticky) outside of brackets; half-open intervals `[a, b)` count as brackets too. */
export function splitOutside(text: string, separators: RegExp): Part[] {
  const parts: Part[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; ) {
    const char = text.charAt(i);
    if (char === '\\' && '{}'.includes(text.charAt(i + 1)) && text.charAt(i + 1) !== '') {
      depth += text.charAt(i + 1) === '{' ? 1 : -1;
      i += 2;
      continue;
    }
    if (open.includes(char)) depth++;
    else if (close.includes(char)) depth = Math.max(0, depth - 1);
    if (text.startsWith('\\langle', i)) depth++;
    if (text.startsWith('\\rangle', i)) depth = Math.max(0, depth - 1);
    if (text.startsWith('\\begin', i)) depth++;
    if (text.startsWith('\\end', i)) depth = Math.max(0, depth - 1);
    separators.lastIndex = i;
    const match = depth === 0 ? separators.exec(text) : null;
    if (match === null || match[0] === '') {
      i++;
      continue;
    }
    parts.push({ text: text.slice(start, i).trim(), separator: match[0].trim() });
    i += match[0].length;
    start = i;
  }
  parts.push({ text: text.slice(start).trim(), separator: '' });
  return parts;
}

/** Whether the bracket at the start closes at the very end. */
export function isEnclosed(text: string, left: string, right: string): boolean {
  if (!text.startsWith(left) || !text.endsWith(right) || text.length < left.length + right.length) return false;
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const two = text.slice(i, i + 2);
    const char = text.charAt(i);
    if (two === '\\{') {
      depth++;
      i++;
    } else if (two === '\\}') {
      depth--;
      i++;
      if (depth === 0) return i === text.length - 1;
    } else if (open.includes(char)) depth++;
    else if (close.includes(char)) {
      depth--;
      if (depth === 0) return i === text.length - 1;
    }
  }
  return false;
}
