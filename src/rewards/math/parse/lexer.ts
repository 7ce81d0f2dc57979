/**
 * @file Normalised LaTeX to tokens. White space and spacing commands vanish; a letter is a token of its own, as in print.
 */
import { MathSyntaxError } from './syntax-error.ts';

/** `eof` ends every list of tokens. `differential` is the d of an integral with its variable. */
export type TokenKind =
  | 'number'
  | 'percent'
  | 'letter'
  | 'differential'
  | 'command'
  | 'greek'
  | 'accent'
  | 'operator'
  | 'begin'
  | 'end'
  | 'eof';

export interface Token {
  readonly kind: TokenKind;
  /** The spelling; a command without its backslash, a percentage without its sign, an environment's name. */
  readonly text: string;
  /** accent: what stands in the braces. */
  readonly argument: string;
}

const spacing = new Set([',', ':', ';', '!', ' ', 'quad', 'qquad', 'thinspace', 'medspace', 'thickspace', '$']);
const moreSpacing = new Set([
  'negthinspace',
  'negmedspace',
  'negthickspace',
  'enspace',
  'space',
  'left',
  'right',
  'limits',
]);
const accents = new Set(
  `acute bar overline breve check widecheck dot ddot grave hat tilde widetilde vec overrightarrow bm boldsymbol text textbf
  textrm mbox mathbb mathcal mathfrak mathscr mathsf mathbf mathrm mathit`.split(/\s+/),
);

const greekLetters: Readonly<Record<string, string>> = {
  α: 'alpha',
  β: 'beta',
  γ: 'gamma',
  Γ: 'Gamma',
  δ: 'delta',
  Δ: 'Delta',
  ε: 'epsilon',
  ϵ: 'varepsilon',
  ζ: 'zeta',
  η: 'eta',
  θ: 'theta',
  Θ: 'Theta',
  ι: 'iota',
  κ: 'kappa',
  λ: 'lambda',
  Λ: 'Lambda',
  μ: 'mu',
  ν: 'nu',
  ξ: 'xi',
  Ξ: 'Xi',
  π: 'pi',
  Π: 'Pi',
  ρ: 'rho',
  σ: 'sigma',
  Σ: 'Sigma',
  τ: 'tau',
  υ: 'upsilon',
  φ: 'phi',
  ϕ: 'varphi',
  Φ: 'Phi',
  χ: 'chi',
  ψ: 'psi',
  Ψ: 'Psi',
  ω: 'omega',
  Ω: 'Omega',
};
const greekNames = new Set([
  ...Object.values(greekLetters),
  'vartheta',
  'varpi',
  'varrho',
  'varsigma',
  'omicron',
  'Upsilon',
]);

const symbolsFor: Readonly<Record<string, string>> = {
  '≤': '\\le',
  '≥': '\\ge',
  '≠': '\\ne',
  '×': '\\times',
  '·': '\\cdot',
  '÷': '\\div',
  '±': '\\pm',
  '∓': '\\mp',
  '∞': '\\infty',
  '∈': '\\in',
  '∪': '\\cup',
  '∩': '\\cap',
  '√': '\\sqrt',
  '−': '-',
  '≈': '\\approx',
};

const number = /\d+(?:\.\d+)?|\.\d+/y;
const scientific = /E[-+]?\d+/y;
const percentSign = /\s*\\?%/y;
const command = /\\([a-zA-Z]+|[^a-zA-Z])/y;
const environment = /\s*\{\s*([a-zA-Z]+\*?)\s*\}/y;
const columns = /\s*\{[clr|\s]*\}/y;
const degree = /\^\s*(?:\\(?:circle|circ|degree)|\{\s*\\(?:circ|degree|circle)\s*\}|°|\{\s*°\s*\})/y;
const transpose = /\^\s*(?:T|\{\s*(?:T|\\top)\s*\})/y;
const differential = /d\s*(?:\\[a-zA-Z]+|[a-zA-Z])/y;

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Bare names that the reference reads as functions of matrices wherever they stand: "north" holds "orth" and is no product. */
const reserved =
  /ar(?:c?sinh|c?cosh|c?tanh)|gcd|lcm|floor|ceil|eye|zeros|ones|cols|rows|diag|norm|rank|tr|rref|[hv]stack|orth|nullspace|eig|svd|SVD/y;

/** Longest input that is read: an answer, not an essay. */
export const longestExpression = 2000;

/** @throws MathSyntaxError for a character that has no meaning in mathematics. */
export function tokenize(source: string): Token[] {
  if (source.length > longestExpression) throw new MathSyntaxError(`more than ${longestExpression} characters`);
  let text = source;
  for (const char in symbolsFor) if (text.includes(char)) text = text.replaceAll(char, ` ${symbolsFor[char]} `);
  const tokens: Token[] = [];
  const push = (kind: TokenKind, spelling: string, argument = ''): void => {
    tokens.push({ kind, text: spelling, argument });
  };
  let at = 0;
  while (at < text.length) {
    const char = text.charAt(at);
    if (/[\s~]/.test(char)) {
      at++;
    } else if ((char >= '0' && char <= '9') || char === '.') {
      const match = matchAt(number, text, at);
      if (match === null) throw new MathSyntaxError(`a stray "${char}"`);
      at += match[0].length;
      const exponent = matchAt(scientific, text, at);
      const percent = matchAt(percentSign, text, at);
      if (exponent !== null) {
        push('number', match[0] + exponent[0]);
        at += exponent[0].length;
      } else if (percent !== null) {
        push('percent', match[0]);
        at += percent[0].length;
      } else push('number', match[0]);
    } else if (char === '\\') {
      at = commandAt(text, at, push);
    } else if (char === '^') {
      const mark = matchAt(degree, text, at) ?? matchAt(transpose, text, at);
      if (mark === null) push('operator', '^');
      else push('operator', /T|top/.test(mark[0]) ? 'transpose' : 'degree');
      at += mark === null ? 1 : mark[0].length;
    } else if (char === 'd' && matchAt(reserved, text, at) === null && matchAt(differential, text, at) !== null) {
      const match = matchAt(differential, text, at);
      push('differential', (match?.[0] ?? '').slice(1).trim().replace(/^\\/, ''));
      at += match?.[0].length ?? 1;
    } else if (/[a-zA-Z]/.test(char)) {
      if (matchAt(reserved, text, at) !== null) throw new MathSyntaxError('the name of a matrix function');
      push('letter', char);
      at++;
    } else if (greekLetters[char] !== undefined) {
      push('greek', greekLetters[char] ?? '');
      at++;
    } else if ('!=<>'.includes(char) && text.charAt(at + 1) === '=') {
      push('operator', char === '=' ? '=' : `${char}=`);
      at += 2;
    } else if ('+-*/()[]{}|_,;:=<>!&'.includes(char)) {
      push('operator', char);
      at++;
    } else throw new MathSyntaxError(`a stray "${char}"`);
  }
  push('eof', '');
  return tokens;
}

type Push = (kind: TokenKind, spelling: string, argument?: string) => void;

const operators: Readonly<Record<string, string>> = {
  '{': '\\{',
  '}': '\\}',
  lbrace: '\\{',
  rbrace: '\\}',
  lbrack: '[',
  rbrack: ']',
  lvert: '|',
  rvert: '|',
  vert: '|',
  '\\': '\\\\',
  times: '*',
  cdot: '*',
  div: '/',
  le: '<=',
  leq: '<=',
  leqslant: '<=',
  leqq: '<=',
  ge: '>=',
  geq: '>=',
  geqslant: '>=',
  geqq: '>=',
  lt: '<',
  gt: '>',
  ne: '!=',
  neq: '!=',
  colon: ':',
  '(': '(',
  ')': ')',
  lgroup: '(',
  rgroup: ')',
  pm: '±',
  mp: '±',
  cup: 'union',
  cap: 'intersection',
  setminus: 'minus',
  in: 'in',
  notin: 'notin',
  approx: '≈',
};

const others = new Set(
  `frac binom dbinom tbinom sqrt begin end sum prod int lim log ln exp sin cos tan csc sec cot arcsin arccos arctan arccsc arcsec
  arccot sinh cosh tanh arsinh arcosh artanh arcsinh arccosh arctanh gcd lcm max min det floor ceil lfloor rfloor lceil rceil
  mod infty emptyset varnothing angle triangle operatorname exponentialE ell partial prime choose to rightarrow`.split(
    /\s+/,
  ),
);

/** `\quadx` is `\quad` and x: of a name that is unknown as a whole the longest known beginning counts. */
function knownPrefix(name: string): string {
  const known = (part: string): boolean =>
    others.has(part) ||
    operators[part] !== undefined ||
    spacing.has(part) ||
    moreSpacing.has(part) ||
    accents.has(part) ||
    greekNames.has(part);
  for (let length = name.length; length > 1; length--) if (known(name.slice(0, length))) return name.slice(0, length);
  return name;
}

/** Reads the command at `at`; returns where it ends. */
function commandAt(text: string, at: number, push: Push): number {
  const match = matchAt(command, text, at);
  if (match === null) throw new MathSyntaxError('a backslash at the end');
  const name = knownPrefix(match[1] ?? '');
  let end = at + 1 + name.length;
  if (spacing.has(name) || moreSpacing.has(name)) return end;
  if (name === 'begin' || name === 'end') {
    const env = matchAt(environment, text, end);
    if (env === null) throw new MathSyntaxError(`\\${name} without a name`);
    end += env[0].length;
    push(name, env[1] ?? '');
    const layout = name === 'begin' && env[1] === 'array' ? matchAt(columns, text, end) : null;
    return end + (layout?.[0].length ?? 0);
  }
  if (operators[name] !== undefined) {
    push('operator', operators[name] ?? '');
    return end;
  }
  if (accents.has(name)) {
    while (/\s/.test(text.charAt(end))) end++;
    const close = text.indexOf('}', end);
    if (text.charAt(end) !== '{' || close < 0) throw new MathSyntaxError(`\\${name} without braces`);
    push('accent', name, text.slice(end + 1, close));
    return close + 1;
  }
  push(greekNames.has(name) ? 'greek' : 'command', name);
  return end;
}
