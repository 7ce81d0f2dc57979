/**
 * @file The tokens of RTF 1.9 (groups, control words, bytes, text), by one pass. The tokenizers on npm print to the console, or take a time
 * that grows with the square of the lines.
 */

/** A piece of the file; `text` holds bytes as Latin-1. */
export type RtfToken =
  | { readonly type: 'open' | 'close' }
  | { readonly type: 'word'; readonly word: string; readonly value: number | undefined }
  | { readonly type: 'text'; readonly text: string };

const pattern =
  /\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\/gs;

/** Symbols that stand for characters. */
const symbols: Readonly<Record<string, string>> = { '~': ' ', _: '-', '\\': '\\', '{': '{', '}': '}' };

/** @param rtf the bytes of the file as Latin-1 */
export function* rtfTokens(rtf: string): Generator<RtfToken> {
  pattern.lastIndex = 0;
  const scanner = new RegExp(pattern);
  for (let match = scanner.exec(rtf); match !== null; match = scanner.exec(rtf)) {
    const [, word, digits, hex, symbol, brace, text] = match;
    if (word === 'bin') scanner.lastIndex += Math.max(0, Number(digits ?? 0));
    else if (word !== undefined) yield { type: 'word', word, value: digits === undefined ? undefined : Number(digits) };
    else if (hex !== undefined) yield { type: 'text', text: String.fromCharCode(Number.parseInt(hex, 16)) };
    else if (brace !== undefined) yield { type: brace === '{' ? 'open' : 'close' };
    else if (text !== undefined) yield { type: 'text', text };
    else if (symbol === '\n' || symbol === '\r') yield { type: 'word', word: 'par', value: undefined };
    else if (symbol === '*') yield { type: 'word', word: '*', value: undefined };
    else if (symbol !== undefined && symbols[symbol] !== undefined) yield { type: 'text', text: symbols[symbol] };
  }
}
