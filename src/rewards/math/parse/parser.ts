/**
 * @file Tokens to tree, by recursive descent.
 *
 *   elements  := element ((',' | ';') element)*            element := set | expr '±' expr | '±' expr | relation
 *   relation  := expr (('=' | '<' | ...) expr)*            set     := atom (('∪' | '∩' | '\setminus') atom)*
 *   expr      := term (('+' | '-') term)*                  term    := unary (('*' | '/' | ':' | '\mod') unary)*
 *   unary     := ('+' | '-')* postfix+                     postfix := power ('!' | '^T' | degree)*
 *   power     := factor ('^' (atom | '{' expr '}'))*
 *
 * Choices that decide answers follow latex2sympy2_extended: juxtaposition binds tighter than division (1/2x = 1/(2x)); an integer
 * before a positive rational is a mixed number (2\frac{1}{2} = 5/2, and 2(3) = 5); powers associate to the left;
 * \sin 2x/3 takes the whole product; f(x) calls f when x is one atom and multiplies otherwise; (a, b) is an open interval
 * unless b <= a; names compare in lower case.
 */
import {
  call,
  constant,
  type Expr,
  isSetLike,
  type NumberSetName,
  numberExpr,
  product,
  type RelationOp,
  relation,
  relations,
  sum,
} from '../expr.ts';
import {
  add,
  compare,
  divide,
  fromDecimal,
  integer,
  isZero,
  MathBudgetError,
  multiply,
  negate,
  one,
  power,
  type Rational,
  sign,
} from '../rational.ts';
import { type Token, tokenize } from './lexer.ts';
import { MathSyntaxError } from './syntax-error.ts';

const deepest = 120;
/** Alternatives that may be tried: nested ones multiply. */
const mostAttempts = 400;
const minusOne = numberExpr(integer(-1));
const half = numberExpr({ n: 1n, d: 2n });

const functions = new Set(
  `sin cos tan csc sec cot arcsin arccos arctan arccsc arcsec arccot sinh cosh tanh arsinh arcosh artanh arcsinh arccosh
  arctanh log ln exp floor ceil det gcd lcm max min`.split(/\s+/),
);
const assigners = new Set(['=', 'in', 'notin']);
/** Commands that end a factor. */
const closers = new Set(['mod', 'choose', 'rfloor', 'rceil', 'to', 'rightarrow']);
const manyArguments = new Set(['gcd', 'lcm', 'max', 'min']);
const symbolCommands = new Set(
  `angle triangle ell hbar imath jmath Re Im wp aleph prime varnothing partial nabla perp parallel square diamond star bigcirc
  cdots dots infty`.split(/\s+/),
);
const numberSets: Readonly<Record<string, NumberSetName>> = {
  N: 'Naturals',
  Z: 'Integers',
  Q: 'Rationals',
  R: 'Reals',
  C: 'Complexes',
};

/** What marks a text as one about complex numbers: its symbols are then not the real ones of the same name. */
const complexMarks =
  /\\mathbb\{C\}|\\i\b|\bi\b|\\text\{i\}|\\mathrm\{i\}|\\imath\b|\\det|\\operatorname\{(?:tr|rank|Re|Im)\}|\\text\{(?:rank|Re|Im)\}|\\(?:arg|Re|Im)\{/;

/**
 * `reference` reads as the peer does, its accidents included. `strict` reads as a person does: `i` is the imaginary unit, a
 * degree is pi/180, `2(3)` is 6, two numbers side by side are nothing, only f, g, h and their capitals are called by
 * parentheses, and a number has no subscript (a base is read elsewhere).
 */
export type Reading = 'reference' | 'strict';

const degreeFactor: Expr = {
  kind: 'multiply',
  args: [constant('pi'), numberExpr({ n: 1n, d: 180n })],
};
const callable = new Set(['f', 'g', 'h', 'F', 'G', 'H']);

class Parser {
  private at = 0;
  private depth = 0;
  private attempts = 0;
  private readonly tokens: readonly Token[];
  private readonly real: boolean;
  private readonly strict: boolean;

  constructor(tokens: readonly Token[], real: boolean, strict = false) {
    this.tokens = tokens;
    this.real = real;
    this.strict = strict;
  }

  private get token(): Token {
    return this.tokens[this.at] ?? { kind: 'eof', text: '', argument: '' };
  }

  private is(text: string): boolean {
    const { kind, text: spelling } = this.token;
    return kind === 'operator' && spelling === text;
  }

  private take(text: string): boolean {
    if (!this.is(text)) return false;
    this.at++;
    return true;
  }

  private expect(text: string): void {
    if (!this.take(text)) this.fail(`expected "${text}"`);
  }

  private fail(what: string): never {
    const { kind, text } = this.token;
    throw new MathSyntaxError(`${what} at ${kind === 'eof' ? 'the end' : `"${text}"`}`);
  }

  /** The parse of an alternative, or undefined with the position restored. */
  private attempt<T>(parse: () => T): T | undefined {
    const { at, depth } = this;
    if (++this.attempts > mostAttempts) throw new MathBudgetError(`more than ${mostAttempts} attempts to read it`);
    try {
      return parse();
    } catch (error) {
      if (!(error instanceof MathSyntaxError)) throw error;
      this.at = at;
      this.depth = depth;
      return undefined;
    }
  }

  private nested<T>(parse: () => T): T {
    if (++this.depth > deepest) this.fail('nesting too deep');
    const result = parse();
    this.depth--;
    return result;
  }

  document(): Expr {
    const assigned = this.assignment();
    if (assigned !== undefined) return assigned;
    const groups = this.elementGroups(true);
    if (this.token.kind !== 'eof') this.fail('expected an operator');
    return gathered(groups);
  }

  /** `x = 1, 2`, `x \in A`, `(x, y) = (1, 2)`: a name that takes everything to the right as its value. */
  private assignment(): Expr | undefined {
    if (!this.tokens.some(({ kind, text }) => kind === 'operator' && assigners.has(text))) return undefined;
    return this.attempt(() => {
      const left = this.names();
      const op = [...assigners].find((name) => this.take(name));
      if (op === undefined) this.fail('expected "="');
      const right = gathered(this.elementGroups(false));
      if (this.token.kind !== 'eof') this.fail('expected the end');
      return op === 'notin' ? call('not', relation('=', left, right)) : relation('=', left, right);
    });
  }

  private names(): Expr {
    const open = this.take('(');
    const items = [this.nameAtom()];
    while (open && this.take(',')) items.push(this.nameAtom());
    if (open) this.expect(')');
    const [first] = items;
    return items.length === 1 && first !== undefined ? first : { kind: 'tuple', items };
  }

  private nameAtom(): Expr {
    const { kind } = this.token;
    if (kind !== 'letter' && kind !== 'greek' && kind !== 'accent' && kind !== 'command') this.fail('expected a name');
    const atom = this.atom();
    if (atom.kind !== 'symbol' && atom.kind !== 'constant') this.fail('expected a name');
    return atom;
  }

  private elementGroups(withRelations: boolean): Expr[][] {
    const groups = [this.elementList(withRelations)];
    while (this.take(';')) groups.push(this.elementList(withRelations));
    return groups;
  }

  private elementList(withRelations: boolean): Expr[] {
    const items = this.element(withRelations);
    while (this.take(',')) items.push(...this.element(withRelations));
    return items;
  }

  /** One element; `a ± b` is two. */
  private element(withRelations: boolean): Expr[] {
    if (this.take('±')) {
      const value = this.expression();
      return [negated(value), value];
    }
    const start = this.at;
    const set = this.startsSet() ? this.attempt(() => this.setExpression()) : undefined;
    if (set !== undefined && this.endsElement()) return [set];
    this.at = start;
    const left = this.expression();
    if (this.take('±')) {
      const right = this.expression();
      return [sum(left, right), sum(left, negated(right))];
    }
    return [withRelations ? this.relationTail(left) : left];
  }

  private endsElement(): boolean {
    const { kind, text } = this.token;
    return kind === 'eof' || (kind === 'operator' && [',', ';', ')', ']', '}', '\\}'].includes(text));
  }

  private startsSet(): boolean {
    if (this.is('(') || this.is('[') || this.is('{') || this.is('\\{')) return true;
    const { kind, text } = this.token;
    return (kind === 'accent' && text === 'mathbb') || (kind === 'command' && text === 'emptyset');
  }

  private relationTail(left: Expr): Expr {
    const links: Expr[] = [];
    let previous = left;
    for (;;) {
      const op = this.relationOp();
      if (op === undefined) break;
      const right = this.expression();
      if (op === '≈') {
        // The reference takes the approximation of a name and the exact side of anything else.
        if (links.length === 0) previous = previous.kind === 'symbol' ? right : previous;
        continue;
      }
      links.push(relation(op, previous, right));
      previous = right;
    }
    const [only] = links;
    if (only === undefined) return previous;
    return links.length === 1 ? only : { kind: 'chain', links };
  }

  private relationOp(): RelationOp | '≈' | undefined {
    const { kind, text } = this.token;
    if (kind !== 'operator') return undefined;
    const op = text === '≈' ? '≈' : relations.find((name) => name === text);
    if (op !== undefined) this.at++;
    return op;
  }

  private setExpression(): Expr {
    return this.nested(() => {
      let left = this.setAtom();
      for (;;) {
        const op = (['union', 'intersection', 'minus'] as const).find((name) => this.is(name));
        if (op === undefined) return left;
        this.at++;
        left = { kind: 'setOperation', op, sets: [asSet(left), asSet(this.setAtom())] };
      }
    });
  }

  private setAtom(): Expr {
    const { kind, text, argument } = this.token;
    if (kind === 'accent' && text === 'mathbb') {
      const name = numberSets[argument.trim()];
      if (name === undefined) this.fail('unknown set');
      this.at++;
      return { kind: 'numberSet', name };
    }
    if (kind === 'command' && text === 'emptyset') {
      this.at++;
      return { kind: 'numberSet', name: 'Empty' };
    }
    if (this.take('\\{')) {
      if (this.take('\\}')) return { kind: 'numberSet', name: 'Empty' };
      const items = this.elementGroups(true).flat();
      this.expect('\\}');
      return { kind: 'set', items };
    }
    if (this.take('{')) {
      if (this.take('}')) return { kind: 'numberSet', name: 'Empty' };
      const items = this.elementGroups(true).flat();
      this.expect('}');
      return { kind: 'set', items };
    }
    const lowOpen = this.is('(');
    if (!this.take('(')) this.expect('[');
    const groups = this.elementGroups(true);
    const highOpen = this.is(')');
    if (!this.take(')')) this.expect(']');
    return bracketed(groups, lowOpen, highOpen);
  }

  expression(): Expr {
    return this.nested(() => {
      let left = this.term();
      for (;;) {
        if (this.take('+')) left = sum(left, this.term());
        else if (this.take('-')) left = sum(left, negated(this.term()));
        else return left;
      }
    });
  }

  private term(bare = false): Expr {
    let left = this.unary(bare);
    for (;;) {
      if (this.take('*')) left = product(left, this.unary(bare));
      else if (this.take('/') || (!this.strict && this.take(':'))) left = quotient(left, this.unary(bare));
      else if (this.token.kind === 'command' && this.token.text === 'mod') {
        this.at++;
        left = call('mod', left, this.unary(bare));
      } else return left;
    }
  }

  private unary(bare: boolean): Expr {
    if (this.take('+')) return this.nested(() => this.unary(bare));
    if (this.take('-')) return this.nested(() => negated(this.unary(bare)));
    if (this.strict) return this.strictFactors(bare);
    const factors = [this.postfix()];
    while (this.startsFactor(bare)) factors.push(this.postfix());
    return factors.reduceRight((right, left) => juxtaposed(left, right));
  }

  /** Factors side by side; only an integer and a `\\frac` of numbers behind it are a mixed number. */
  private strictFactors(bare: boolean): Expr {
    let whole = this.token.kind === 'number';
    let start = this.at;
    let value = this.postfix();
    while (this.startsFactor(bare)) {
      const { kind, text } = this.token;
      const digits = this.at === start + 1 && this.tokens[start]?.kind === 'number';
      if (digits && (kind === 'number' || kind === 'percent')) this.fail('two numbers side by side');
      start = this.at;
      const factor = this.postfix();
      const mixed = whole && kind === 'command' && text === 'frac' && factor.kind === 'number';
      value = mixed ? juxtaposed(value, factor) : product(value, factor);
      whole = false;
    }
    return value;
  }

  /** Whether a further factor of an implicit product begins here; a bare argument of \sin ends before the next function. */
  private startsFactor(bare: boolean): boolean {
    const { kind, text } = this.token;
    switch (kind) {
      case 'number':
      case 'percent':
      case 'letter':
      case 'differential':
      case 'greek':
      case 'accent':
      case 'begin':
        return true;
      case 'command':
        if (closers.has(text)) return false;
        return !bare || (!functions.has(text) && text !== 'operatorname');
      case 'operator':
        return text === '(' || text === '{' || text === '[' || (text === '|' && this.opensBar());
      default:
        return false;
    }
  }

  private bars = 0;

  /** A bar inside an absolute value closes it; outside, it opens one. */
  private opensBar(): boolean {
    return this.bars === 0;
  }

  private postfix(): Expr {
    let value = this.powers();
    for (;;) {
      if (this.is('!')) {
        this.at++;
        value = call('factorial', value);
      } else if (this.take('transpose')) value = call('transpose', value);
      else if (this.take('degree')) {
        if (this.strict) value = product(value, degreeFactor);
      } else return value;
    }
  }

  private powers(): Expr {
    let base = this.factor();
    while (this.take('^')) {
      const exponent = this.take('{') ? this.closed('}') : this.exponentAtom();
      base = { kind: 'power', base, exponent };
      if (this.is('_') && base.base.kind === 'symbol') {
        const name = base.base.name + this.subscript();
        base = { kind: 'power', base: { ...base.base, name }, exponent };
      }
    }
    return base;
  }

  private exponentAtom(): Expr {
    const { kind } = this.token;
    if (kind === 'operator' || kind === 'eof' || kind === 'begin' || kind === 'end') this.fail('expected an exponent');
    return this.atom();
  }

  private closed(end: string): Expr {
    const value = this.expression();
    this.expect(end);
    return value;
  }

  private factor(): Expr {
    const { kind, text } = this.token;
    if (kind === 'begin') return this.nested(() => this.matrix());
    if (kind === 'operator') {
      if (this.take('(')) return this.inParentheses(')');
      if (this.take('{')) return this.inParentheses('}');
      if (this.take('[')) return this.inParentheses(']');
      if (text === '|') {
        this.at++;
        return this.nested(() => this.absolute());
      }
      this.fail('expected a value');
    }
    if (kind === 'command') {
      const special = this.command(text);
      if (special !== undefined) return special;
    }
    return this.atom();
  }

  private inParentheses(end: string): Expr {
    const { bars } = this;
    this.bars = 0;
    const value = this.closed(end);
    this.bars = bars;
    return value;
  }

  private absolute(): Expr {
    const { bars } = this;
    if (this.is('|')) {
      this.at++;
      const inner = this.absolute();
      this.expect('|');
      return call('abs', inner);
    }
    this.bars = bars + 1;
    const value = this.expression();
    this.bars = bars;
    this.expect('|');
    return call('abs', value);
  }

  private matrix(): Expr {
    const name = this.token.text;
    if (!/^(?:[pbvVB]?matrix|array)\*?$/.test(name)) this.fail('unknown environment');
    this.at++;
    const rows: Expr[][] = [[]];
    while (!(this.token.kind === 'end' && this.token.text === name)) {
      rows.at(-1)?.push(this.expression());
      if (this.take('&')) continue;
      if (this.take('\\\\')) {
        if (this.token.kind !== 'end') rows.push([]);
      } else if (this.token.kind !== 'end') this.fail('expected "&"');
    }
    this.at++;
    const width = rows[0]?.length ?? 0;
    if (width === 0 || rows.some((row) => row.length !== width)) throw new MathSyntaxError('rows of unequal length');
    const value: Expr = { kind: 'matrix', rows };
    return name === 'vmatrix' ? call('det', value) : value;
  }

  /** Commands with arguments of their own; undefined for those that are atoms. */
  private command(name: string): Expr | undefined {
    if (name === 'frac') {
      this.at++;
      const top = this.braced();
      return quotient(top, this.braced());
    }
    if (name === 'binom' || name === 'dbinom' || name === 'tbinom') {
      this.at++;
      const top = this.braced();
      return call('binomial', top, this.braced());
    }
    if (name === 'sqrt') {
      this.at++;
      const root = this.take('[') ? this.closed(']') : undefined;
      const radicand = this.braced();
      return { kind: 'power', base: radicand, exponent: root === undefined ? half : quotient(numberExpr(one), root) };
    }
    if (name === 'lfloor' || name === 'lceil') {
      this.at++;
      const value = this.expression();
      if (this.token.kind !== 'command' || this.token.text !== `r${name.slice(1)}`)
        this.fail('expected the closing bracket');
      this.at++;
      return call(name.slice(1), value);
    }
    if (name === 'lim') return this.nested(() => this.limit());
    if (name === 'sum' || name === 'prod') return this.nested(() => this.series(name));
    if (name === 'int') return this.nested(() => this.integral());
    if (functions.has(name) || name === 'operatorname') return this.nested(() => this.functionCall(name));
    return undefined;
  }

  private braced(): Expr {
    this.expect('{');
    return this.inParentheses('}');
  }

  private script(): Expr {
    return this.take('{') ? this.closed('}') : this.exponentAtom();
  }

  private functionCall(command: string): Expr {
    this.at++;
    let name = command;
    if (command === 'operatorname') {
      this.expect('{');
      name = '';
      while (this.token.kind === 'letter' || this.token.kind === 'differential')
        name += this.tokens[this.at++]?.text ?? '';
      this.expect('}');
    }
    const base = this.take('_') ? this.script() : undefined;
    const exponent = this.take('^') ? this.script() : undefined;
    const args = this.is('(') || this.is('{') ? this.groupedArguments(name) : [this.term(true)];
    return applied(name, args, base, exponent);
  }

  private groupedArguments(name: string): Expr[] {
    const close = this.is('(') ? ')' : '}';
    this.at++;
    const { bars } = this;
    this.bars = 0;
    const args = [this.expression()];
    while (manyArguments.has(name) && this.take(',')) args.push(this.expression());
    this.expect(close);
    this.bars = bars;
    return args;
  }

  private series(name: string): Expr {
    this.at++;
    this.expect('_');
    this.expect('{');
    const variable = this.atom();
    this.expect('=');
    const from = this.closed('}');
    this.expect('^');
    const to = this.script();
    return call(name, this.term(), variable, from, to);
  }

  private limit(): Expr {
    this.at++;
    this.expect('_');
    this.expect('{');
    const variable = this.atom();
    const { kind, text } = this.token;
    if (kind !== 'command' || (text !== 'to' && text !== 'rightarrow')) this.fail('expected "\\to"');
    this.at++;
    const target = this.expression();
    this.expect('}');
    return call('lim', this.term(), variable, target);
  }

  private integral(): Expr {
    this.at++;
    const bounds = this.take('_') ? [this.script()] : [];
    if (this.take('^')) bounds.push(this.script());
    const start = this.at;
    while (this.token.kind !== 'differential' && this.token.kind !== 'eof') this.at++;
    if (this.token.kind !== 'differential') this.fail('expected a differential');
    const end = this.at;
    const variable: Expr = { kind: 'symbol', name: this.token.text.toLowerCase(), real: this.real };
    this.at = start;
    const integrand = start === end ? numberExpr(one) : this.integrand(end);
    this.at = end + 1;
    return call('int', integrand, variable, ...bounds);
  }

  /** The expression of the tokens before `end`: the differential must not be read as a factor. */
  private integrand(end: number): Expr {
    const tokens: Token[] = [...this.tokens.slice(this.at, end), { kind: 'eof', text: '', argument: '' }];
    const inner = new Parser(tokens, this.real, this.strict);
    inner.depth = this.depth;
    const value = inner.expression();
    if (inner.token.kind !== 'eof') inner.fail('expected the differential');
    return value;
  }

  private atom(): Expr {
    const { kind, text, argument } = this.token;
    this.at++;
    switch (kind) {
      case 'number': {
        // A subscript of a number is its base; the reference ignores it.
        if (this.is('_')) {
          if (this.strict) this.fail('a number with a subscript');
          this.subscript();
        }
        return numberOf(text);
      }
      case 'percent':
        return { kind: 'percent', value: numberOf(text) };
      case 'differential':
        return this.strict ? product(this.named('d'), this.named(text)) : this.symbol(`d${text}`);
      case 'letter':
        if (text === 'e') return this.exponential();
        if (text === 'I' && !this.strict) return constant('I');
        if (text === 'i' && this.strict && !this.is('_')) return constant('I');
        return this.named(text);
      case 'greek':
        return this.named(text);
      case 'accent':
        return this.named(accentName(text, argument));
      case 'command':
        if (text === 'infty') return constant('oo');
        if (text === 'exponentialE') return this.exponential();
        if (symbolCommands.has(text)) return this.named(text);
        break;
      default:
        break;
    }
    this.at--;
    return this.fail('expected a value');
  }

  private exponential(): Expr {
    const e = constant('e');
    if (!this.take('^')) return e;
    return { kind: 'power', base: e, exponent: this.script() };
  }

  private symbol(name: string): Expr {
    return { kind: 'symbol', name: name.toLowerCase(), real: this.real };
  }

  private subscript(): string {
    if (!this.take('_')) return '';
    const start = this.at;
    if (this.take('{')) {
      let depth = 1;
      while (depth > 0) {
        if (this.token.kind === 'eof') this.fail('an open subscript');
        if (this.is('{')) depth++;
        if (this.is('}')) depth--;
        this.at++;
      }
    } else this.at++;
    const text = this.tokens
      .slice(start, this.at)
      .map((token) => (token.kind === 'accent' ? token.argument.replace(/\s/g, '') : token.text))
      .join('')
      .replace(/^\{(.*)\}$/, '$1');
    return text.length > 1 ? `_{${text}}` : `_${text}`;
  }

  /** A name with its subscript; a call when one atom or a list stands in parentheses behind it. */
  private named(text: string): Expr {
    const plain = this.is('_') ? text + this.subscript() : text;
    const start = this.at;
    const exponent = this.is('^') ? this.attempt(() => (this.take('^') ? this.script() : this.fail(''))) : undefined;
    const called = this.is('(') && (!this.strict || callable.has(text));
    const args = called ? this.attempt(() => this.callArguments()) : undefined;
    if (args !== undefined) {
      const value = call(`${plain}()`, ...args);
      return exponent === undefined ? value : { kind: 'power', base: value, exponent };
    }
    this.at = start;
    if (plain === 'pi' || plain === 'Pi') return constant('pi');
    if (plain.toLowerCase() === 'gamma' && !this.strict) return constant('EulerGamma');
    return this.symbol(plain);
  }

  private callArguments(): Expr[] {
    this.expect('(');
    const start = this.at;
    const { kind } = this.token;
    const single = kind === 'operator' ? undefined : this.attempt(() => this.atomAlone());
    if (single !== undefined) return [single];
    this.at = start;
    const args = [this.expression()];
    if (!this.is(',')) this.fail('one argument that is no atom multiplies');
    while (this.take(',')) args.push(this.expression());
    this.expect(')');
    return args;
  }

  private atomAlone(): Expr {
    const value = this.atom();
    this.expect(')');
    return value;
  }
}

function accentName(accent: string, argument: string): string {
  const text = argument.replace(/\s/g, '');
  if (accent.startsWith('text') || accent === 'mbox') return text.replace(/[()]/g, '');
  if (accent === 'bar' || accent === 'overline') return `bar{${text}}`;
  if (accent === 'vec' || accent === 'overrightarrow') return `vec{${text}}`;
  if (accent === 'tilde' || accent === 'widetilde') return `tilde{${text}}`;
  return accent.startsWith('math') ? `math{${text}}` : `${accent}{${text}}`;
}

function numberOf(text: string): Expr {
  const [mantissa = '', exponent] = text.split('E');
  const value = fromDecimal(mantissa);
  if (exponent === undefined) return numberExpr(value, mantissa.includes('.'));
  return numberExpr(multiply(value, power(integer(10), BigInt(exponent))), true);
}

const integerOf = (expr: Expr): Rational | undefined =>
  expr.kind === 'number' && !expr.decimal && expr.value.d === 1n ? expr.value : undefined;

function negated(expr: Expr): Expr {
  return expr.kind === 'number' ? numberExpr(negate(expr.value), expr.decimal) : product(minusOne, expr);
}

function quotient(top: Expr, bottom: Expr): Expr {
  const n = integerOf(top);
  const d = integerOf(bottom);
  if (n !== undefined && d !== undefined) return isZero(d) ? constant('zoo') : numberExpr(divide(n, d));
  return { kind: 'multiply', args: [top, { kind: 'power', base: bottom, exponent: minusOne }] };
}

/** Two factors side by side: a mixed number where the left is an integer and the right a positive rational. */
function juxtaposed(left: Expr, right: Expr): Expr {
  const whole = integerOf(left);
  if (whole !== undefined && right.kind === 'number' && !right.decimal && sign(right.value) > 0)
    return numberExpr(add(whole, right.value));
  return product(left, right);
}

function asSet(expr: Expr): Expr {
  return expr.kind === 'tuple' ? { kind: 'set', items: expr.items } : expr;
}

/** Elements at the top: one is itself, several are a set, several groups of several a set of tuples. */
function gathered(groups: readonly (readonly Expr[])[]): Expr {
  const [first = []] = groups;
  if (groups.length === 1) {
    const [only] = first;
    return first.length === 1 && only !== undefined ? only : { kind: 'set', items: first };
  }
  if (groups.every((group) => group.length === 1)) return { kind: 'set', items: groups.flat() };
  return { kind: 'set', items: groups.map((items) => ({ kind: 'tuple', items })) };
}

function bracketed(groups: readonly (readonly Expr[])[], lowOpen: boolean, highOpen: boolean): Expr {
  const items = groups.flat();
  const [low, high] = items;
  if (low === undefined) throw new MathSyntaxError('empty brackets');
  if (items.length === 1) return low;
  const plain = items.every((item) => !isSetLike(item) && item.kind !== 'relation' && item.kind !== 'chain');
  if (groups.length === 1 && items.length === 2 && high !== undefined && plain)
    return intervalOf(low, high, lowOpen, highOpen);
  if (lowOpen !== highOpen) throw new MathSyntaxError('unlike brackets');
  return { kind: 'tuple', items };
}

const isInfinite = (expr: Expr): boolean =>
  (expr.kind === 'constant' && expr.name === 'oo') ||
  (expr.kind === 'multiply' && expr.args.some((arg) => arg.kind === 'constant' && arg.name === 'oo'));

/** (a, b) with b <= a, and [a, b] with b < a, are pairs; [a, a] is a point. */
function intervalOf(low: Expr, high: Expr, lowOpen: boolean, highOpen: boolean): Expr {
  if (low.kind === 'number' && high.kind === 'number') {
    const order = compare(high.value, low.value);
    if (lowOpen === highOpen && (lowOpen ? order <= 0 : order < 0)) return { kind: 'tuple', items: [low, high] };
    if (order === 0 && !lowOpen && !highOpen) return { kind: 'set', items: [low] };
    if (order <= 0) return { kind: 'numberSet', name: 'Empty' };
  }
  return { kind: 'interval', low, high, lowOpen: lowOpen || isInfinite(low), highOpen: highOpen || isInfinite(high) };
}

const inverseNames: Readonly<Record<string, string>> = {
  arcsin: 'asin',
  arccos: 'acos',
  arctan: 'atan',
  arccsc: 'acsc',
  arcsec: 'asec',
  arccot: 'acot',
  arsinh: 'asinh',
  arcosh: 'acosh',
  artanh: 'atanh',
  arcsinh: 'asinh',
  arccosh: 'acosh',
  arctanh: 'atanh',
};
const invertible = new Set(['sin', 'cos', 'tan', 'csc', 'sec', 'cot', 'sinh', 'cosh', 'tanh']);

function applied(command: string, args: readonly Expr[], base: Expr | undefined, exponent: Expr | undefined): Expr {
  const [first = minusOne] = args;
  let name = inverseNames[command] ?? command;
  let raised = exponent;
  if (invertible.has(name) && exponent?.kind === 'number' && exponent.value.n === -1n && exponent.value.d === 1n) {
    name = `a${name}`;
    raised = undefined;
  }
  let value: Expr;
  if (name === 'exp') value = { kind: 'power', base: constant('e'), exponent: first };
  else if (name === 'ln' || name === 'log') {
    const logBase = base ?? (name === 'ln' ? constant('e') : numberExpr(integer(10)));
    value = call('log', first, logBase);
  } else value = call(name, ...args);
  return raised === undefined ? value : { kind: 'power', base: value, exponent: raised };
}

/** `1,234,567.8`: at the top level groups of three digits are one number, not a set. */
const grouped = /^\s*-?\d{1,3}(?:,\d{3})+(?:\.\d+)?\s*$/;

/** @throws MathSyntaxError when the text is not an expression, MathBudgetError when a number is too long. */
export function parseLatex(latex: string, reading: Reading = 'reference'): Expr {
  if (grouped.test(latex)) {
    const text = latex.replaceAll(',', '').trim();
    const decimal = text.includes('.');
    const value = fromDecimal(text.replace('-', ''));
    return numberExpr(text.startsWith('-') ? negate(value) : value, decimal);
  }
  if (reading === 'strict') return new Parser(tokenize(latex), true, true).document();
  return new Parser(tokenize(latex), !complexMarks.test(latex)).document();
}
