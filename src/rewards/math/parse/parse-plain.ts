/**
 * @file Plain arithmetic as text holds it, `3 + 4/5` or `2*(7-1)`, read by Python's rules (the reference evaluates it with
 * SymPy's `parse_expr`): no juxtaposition, `^` is a power and associates to the right, no leading zeros.
 */
import { type Expr, numberExpr, product, sum } from '../expr.ts';
import { fromDecimal, integer, negate } from '../rational.ts';
import { MathSyntaxError } from './syntax-error.ts';

const token = /\s*(?:(\d+\.\d*|\.\d+|0+|[1-9]\d*)(?![\d.])|(\*\*|[-+*/()^]))\s*/y;
const deepest = 60;
const minusOne = numberExpr(integer(-1));

interface Cursor {
  readonly tokens: readonly string[];
  at: number;
  depth: number;
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const match = token.exec(text);
    if (match === null) throw new MathSyntaxError('not arithmetic');
    tokens.push((match[1] ?? match[2] ?? '').replace('^', '**'));
  }
  return tokens;
}

function additive(cursor: Cursor): Expr {
  if (++cursor.depth > deepest) throw new MathSyntaxError('nesting too deep');
  let left = multiplicative(cursor);
  for (;;) {
    const op = cursor.tokens[cursor.at];
    if (op !== '+' && op !== '-') break;
    cursor.at++;
    const right = multiplicative(cursor);
    left = sum(left, op === '+' ? right : product(minusOne, right));
  }
  cursor.depth--;
  return left;
}

function multiplicative(cursor: Cursor): Expr {
  let left = signed(cursor);
  for (;;) {
    const op = cursor.tokens[cursor.at];
    if (op !== '*' && op !== '/') return left;
    cursor.at++;
    const right = signed(cursor);
    left = product(left, op === '*' ? right : { kind: 'power', base: right, exponent: minusOne });
  }
}

function signed(cursor: Cursor): Expr {
  const op = cursor.tokens[cursor.at];
  if (op !== '-' && op !== '+') return powers(cursor);
  cursor.at++;
  if (++cursor.depth > deepest) throw new MathSyntaxError('nesting too deep');
  const value = signed(cursor);
  cursor.depth--;
  if (op === '+') return value;
  return value.kind === 'number' ? numberExpr(negate(value.value), value.decimal) : product(minusOne, value);
}

function powers(cursor: Cursor): Expr {
  const base = primary(cursor);
  if (cursor.tokens[cursor.at] !== '**') return base;
  cursor.at++;
  return { kind: 'power', base, exponent: signed(cursor) };
}

function primary(cursor: Cursor): Expr {
  const text = cursor.tokens[cursor.at++];
  if (text === '(') {
    const value = additive(cursor);
    if (cursor.tokens[cursor.at++] !== ')') throw new MathSyntaxError('expected ")"');
    return value;
  }
  if (text === undefined || !/^[\d.]/.test(text)) throw new MathSyntaxError('expected a number');
  return numberExpr(fromDecimal(text), text.includes('.'));
}

/** @throws MathSyntaxError when the text is not arithmetic. */
export function parsePlain(text: string): Expr {
  const cursor: Cursor = { tokens: tokensOf(text), at: 0, depth: 0 };
  const value = additive(cursor);
  if (cursor.at < cursor.tokens.length) throw new MathSyntaxError('expected an operator');
  return value;
}
