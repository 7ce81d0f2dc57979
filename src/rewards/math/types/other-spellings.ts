/**
 * @file Ways of writing that the readers see as another one: `{x | x > 3}` without backslashes, `2 cis 90°`, `f: x -> x^2`,
 * `x is 1`.
 */
import { isEnclosed } from './split.ts';

/** The head of a set builder, and its condition: `x \in R | x > 3`. */
export const builder =
  /^([a-zA-Z](?:\s*(?:\\in\b|\bin\b)\s*(?:\\mathbb\s*\{?[A-Z]\}?|[RZNQC]\b))?)\s*(?:\\mid|\||:|\\vert)\s*(.+)$/s;

function withBuilder(text: string): string {
  if (!text.startsWith('{') || !isEnclosed(text, '{', '}')) return text;
  const inner = text.slice(1, -1).trim();
  return builder.test(inner) ? `\\{${inner}\\}` : text;
}

const angle =
  '(\\((?:[^()]|\\([^()]*\\))*\\)|\\{[^{}]*\\}|-?\\\\frac\\s*\\{[^{}]*\\}\\s*\\{[^{}]*\\}|-?(?:[\\d.]+|\\\\[a-zA-Z]+|[a-zA-Zπθ]))\\s*(°)?';
const cis = new RegExp(`(?:\\\\operatorname\\s*\\{\\s*cis\\s*\\}|\\\\?(?<![a-zA-Z])cis(?![a-zA-Z]))\\s*${angle}`, 'g');
const phasor = /(?<=[\d}])\s*\\angle\s*(-?[\d.]+)\s*(°)/g;

function exponential(_: string, argument: string, degree: string | undefined): string {
  const inner = argument.replace(/^[({](.*)[)}]$/s, '$1');
  const marked = /°\s*$/.test(inner);
  const plain = inner.replace(/°\s*$/, '');
  return degree !== undefined || marked ? `e^{i(${plain})\\pi/180}` : `e^{i(${plain})}`;
}

const arrow = /^([a-zA-Z])\s*:\s*([a-zA-Z])\s*(?:\\mapsto|\\to|->)\s*/;
const assigned = /(?<![a-zA-Z\\])([a-zA-Z])(?:\s+(?:is|equals)\s+|\s*(?:为|是|等于)\s*)(?=[-\d\\])/g;

/** The text, which `cleanAnswer` has been over, in the spelling that the readers know. */
export function usualSpelling(source: string): string {
  let text = withBuilder(source);
  if (/cis|\\angle/.test(text)) text = text.replace(cis, exponential).replace(phasor, exponential);
  if (text.includes(':')) text = text.replace(arrow, '$1($2)=');
  // "a is 5" may as well be an article and words: two or more are needed.
  if ((text.match(assigned)?.length ?? 0) > 1) text = text.replace(assigned, '$1 = ');
  return text;
}

/** The condition of a set builder without the membership that it repeats: `x > 3, x \in R`. */
export const bareCondition = (condition: string): string =>
  condition
    .replace(/\s*(?:[,;]|且|\band\b)\s*[a-zA-Z]\s*\\in\s*(?:\\mathbb\s*\{?R\}?|R)\s*$/, '')
    .replace(/^\((.*)\)$/, '$1');
