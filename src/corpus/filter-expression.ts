/**
 * @file Metadata filter expressions: `language == "en" and tokens > 8000 and licence in ["CC0-1.0", "MIT"]`. Lexer, parser,
 * evaluation; nothing of JavaScript is ever run.
 *
 *   or      = and { "or" and }
 *   and     = not { "and" not }
 *   not     = "not" not | "(" or ")" | compare
 *   compare = field ( "==" | "!=" | "<" | "<=" | ">" | ">=" ) value | field [ "not" ] "in" "[" values "]"
 *           | field "contains" value | field
 */
import { UsageError, unknownValue } from '../errors.ts';

/** What a field may hold and a filter compare with. */
export type FilterValue = string | number | boolean;
/** The value of a field; undefined where the document has none, which no comparison accepts but `!=` and `not in`. */
export type FilterFields = (name: string) => FilterValue | undefined;

/** A parsed filter: whether a document with these fields is kept. */
export type FilterExpression = (fields: FilterFields) => boolean;

interface Token {
  readonly type: 'name' | 'value' | 'sign' | 'end';
  readonly text: string;
  readonly value: FilterValue;
  /** Column, from 1. */
  readonly at: number;
}

const lexeme =
  /\s*(?:("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(-?\d+(?:\.\d+)?)(?![\w.])|([\p{L}_][\p{L}\p{N}_.]*)|(==|!=|<=|>=|[<>()[\],]))/uy;
const signs = ['==', '!=', '<', '<=', '>', '>='] as const;
/** Deeper nesting is no filter that anyone writes. */
const deepest = 100;

function lex(source: string): Token[] {
  const tokens: Token[] = [];
  lexeme.lastIndex = 0;
  let at = 0;
  while (source.slice(at).trim() !== '') {
    const match = lexeme.exec(source);
    if (match === null) {
      const rest = source.slice(at).trimStart();
      throw syntaxError(source, source.length - rest.length + 1, `got "${rest.slice(0, 12)}"`);
    }
    const [whole, quoted, number, name, sign] = match;
    const start = at + whole.length - whole.trimStart().length + 1;
    at = lexeme.lastIndex;
    if (quoted !== undefined) {
      const value = quoted.slice(1, -1).replace(/\\(.)/gs, '$1');
      tokens.push({ type: 'value', text: quoted, value, at: start });
    } else if (number !== undefined) tokens.push({ type: 'value', text: number, value: Number(number), at: start });
    else if (name === 'true' || name === 'false')
      tokens.push({ type: 'value', text: name, value: name === 'true', at: start });
    else if (name !== undefined) tokens.push({ type: 'name', text: name, value: name, at: start });
    else tokens.push({ type: 'sign', text: sign ?? '', value: '', at: start });
  }
  return [...tokens, { type: 'end', text: 'the end', value: '', at: source.length + 1 }];
}

function syntaxError(source: string, column: number, found: string): UsageError {
  const message = `filter, column ${column}: ${found}, in: ${source}`;
  const hint = 'Write for example: language == "en" and tokens > 8000 and licence in ["CC0-1.0", "MIT"]';
  return new UsageError('filter-syntax', message, hint);
}

/** The types of the fields that are known, or the words that a field may be; columns of the user's files have any. */
export type FilterTypes = Readonly<Record<string, 'text' | 'number' | readonly string[]>>;

/** Words that earlier versions knew, and what became of them. */
const formerWords: Readonly<Record<string, string>> = {
  dialogue: 'What was a dialogue is now a conversation or a play.',
};

const numeric = /^\s*[-+]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?\s*$/;
/** Beside a number a column's `"1999"` is a number: CSV has no others. */
const likened = (found: FilterValue | undefined, value: FilterValue): FilterValue | undefined =>
  typeof value === 'number' && typeof found === 'string' && numeric.test(found) ? Number(found) : found;

function compare(sign: string, stated: FilterValue | undefined, value: FilterValue): boolean {
  const found = likened(stated, value);
  if (sign === '!=') return found !== value;
  if (found === undefined || typeof found !== typeof value) return false;
  if (sign === '==') return found === value;
  if (sign === '<') return found < value;
  if (sign === '<=') return found <= value;
  return sign === '>' ? found > value : found >= value;
}

class Parser {
  private readonly source: string;
  private readonly types: FilterTypes;
  private readonly tokens: readonly Token[];
  private at = 0;
  private depth = 0;

  constructor(source: string, types: FilterTypes) {
    this.source = source;
    this.types = types;
    this.tokens = lex(source);
  }

  parse(): FilterExpression {
    const expression = this.or();
    if (this.peek().type !== 'end') throw this.unexpected('and, or, or the end');
    return expression;
  }

  private peek(): Token {
    const token = this.tokens[this.at] ?? this.tokens.at(-1);
    if (token === undefined) throw new Error('the lexer ends every list with an end token');
    return token;
  }

  private unexpected(expected: string): UsageError {
    const { text, at } = this.peek();
    return syntaxError(this.source, at, `got ${text}, expected ${expected}`);
  }

  private takes(text: string): boolean {
    const { type, text: found } = this.peek();
    if (type === 'value' || found !== text) return false;
    this.at++;
    return true;
  }

  private value(): FilterValue {
    const token = this.peek();
    if (token.type !== 'value') throw this.unexpected('a "text", a number, true or false');
    this.at++;
    return token.value;
  }

  private or(): FilterExpression {
    if (++this.depth > deepest) throw syntaxError(this.source, this.peek().at, `nested deeper than ${deepest}`);
    const terms = [this.and()];
    while (this.takes('or')) terms.push(this.and());
    this.depth--;
    return (fields) => terms.some((term) => term(fields));
  }

  private and(): FilterExpression {
    const terms = [this.not()];
    while (this.takes('and')) terms.push(this.not());
    return (fields) => terms.every((term) => term(fields));
  }

  private not(): FilterExpression {
    let negated = false;
    while (this.takes('not')) negated = !negated;
    const term = this.takes('(') ? this.group() : this.comparison();
    return negated ? (fields) => !term(fields) : term;
  }

  private group(): FilterExpression {
    const inner = this.or();
    if (!this.takes(')')) throw this.unexpected(')');
    return inner;
  }

  private comparison(): FilterExpression {
    const field = this.field();
    const sign = signs.find((candidate) => this.takes(candidate));
    if (sign !== undefined) {
      const value = this.valueFor(field, sign);
      return (fields) => compare(sign, fields(field), value);
    }
    if (this.takes('contains')) {
      const value = String(this.valueFor(field, 'contains'));
      return (fields) => String(fields(field) ?? '').includes(value);
    }
    const negated = this.takes('not');
    if (this.takes('in')) {
      const values = this.list(field);
      return (fields) => {
        const found = fields(field);
        return values.some((value) => likened(found, value) === value) !== negated;
      };
    }
    if (negated) throw this.unexpected('in');
    const type = this.typeOf(field);
    if (type !== undefined) throw this.mistyped(field, `a ${type}, which is neither true nor false`);
    return (fields) => fields(field) === true;
  }

  private field(): string {
    const { type, text } = this.peek();
    if (type !== 'name' || ['and', 'or', 'not', 'in', 'contains'].includes(text)) throw this.unexpected('a field');
    if (!Object.hasOwn(this.types, text) && !text.startsWith('metadata.')) {
      const error = unknownValue('filter field', text, Object.keys(this.types));
      throw new UsageError(error.code, error.message, `A column of your own files is called metadata.${text}.`);
    }
    this.at++;
    return text;
  }

  /** A value that the field can be compared with. */
  private valueFor(field: string, sign: string): FilterValue {
    const { at } = this.peek();
    const value = this.value();
    const type = this.typeOf(field);
    const got = typeof value === 'string' ? 'text' : typeof value;
    if (sign === 'contains' && type === 'number') throw this.mistyped(field, 'a number, which contains nothing', at);
    if (sign === 'contains' && got !== 'text')
      throw this.mistyped(field, `searched for a ${got}, expected a "text"`, at);
    if (type !== undefined && type !== got) throw this.mistyped(field, `a ${type}, compared with a ${got}`, at);
    const words = Object.hasOwn(this.types, field) ? this.types[field] : undefined;
    if (sign !== 'contains' && Array.isArray(words) && !words.includes(value)) {
      const former = formerWords[String(value)];
      const message = `filter, column ${at}: ${field} is never "${value}", expected ${words.join(' | ')}, in: ${this.source}`;
      throw new UsageError('filter-value', message, former);
    }
    return value;
  }

  private typeOf(field: string): 'text' | 'number' | undefined {
    const type = Object.hasOwn(this.types, field) ? this.types[field] : undefined;
    return typeof type === 'object' ? 'text' : type;
  }

  private mistyped(field: string, why: string, at = this.peek().at): UsageError {
    const hint =
      this.typeOf(field) === 'number' ? `Write for example: ${field} > 100` : `Write for example: ${field} == "text"`;
    return new UsageError('filter-type', `filter, column ${at}: ${field} is ${why}, in: ${this.source}`, hint);
  }

  private list(field: string): FilterValue[] {
    if (!this.takes('[')) throw this.unexpected('[');
    const values: FilterValue[] = [];
    if (this.takes(']')) return values;
    do values.push(this.valueFor(field, 'in'));
    while (this.takes(','));
    if (!this.takes(']')) throw this.unexpected(', or ]');
    return values;
  }
}

/**
 * @param types The known fields; any `metadata.NAME` goes besides.
 * @throws UsageError with the column of what cannot be read, or of a value that its field cannot be compared with.
 *
 * @example parseFilter('tokens > 8000 and not licence == "unknown"', { tokens: 'number', licence: 'text' })
 */
export function parseFilter(source: string, types: FilterTypes): FilterExpression {
  return new Parser(source, types).parse();
}
