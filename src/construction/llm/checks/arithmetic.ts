/** @file Arithmetic over named figures, as a draft states it: + - * / with their usual order, and parentheses. Nothing else is executed. */

type Token = { readonly kind: 'number' | 'name' | 'mark'; readonly text: string };

const tokenPattern = /\s*(?:(\d+(?:\.\d+)?)|([a-z][a-z0-9_]*)|([-+*/()×÷]))/iy;

function tokensOf(formula: string): Token[] {
  const tokens: Token[] = [];
  tokenPattern.lastIndex = 0;
  for (let match = tokenPattern.exec(formula); match !== null; match = tokenPattern.exec(formula)) {
    const [, number, name, mark] = match;
    if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else tokens.push({ kind: 'mark', text: (mark ?? '').replace('×', '*').replace('÷', '/') });
    if (formula.slice(tokenPattern.lastIndex).trim() === '') return tokens;
  }
  throw new SyntaxError(`the formula is no arithmetic: ${formula.slice(0, 80)}`);
}

/** The numbers that stand in a formula, and the names. */
export function operandsOf(formula: string): {
  readonly numbers: readonly number[];
  readonly names: readonly string[];
} {
  const tokens = tokensOf(formula);
  return {
    numbers: tokens.filter(({ kind }) => kind === 'number').map(({ text }) => Number(text)),
    names: tokens.filter(({ kind }) => kind === 'name').map(({ text }) => text),
  };
}

/** @throws SyntaxError where the formula is no arithmetic or a name has no figure. */
export function calculate(formula: string, figures: ReadonlyMap<string, number>): number {
  const tokens = tokensOf(formula);
  let at = 0;
  const take = (...marks: string[]): string | undefined => {
    const token = tokens[at];
    if (token?.kind !== 'mark' || !marks.includes(token.text)) return undefined;
    at++;
    return token.text;
  };
  const factor = (): number => {
    if (take('-') !== undefined) return -factor();
    if (take('(') !== undefined) {
      const inner = sum();
      if (take(')') === undefined) throw new SyntaxError('a parenthesis is not closed');
      return inner;
    }
    const token = tokens[at++];
    if (token?.kind === 'number') return Number(token.text);
    const value = token?.kind === 'name' ? figures.get(token.text) : undefined;
    if (value === undefined) throw new SyntaxError(`${token?.text ?? 'the end'} is no figure of the list`);
    return value;
  };
  const product = (): number => {
    let value = factor();
    for (let mark = take('*', '/'); mark !== undefined; mark = take('*', '/'))
      value = mark === '*' ? value * factor() : value / factor();
    return value;
  };
  const sum = (): number => {
    let value = product();
    for (let mark = take('+', '-'); mark !== undefined; mark = take('+', '-'))
      value = mark === '+' ? value + product() : value - product();
    return value;
  };
  const value = sum();
  if (at < tokens.length) throw new SyntaxError(`the formula goes on after its end: ${tokens[at]?.text}`);
  return value;
}

/** Half away from zero, as people round; binary fractions such as 1.005 count as they are written. */
export function rounded(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  return (Math.sign(value) * Math.round(Math.abs(value) * scale * (1 + Number.EPSILON * 4))) / scale;
}
