/** @file The words of a query: `task:T9 reward<0.5 -state:answered (step:10..20 or is:truncated) "the whole sentence"`. */
import { UsageError } from '../../../errors.ts';

const operators = ['!=', '>=', '<=', ':', '=', '>', '<'] as const;
/** How a field and its value are compared; `:` is `=`. */
export type Operator = (typeof operators)[number];

/** One word, with its place in the query. */
export type Token =
  | { readonly type: '(' | ')' | 'or' | 'not'; readonly at: number }
  | {
      readonly type: 'condition';
      readonly field: string;
      readonly operator: Operator;
      readonly value: string;
      readonly at: number;
    }
  | { readonly type: 'text'; readonly value: string; readonly at: number };

const condition = /([A-Za-z][\w-]*)(!=|>=|<=|:|=|>|<)("[^"]*"|[^\s()]*)/y;
const quoted = /"([^"]*)"/y;
const word = /[^\s()"]+/y;

const bare = (value: string): string => value.replace(/^"(.*)"$/s, '$1');

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function tokenAt(text: string, at: number): { readonly token: Token; readonly end: number } {
  const char = text[at] ?? '';
  if (char === '(' || char === ')') return { token: { type: char, at }, end: at + 1 };
  if (char === '-' && /[^\s]/.test(text[at + 1] ?? ' ')) return { token: { type: 'not', at }, end: at + 1 };
  const found = match(condition, text, at);
  if (found !== null) {
    const [all, field = '', operator = ':', value = ''] = found;
    const token = { type: 'condition', field, operator: operator as Operator, value: bare(value), at } as const;
    return { token, end: at + all.length };
  }
  const phrase = match(quoted, text, at);
  if (phrase !== null) return { token: { type: 'text', value: phrase[1] ?? '', at }, end: at + phrase[0].length };
  const plain = match(word, text, at)?.[0];
  if (plain === undefined)
    throw new UsageError('query-invalid', `query, character ${at + 1}: a quotation mark is not closed.`);
  const lower = plain.toLowerCase();
  if (lower === 'or' || lower === 'not') return { token: { type: lower, at }, end: at + plain.length };
  if (lower === 'and') return { token: { type: 'text', value: '', at }, end: at + plain.length };
  return { token: { type: 'text', value: plain, at }, end: at + plain.length };
}

/** @throws UsageError that names the character */
export function lex(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    if (/\s/.test(text[at] ?? '')) {
      at++;
      continue;
    }
    const { token, end } = tokenAt(text, at);
    // `and` says what standing side by side says already.
    if (token.type !== 'text' || token.value !== '') tokens.push(token);
    at = end;
  }
  return tokens;
}
