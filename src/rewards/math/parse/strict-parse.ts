/**
 * @file One expression, relation or matrix as a tree, read strictly: prose is refused rather than taken for a product of its
 * letters. The text is what `cleanAnswer` leaves.
 */
import { Recent } from '../../recent.ts';
import type { Expr } from '../expr.ts';
import { MathBudgetError } from '../rational.ts';
import { longestExpression } from './lexer.ts';
import { normalizeLatex } from './normalize-latex.ts';
import { parseLatex } from './parser.ts';
import { MathSyntaxError } from './syntax-error.ts';

const bareNames =
  /(?<![\\a-zA-Z])(arcsin|arccos|arctan|arcsec|arccsc|arccot|sinh|cosh|tanh|sin|cos|tan|sec|csc|cot|log|ln|exp|sqrt|gcd|lcm|max|min|pi|theta|alpha|beta|lambda|infinity|infty|int|sum)(?![a-zA-Z])/g;
const letters = /(?<![\\a-zA-Z])[a-zA-Z]{3,}/g;
const han = /[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]/;

/** Letters side by side are a product when they stand in order (`abc`) or hold no vowel; other runs are words. */
function isWord(run: string): boolean {
  const sorted = [...run.toLowerCase()].sort().join('') === run.toLowerCase();
  return run.length > 8 || (/[aeiouAEIOU]/.test(run) && !sorted);
}

/** Words of two letters, set apart by spaces. */
const shortWords = /(?:^|\s)(?:is|in|at|of|to|on|by|an|or|as|be|we|it|if|so|no|do|he|me|my|us)(?=\s|$)/i;

/** Whether a text is prose; Chinese, Japanese and Korean always are. LaTeX commands do not count. */
export function hasWords(text: string): boolean {
  if (han.test(text)) return true;
  if (shortWords.test(text)) return true;
  const runs = text.replace(/\\(?:begin|end)\s*\{[^{}]*\}|\\[a-zA-Z]+|_\{[^{}]*\}/g, ' ').match(letters);
  return runs?.some(isWord) ?? false;
}

const named = (name: string): string => (name === 'infinity' ? '\\infty ' : `\\${name} `);

function spelled(text: string): string {
  let out = text.replace(bareNames, (_, name: string) => named(name));
  out = out
    .replace(/\*\*/g, '^')
    .replace(/([a-zA-Z])\^(\{[^{}]*\}|\w)_(\{[^{}]*\}|\w)/g, '$1_$3^$2')
    .replace(/^\s*(\w+)\s*\\choose\s*(\w+)\s*$/, '\\binom{$1}{$2}')
    .replace(/\{\s*([^{}\\]+?)\s*\\choose\s*([^{}\\]+?)\s*\}/g, '\\binom{$1}{$2}')
    .replace(/(?<![\d.)}])(\d+) (\d+)\/(\d+)(?![\d.])/g, '$1\\frac{$2}{$3}')
    .replaceAll('°', '^{\\circ}')
    .replace(/(\d)\.\\overline\s*\{(\d+)\}/g, (_, whole: string, period: string) => repeating(whole, '', period))
    .replace(/(\d)\.(\d+)\\overline\s*\{(\d+)\}/g, (_, whole: string, head: string, period: string) =>
      repeating(whole, head, period),
    )
    .replace(/(?<![\d.])0\.\\dot\s*\{?(\d)\}?/g, (_, period: string) => repeating('0', '', period))
    .replace(
      /(\d)\s*[eE]\s*([-+]?\d+)(?![\d.])/g,
      (_, digit: string, power: string) => `${digit}\\times 10^{${Number(power)}}`,
    )
    .replace(/\\(?:mathbb|mathcal)\s*\{?([NZQRC])\}?/g, '\\mathbb{$1}')
    .replace(/(?<!\\mathbb\{)(\d)\.(?![\d])/g, '$1')
    .replace(/\^\s*\(([^()]*)\)/g, '^{$1}')
    .replace(/\\sqrt\s*\(([^()]*)\)/g, '\\sqrt{$1}')
    .replace(/\\sqrt\s*(\d+)/g, '\\sqrt{$1}')
    .replace(/\\(?:mid|vert|lvert|rvert)(?![a-z])/g, '|')
    .replace(/\\(?:leqslant|leqq)(?![a-z])/g, '\\le ')
    .replace(/\\(?:geqslant|geqq)(?![a-z])/g, '\\ge ')
    .replace(/(?<![\\a-zA-Z])(\d{1,3}(?:,\d{3})+)(?![\d,])/g, (run: string) => run.replaceAll(',', ''));
  // The index of a sum is no imaginary unit.
  if (/\\(?:sum|prod)\s*_\s*\{\s*i\s*=/.test(out)) out = out.replace(/(?<![\\a-zA-Z])i(?![a-zA-Z])/g, '\\iota ');
  return out;
}

function repeating(whole: string, head: string, period: string): string {
  const nines = '9'.repeat(period.length) + '0'.repeat(head.length);
  const top = BigInt(whole + head + period) - BigInt(whole + head);
  return `\\frac{${top}}{${nines}}`;
}

const known = new Recent<Expr | undefined>(4000);

/** The tree of the text, or undefined when it is no mathematics or beyond the budgets. */
export function strictParse(text: string): Expr | undefined {
  const source = text.trim();
  if (source === '' || source.length > longestExpression) return undefined;
  return known.get(source, () => (hasWords(source.replace(bareNames, ' ')) ? undefined : parsed(source)));
}

function parsed(source: string): Expr | undefined {
  try {
    return parseLatex(normalizeLatex(spelled(source), 'all', 'keep'), 'strict');
  } catch (error) {
    if (error instanceof MathSyntaxError || error instanceof MathBudgetError) return undefined;
    throw error;
  }
}
