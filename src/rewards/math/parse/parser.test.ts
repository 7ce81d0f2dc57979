/** @file What LaTeX reads as. The right column is the tree's text; choices follow the reference's parser. */
import { expect, test } from 'vitest';
import { exprText } from '../expr.ts';
import { normalizeLatex } from './normalize-latex.ts';
import { parsePlain } from './parse-plain.ts';
import { parseLatex } from './parser.ts';

test.each([
  ['1,234,567.50', '2469135/2d'],
  ['1, 234', '{1, 234}'],
  ['2\\frac{4}{7}', '18/7'],
  ['-3\\frac12', '-7/2'],
  ['7 5/11', '12/11'],
  ['1/2x', '(1 * (2 * x)^(-1))'],
  ['2^3^2', '2^(3)^(2)'],
  ['-x^2', '(-1 * x^(2))'],
  ['x^{2/3}y', '(x^(2/3) * y)'],
  ['\\sqrt[3]{x}', 'x^(1/3)'],
  ['50\\%', '50%'],
  ['25^{\\circ}', '25'],
  ['12 \\text{ cm}^2', '12'],
  ['5 hours', '5'],
  ['204_5', '204'],
  ['f(x)', 'f()(x)'],
  ['x(y+1)', '(x * (y + 1))'],
  ['\\sin 2x \\cos x', '(sin((2 * x)) * cos(x))'],
  ['\\sin^{-1} x', 'asin(x)'],
  ['\\log_{2}(8)', 'log(8, 2)'],
  ['e^{2x}', 'e^((2 * x))'],
  ['|x-2|', 'abs((x + -2))'],
  ['n!', 'factorial(n)'],
  ['(1,2]', 'interval(1, 2]'],
  ['(5,2)', '(5, 2)'],
  ['[2,2]', '{2}'],
  ['(-\\infty, 2) \\cup [3, \\infty)', 'union(interval((-1 * oo), 2), interval[3, oo))'],
  ['\\{1, 2\\}', '{1, 2}'],
  ['1 \\pm 2', '{(1 + 2), (1 + -2)}'],
  ['x = 1, 2', 'x = {1, 2}'],
  ['x=1,y=2', '{x = 1, y = 2}'],
  ['x \\in [1,2]', 'x = interval[1, 2]'],
  ['1 < x \\le 3', '1 < x and x <= 3'],
  ['a=b=3', 'a = b and b = 3'],
  ['\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}', 'matrix[1, 2; 3, 4]'],
  ['\\text{(C)}', 'c'],
  ['Bob', '(b * o * b)'],
  ['x_{12}', 'x_{12}'],
  ['3:4', '3/4'],
  ['\\frac{1}{0}', 'zoo'],
  ['6 \\text{ and } 8', '{6, 8}'],
])('%s reads as %s', (latex, text) => {
  expect(exprText(parseLatex(normalizeLatex(latex)))).toBe(text);
});

test.each(['', '5)', 'x^-1', '\\frac{1}{2}\\%', 'a \\mid b', '(1,2)+3', 'x +', '\\unknown{3}', '3 @ 4', '1]'])(
  '%j is not an expression',
  (latex) => {
    expect(() => parseLatex(latex)).toThrow();
  },
);

test.each([
  ['3 + 4/5', '(3 + (4 * 5^(-1)))'],
  ['2^3^2', '2^(3^(2))'],
  ['-2**2', '(-1 * 2^(2))'],
  ['.5*(1-3)', '(1/2d * (1 + (-1 * 3)))'],
])('plain %s reads as %s', (text, tree) => {
  expect(exprText(parsePlain(text))).toBe(tree);
});

test.each(['3 4', '007 + 1', '2(3)', '1 +', '(1', '1.2.3'])('plain %j is not arithmetic', (text) => {
  expect(() => parsePlain(text)).toThrow();
});
