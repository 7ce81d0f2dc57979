/**
 * @file The value of a Python expression of constants: what `eval` makes of an answer, without running anything. The reference's
 * DocMath normaliser calls `eval` on the model's text; its verdicts depend on numbers, booleans and containers only, so this
 * evaluator knows literals, operators, comparisons, displays, and the calls that a numeric answer might hold. Everything else is a
 * failure, as a NameError is in the original. Integers are exact and bounded in size.
 */

/** Texts and other objects are told apart by type alone: no verdict depends on more. */
export type PythonValue =
  | { readonly type: 'int'; readonly value: bigint }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'complex'; readonly real: number; readonly imaginary: number }
  | { readonly type: 'text' }
  | { readonly type: 'list'; readonly items: readonly PythonValue[] }
  /** A tuple or a set. */
  | { readonly type: 'items'; readonly items: readonly PythonValue[] }
  | { readonly type: 'other' };

/** Python would raise, or the expression is outside of what is evaluated here. */
export class PythonFailure extends Error {}

const mostBits = 100_000n;
const fail = (why: string): never => {
  throw new PythonFailure(why);
};
const int = (value: bigint): PythonValue => ({ type: 'int', value });
const float = (value: number): PythonValue => ({ type: 'float', value });
const bool = (value: boolean): PythonValue => ({ type: 'bool', value });

const digits = '\\d(?:_?\\d)*';
const radix = '0[xX](?:_?[\\da-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+';
const decimal = `(?:${digits}\\.?(?:${digits})?|\\.${digits})(?:[eE][-+]?${digits})?[jJ]?`;
const quoted = `'(?:[^'\\\\\\n]|\\\\.)*'|"(?:[^"\\\\\\n]|\\\\.)*"`;
const operators = '\\*\\*|//|<<|>>|<=|>=|==|!=|[-+*/%~&|^<>(),:[\\]{}.]';
const token = new RegExp(
  `[ \\t\\f]*(?:(?<number>${radix}|${decimal})|(?<text>${quoted})|(?<name>[\\p{L}_][\\p{L}\\p{N}_]*)|(?<operator>${operators}))`,
  'uy',
);

interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'operator' | 'end';
  readonly text: string;
}

function lex(source: string): Token[] {
  const text = source.replace(/^[ \t]+/, '').replace(/\s*(?:#[^\n]*)?\s*$/, '');
  const tokens: Token[] = [];
  let depth = 0;
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    if (depth > 0 && /\s/.test(text.charAt(at))) {
      token.lastIndex = at + 1;
      continue;
    }
    const groups = token.exec(text)?.groups;
    if (groups === undefined || token.lastIndex === at) return fail('no expression');
    const { number, text: literal, name, operator } = groups;
    if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (literal !== undefined) tokens.push({ kind: 'text', text: literal });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else if (operator !== undefined) {
      if ('([{'.includes(operator)) depth++;
      if (')]}'.includes(operator)) depth--;
      tokens.push({ kind: 'operator', text: operator });
    }
    if (tokens.length > 20_000) return fail('too long');
  }
  tokens.push({ kind: 'end', text: '' });
  return tokens;
}

function numberOf(text: string): PythonValue {
  const digits = text.replaceAll('_', '');
  if (/[jJ]$/.test(digits)) return { type: 'complex', real: 0, imaginary: Number(digits.slice(0, -1)) };
  if (/^0[xXoObB]/.test(digits)) return int(BigInt(digits.toLowerCase()));
  if (/[.eE]/.test(digits)) return float(Number(digits));
  if (/^0+[1-9]/.test(digits)) return fail('leading zeros');
  return digits.length > 4300 ? fail('more digits than Python reads') : int(BigInt(digits));
}

/** Python's float of an int. */
function toFloat(value: bigint): number {
  const result = Number(value);
  return Number.isFinite(result) ? result : fail('int too large to convert to float');
}

type Real = Extract<PythonValue, { type: 'int' | 'float' }>;

function real(value: PythonValue): Real {
  if (value.type === 'bool') return { type: 'int', value: value.value ? 1n : 0n };
  return value.type === 'int' || value.type === 'float' ? value : fail(`${value.type} is no real number`);
}

/**
 * Python's `float(value)` of a number or boolean.
 *
 * @throws PythonFailure on anything else, and on ints beyond a double
 */
export const floatOf = (value: PythonValue): number => {
  const number = real(value);
  return number.type === 'int' ? toFloat(number.value) : number.value;
};

const bits = (value: bigint): bigint => BigInt(value.toString(16).length) * 4n;

function floorDivide(a: bigint, b: bigint): bigint {
  if (b === 0n) return fail('division by zero');
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

/** Python's `int / int`: the nearest double of the exact quotient. */
function divideIntegers(a: bigint, b: bigint): number {
  if (b === 0n) return fail('division by zero');
  const [x, y] = [Number(a), Number(b)];
  if (BigInt(Number.isFinite(x) ? x : 0) === a && BigInt(Number.isFinite(y) ? y : 1) === b) return x / y;
  const shift = 64n + bits(b < 0n ? -b : b) - bits(a < 0n ? -a : a);
  const scaled = shift > 0n ? (a << shift) / b : a / (b << -shift);
  return toFloat(scaled) * 2 ** -Number(shift);
}

function power(a: Real, b: Real): PythonValue {
  if (a.type === 'int' && b.type === 'int') {
    if (b.value < 0n)
      return a.value === 0n ? fail('0 to a negative power') : float(toFloat(a.value) ** toFloat(b.value));
    return bits(a.value < 0n ? -a.value : a.value) * b.value > mostBits ? fail('too large') : int(a.value ** b.value);
  }
  const [x, y] = [floatOf(a), floatOf(b)];
  if (x === 0 && y < 0) return fail('0 to a negative power');
  if (x < 0 && !Number.isInteger(y)) {
    const [size, angle] = [(-x) ** y, Math.PI * y];
    return { type: 'complex', real: size * Math.cos(angle), imaginary: size * Math.sin(angle) };
  }
  const result = x ** y;
  return Number.isFinite(result) || !Number.isFinite(x) || !Number.isFinite(y) ? float(result) : fail('overflow');
}

function integerOperation(operator: string, a: bigint, b: bigint): PythonValue {
  switch (operator) {
    case '+':
      return int(a + b);
    case '-':
      return int(a - b);
    case '*':
      return bits(a) + bits(b) > mostBits ? fail('too large') : int(a * b);
    case '/':
      return float(divideIntegers(a, b));
    case '//':
      return int(floorDivide(a, b));
    case '%':
      return int(a - floorDivide(a, b) * b);
    case '&':
      return int(a & b);
    case '|':
      return int(a | b);
    case '^':
      return int(a ^ b);
    case '<<':
      return b < 0n || b > mostBits ? fail('shift') : int(a << b);
    case '>>':
      return b < 0n ? fail('shift') : int(a >> b);
    default:
      return fail(operator);
  }
}

function floatOperation(operator: string, x: number, y: number): PythonValue {
  switch (operator) {
    case '+':
      return float(x + y);
    case '-':
      return float(x - y);
    case '*':
      return float(x * y);
    case '/':
      return y === 0 ? fail('division by zero') : float(x / y);
    case '//':
      return y === 0 ? fail('division by zero') : float(Math.floor(x / y));
    case '%': {
      if (y === 0) return fail('division by zero');
      const rest = x % y;
      return float(rest !== 0 && rest < 0 !== y < 0 ? rest + y : rest);
    }
    default:
      return fail(`${operator} of floats`);
  }
}

/** Complex numbers matter for their real part alone, which sums and real factors keep apart. */
function complexOperation(operator: string, a: PythonValue, b: PythonValue): PythonValue {
  const [ar, ai] = a.type === 'complex' ? [a.real, a.imaginary] : [floatOf(a), 0];
  const [br, bi] = b.type === 'complex' ? [b.real, b.imaginary] : [floatOf(b), 0];
  const size = br * br + bi * bi;
  const complex = (re: number, im: number): PythonValue => ({ type: 'complex', real: re, imaginary: im });
  if (operator === '+') return complex(ar + br, ai + bi);
  if (operator === '-') return complex(ar - br, ai - bi);
  if (operator === '*') return complex(ar * br - ai * bi, ar * bi + ai * br);
  if (operator === '/' && size !== 0) return complex((ar * br + ai * bi) / size, (ai * br - ar * bi) / size);
  return fail(`${operator} of complex numbers`);
}

function binary(operator: string, a: PythonValue, b: PythonValue): PythonValue {
  if (a.type === 'complex' || b.type === 'complex') return complexOperation(operator, a, b);
  if (a.type === 'list' && b.type === 'list' && operator === '+')
    return { type: 'list', items: [...a.items, ...b.items] };
  if (a.type === 'text' && (b.type === 'text' ? operator === '+' : operator === '%')) return a;
  const [x, y] = [real(a), real(b)];
  if (operator === '**') return power(x, y);
  if (x.type === 'int' && y.type === 'int') return integerOperation(operator, x.value, y.value);
  return floatOperation(operator, floatOf(x), floatOf(y));
}

function truth(value: PythonValue): boolean {
  switch (value.type) {
    case 'int':
      return value.value !== 0n;
    case 'float':
      return value.value !== 0;
    case 'bool':
      return value.value;
    case 'list':
    case 'items':
      return value.items.length > 0;
    default:
      return true;
  }
}

/** Python compares int and float exactly; so does JavaScript compare bigint and number. */
function compare(operator: string, a: PythonValue, b: PythonValue): boolean {
  const scalar = (value: PythonValue) => value.type === 'int' || value.type === 'float' || value.type === 'bool';
  if (!scalar(a) || !scalar(b)) {
    if (operator === '==' || operator === '!=') return operator === '!=';
    return fail('these values have no order');
  }
  const [x, y] = [real(a).value, real(b).value];
  switch (operator) {
    case '<':
      return x < y;
    case '>':
      return x > y;
    case '<=':
      return x <= y;
    case '>=':
      return x >= y;
    case '==':
      return x <= y && x >= y;
    default:
      return !(x <= y && x >= y);
  }
}

function round(value: Real, digits: number): PythonValue {
  if (value.type === 'int') return digits >= 0 ? value : fail('rounding to tens');
  if (!Number.isFinite(value.value) || digits < 0 || digits > 100) return fail('round');
  const [below, above] = [Number(value.value.toFixed(digits)), value.value];
  return float(Number.isNaN(below) ? above : below);
}

/** Calls that a numeric answer may hold. */
const calls: Readonly<Record<string, (args: readonly PythonValue[]) => PythonValue>> = {
  abs: ([value]) => {
    if (value === undefined) return fail('abs()');
    const number = real(value);
    return number.type === 'int'
      ? int(number.value < 0n ? -number.value : number.value)
      : float(Math.abs(number.value));
  },
  float: ([value]) => float(value === undefined ? 0 : floatOf(value)),
  int: ([value]) => (value === undefined ? int(0n) : int(BigInt(Math.trunc(floatOf(value))))),
  round: ([value, digits]) => {
    if (value === undefined) return fail('round()');
    if (digits !== undefined) return round(real(value), floatOf(digits));
    const whole = floatOf(value);
    const near = Math.round(whole);
    return int(BigInt(Math.abs(whole % 1) === 0.5 && near % 2 !== 0 ? near - 1 : near));
  },
  max: (args) => extreme(args, '>'),
  min: (args) => extreme(args, '<'),
  sum: ([list]) =>
    list !== undefined && 'items' in list ? list.items.reduce((a, b) => binary('+', a, b), int(0n)) : fail('sum()'),
  len: ([list]) => (list !== undefined && 'items' in list ? int(BigInt(list.items.length)) : fail('len()')),
  pow: ([a, b]) => (a === undefined || b === undefined ? fail('pow()') : binary('**', a, b)),
  'math.pow': ([a, b]) => {
    if (a === undefined || b === undefined) return fail('math.pow()');
    const result = floatOf(a) ** floatOf(b);
    return Number.isFinite(result) ? float(result) : fail('overflow');
  },
  'math.sqrt': ([a]) => (a === undefined || floatOf(a) < 0 ? fail('math.sqrt()') : float(Math.sqrt(floatOf(a)))),
  'math.log': ([a]) => (a === undefined || floatOf(a) <= 0 ? fail('math.log()') : float(Math.log(floatOf(a)))),
  'math.exp': ([a]) => (a === undefined ? fail('math.exp()') : float(Math.exp(floatOf(a)))),
};
const constants: Readonly<Record<string, PythonValue>> = {
  True: bool(true),
  False: bool(false),
  None: { type: 'other' },
  'math.pi': float(Math.PI),
  'math.e': float(Math.E),
};
/** Names that Python knows and whose values are no numbers: `max` alone evaluates to a function. */
const otherNames = new Set([
  ...Object.keys(calls),
  'math',
  'np',
  're',
  'str',
  'list',
  'dict',
  'id',
  'all',
  'any',
  'type',
]);

function extreme(args: readonly PythonValue[], operator: string): PythonValue {
  const [first] = args;
  const items = args.length === 1 && first !== undefined && 'items' in first ? first.items : args;
  const [start, ...rest] = items;
  if (start === undefined) return fail('empty');
  return rest.reduce((best, value) => (compare(operator, value, best) ? value : best), start);
}

/** Binary operators by binding strength, loosest first; `**` and comparisons stand apart. */
const levels = [['|'], ['^'], ['&'], ['<<', '>>'], ['+', '-'], ['*', '/', '//', '%']] as const;
const comparisons = ['<', '>', '==', '>=', '<=', '!='];
const deepest = 90;

class Parser {
  private at = 0;
  private depth = 0;
  private readonly tokens: readonly Token[];

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  whole(): PythonValue {
    const value = this.list('');
    return this.peek().kind === 'end' ? value : fail('something follows the expression');
  }

  private peek(): Token {
    return this.tokens[this.at] ?? { kind: 'end', text: '' };
  }

  private take(...texts: readonly string[]): string | undefined {
    const { kind, text } = this.peek();
    if ((kind !== 'operator' && kind !== 'name') || !texts.includes(text)) return undefined;
    this.at++;
    return text;
  }

  /** One value, or a tuple where commas follow, up to `closing`. */
  private list(closing: string): PythonValue {
    const first = this.test();
    if (this.peek().text !== ',') return first;
    const items = [first];
    while (this.take(',') !== undefined) {
      if (this.peek().kind === 'end' || this.peek().text === closing) break;
      items.push(this.test());
    }
    return { type: 'items', items };
  }

  /** Conditional expression: both arms are evaluated, which only matters where one of them fails. */
  private test(): PythonValue {
    if (++this.depth > deepest) return fail('too deep');
    const value = this.or();
    if (this.take('if') !== undefined) {
      const condition = this.or();
      if (this.take('else') === undefined) return fail('if without else');
      const other = this.test();
      this.depth--;
      return truth(condition) ? value : other;
    }
    this.depth--;
    return value;
  }

  private or(): PythonValue {
    let value = this.and();
    while (this.take('or') !== undefined) {
      const right = this.and();
      if (!truth(value)) value = right;
    }
    return value;
  }

  private and(): PythonValue {
    let value = this.not();
    while (this.take('and') !== undefined) {
      const right = this.not();
      if (truth(value)) value = right;
    }
    return value;
  }

  private not(): PythonValue {
    return this.take('not') === undefined ? this.comparison() : bool(!truth(this.not()));
  }

  private comparison(): PythonValue {
    let left = this.level(0);
    let result: boolean | undefined;
    for (let operator = this.take(...comparisons); operator !== undefined; operator = this.take(...comparisons)) {
      const right = this.level(0);
      result = (result ?? true) && compare(operator, left, right);
      left = right;
    }
    return result === undefined ? left : bool(result);
  }

  private level(index: number): PythonValue {
    const operators = levels[index];
    if (operators === undefined) return this.unary();
    let left = this.level(index + 1);
    for (let operator = this.take(...operators); operator !== undefined; operator = this.take(...operators)) {
      left = binary(operator, left, this.level(index + 1));
    }
    return left;
  }

  private unary(): PythonValue {
    const operator = this.take('-', '+', '~');
    if (operator === undefined) return this.power();
    if (++this.depth > deepest) return fail('too deep');
    const value = this.unary();
    this.depth--;
    if (operator === '~') return binary('-', int(-1n), value);
    if (value.type === 'complex' || operator === '+') return binary('*', value, int(operator === '-' ? -1n : 1n));
    const number = real(value);
    return number.type === 'int' ? int(-number.value) : float(-number.value);
  }

  private power(): PythonValue {
    const base = this.atom();
    return this.take('**') === undefined ? base : binary('**', base, this.unary());
  }

  private atom(): PythonValue {
    const { kind, text } = this.peek();
    this.at++;
    if (kind === 'number') return numberOf(text);
    if (kind === 'text') {
      while (this.peek().kind === 'text') this.at++;
      return { type: 'text' };
    }
    if (kind === 'name') return this.name(text);
    if (kind !== 'operator') return fail('an expression ends too early');
    if (text === '(') return this.bracket(')');
    if (text === '[') {
      const inside = this.bracket(']');
      return { type: 'list', items: inside.type === 'items' ? inside.items : [inside] };
    }
    if (text !== '{') return fail(`"${text}" starts no value`);
    const inside = this.bracket('}');
    return { type: 'items', items: inside.type === 'items' ? inside.items : [inside] };
  }

  private bracket(closing: string): PythonValue {
    if (this.take(closing) !== undefined) return { type: 'items', items: [] };
    const value = this.list(closing);
    return this.take(closing) === undefined ? fail(`no "${closing}"`) : value;
  }

  private name(first: string): PythonValue {
    let name = first;
    while (this.take('.') !== undefined) {
      name += `.${this.peek().text}`;
      if (this.peek().kind !== 'name') return fail('no attribute');
      this.at++;
    }
    if (this.take('(') === undefined) {
      return constants[name] ?? (otherNames.has(name) ? { type: 'other' } : fail(`no name ${name}`));
    }
    const args = this.bracket(')');
    const call = calls[name] ?? fail(`no function ${name}`);
    // A call with one tuple and a call with several values look alike here; max and min read both the same way.
    return call(args.type === 'items' ? args.items : [args]);
  }
}

/**
 * The value of an expression.
 *
 * @throws PythonFailure where Python raises, or where the expression is not one of constants
 * @example evaluatePython('2 * (3 + 4)') // { type: 'int', value: 14n }
 */
export function evaluatePython(source: string): PythonValue {
  return new Parser(lex(source)).whole();
}
