/** @file What a JSON file looks like, told from its beginning: an array, lines, a list inside of an object, or objects. */
import { isWrapper } from './json-layout.ts';

/** Bytes of the beginning that are looked at: what ends in it is read whole. */
export const headBytes = 2 ** 20;

/** A list of rows inside of an object. */
interface WrappedList {
  readonly name: string;
  /** Where its bracket stands: byte, and line from 1. */
  readonly at: number;
  readonly line: number;
}

/** How the rows of a file are cut. */
export type JsonShape =
  | { readonly kind: 'empty' | 'array' | 'lines' | 'objects' }
  | { readonly kind: 'scalar'; readonly got: string }
  | ({ readonly kind: 'wrapped' } & WrappedList);

/** Every whole line is an object of its own: then a torn one costs no other. */
function isLines(text: string, complete: boolean): boolean {
  const lines = text.split(/\r\n|\n|\r/);
  if (!complete) lines.pop();
  const full = lines.filter((line) => line.trim() !== '');
  const ended = full.filter((line) => line.trimEnd().endsWith('}'));
  return (
    full.length > 1 &&
    full.every((line) => line.startsWith('{')) &&
    2 * ended.length > full.length &&
    !/\}\s*\{/.test(full[0] ?? '')
  );
}

/** The list of objects under a usual name in an object that goes on beyond the text. */
function wrappedList(text: string): WrappedList | undefined {
  let depth = 0;
  let name = '';
  for (let at = text.indexOf('{'); at < text.length; at++) {
    const mark = text.charAt(at);
    if (mark === '"') {
      const end = stringEnd(text, at);
      if (end < 0) return undefined;
      if (depth === 1) name = text.slice(at + 1, end);
      at = end;
    } else if (mark === '{' || mark === '[') {
      depth++;
      if (depth === 2 && mark === '[' && isWrapper(name) && /^\s*\{/.test(text.slice(at + 1, at + 200)))
        return { name, at, line: text.slice(0, at).split('\n').length };
    } else if (mark === '}' || mark === ']') {
      depth--;
      if (depth === 0) return undefined;
    }
  }
  return undefined;
}

/** Where the string that opens at `from` is closed; -1 where it goes on. */
function stringEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at++;
    else if (code === 0x22) return at;
  }
  return -1;
}

/**
 * How the rows of a JSON file are cut.
 *
 * @param head its beginning, at least `headBytes` of it unless `complete`
 */
export function shapeOf(head: Uint8Array, complete: boolean): JsonShape {
  // One byte a character: offsets are those of the bytes, and marks are ASCII.
  const text = Buffer.from(head.buffer, head.byteOffset, head.length).toString('latin1');
  const first = /\S/.exec(text)?.[0];
  if (first === undefined) return { kind: 'empty' };
  if (first === '[') return { kind: 'array' };
  if (first !== '{') return { kind: 'scalar', got: text.trim().slice(0, 20) };
  if (isLines(text, complete)) return { kind: 'lines' };
  const list = complete ? undefined : wrappedList(text);
  return list === undefined ? { kind: 'objects' } : { kind: 'wrapped', ...list };
}
