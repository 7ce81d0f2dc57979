/**
 * @file What may stand on the left of a value that it names: `x`, `f^{-1}(x)`, `|z|`, `\det A`, `P(A)`, `\sin\theta`, words. The name
 * tells assignments apart; a relation between variables (`x^2+y^2=1`) has none.
 */
import { hasWords } from '../parse/strict-parse.ts';

/** A name: a letter with a subscript, a call of one, a bracketed list of names, or words. */
const variable =
  /^(?:\\?[a-zA-Z]+|[A-Z]{2,3}|\\(?:vec|bar|hat|overline|angle|triangle)\s*\{?[A-Za-z]+\}?)(?:_\{?[\w,+\- ]+\}?)?'*(?:\^\{?(?:-1|\\prime)\}?)?(?:\s*\(\s*[a-z0-9](?:\s*,\s*[a-z])*\s*\))?$/;
const tupleOfNames = /^\(\s*[a-z](?:_\{?\w+\}?)?(?:\s*,\s*[a-z](?:_\{?\w+\}?)?)+\s*\)$/;
const wordName = /^[A-Za-z\u4e00-\u9fff][A-Za-z\u4e00-\u9fff' _-]{1,60}(?:\([^()]*\))?$/;
const composed =
  /^(?:[a-zA-Z]\s*\(\s*[a-zA-Z]\s*\(\s*\w\s*\)\s*\)|\(\s*[a-zA-Z]\s*\\circ\s*[a-zA-Z]\s*\)\s*\(\s*\w\s*\))$/;

const functions =
  /^\\?(?:operatorname\s*\{\s*[a-zA-Z]+\s*\}|(?:det|dim|rank|tr|trace|deg|arg|card|gcd|lcm|max|min|Re|Im|Var|Cov|ord|ker|nullity|sin|cos|tan|cot|sec|csc|arcsin|arccos|arctan|log|ln|lg)(?![a-zA-Z])|(?:sin|cos|tan)(?=[A-Z]$))/;
const logBase = /^_\s*(?:\{[^{}]*\}|\w)/;
/** One argument, with or without brackets: `(A)`, `A`, `\theta`, `\angle ABC`, `(\alpha+\beta)`. */
const argument =
  /^\s*(?:\([^()]*\)|\{[^{}]*\}|[a-zA-Z]{1,3}|[αβγθφω]|\\[a-zA-Z]+(?:\s*\{?[A-Z]{1,3}\}?)?|(?:2|3)?\s*(?:[a-zA-Zαβγθφω]|\\[a-zA-Z]+))\s*$/;
const expectation =
  /^(?:\\mathbb\s*\{?[EPV]\}?|\\?(?:E|D|V|P|Pr|Var|Cov|n|N))\s*(?:\[[^[\]]+\]|\((?=.*[a-zA-Z])[^()]+\))$/;
const bars = /^(?:\\?\||\\[lr]?[vV]ert(?![a-z]))\s*(.+?)\s*(?:\\?\||\\[lr]?[vV]ert(?![a-z]))$/;
/** Names and sums of names, no figures: |x - 2| = 5 is an equation for x. */
const barred =
  /^(?!\\?[xy]$)(?:[-+\s{}_']|[a-zA-Z]|(?<=[A-Za-z]_?\{?)\d|\\(?:vec|overrightarrow|overline|mathbf|bar)(?![a-z]))+$/;
const area = /^(?:S|V|C)_\s*\{?\s*\\(?:triangle|angle|square|odot)\s*[A-Z]{0,4}\s*\}?$|^\[[A-Z]{3,6}\]$/;
const product = /^\\vec\s*\{?\s*[a-zA-Z]{1,2}\s*\}?\s*\\cdot\s*\\vec\s*\{?\s*[a-zA-Z]{1,2}\s*\}?$/;

function isFunctionValue(text: string): boolean {
  const head = functions.exec(text)?.[0];
  if (head !== undefined) {
    const rest = text.slice(head.length).replace(logBase, '');
    return argument.test(rest) && /[a-zA-Zαβγθφω]/.test(rest);
  }
  const inside = bars.exec(text)?.[1];
  if (inside !== undefined) return barred.test(inside);
  return expectation.test(text) || area.test(text) || product.test(text) || composed.test(text);
}

const nameless = [
  /^[A-Z](?:\s*\\(?:cap|cup|setminus|times)\s*[A-Z])+$/,
  /^\\frac\s*\{\s*[A-Z]{1,3}\s*\}\s*\{\s*[A-Z]{1,3}\s*\}$|^[A-Z]{1,4}(?:_\{?\w+\}?)?\s*[:/]\s*[A-Z]{1,4}(?:_\{?\w+\}?)?$/,
  /^\\(?:int|lim|sum|prod|frac\s*\{\s*d)/,
  /^P\s*\(.*\)$|^\\Pr/,
  /^m?\s*\\angle\s*[A-Z]{1,3}$|^\\overline\s*\{[A-Z]{2}\}$|^\|?[A-Z]{2,3}\|?$/,
];

/** Whether the left side is assigned to; the name is undefined where it is words. */
export function nameOf(side: string): { name: string | undefined } | undefined {
  const text = side.trim();
  const known = /^\\?(?:pi|infty|e|i|sqrt|frac)$|^\\?(?:log|ln|lg|sin|cos|tan|cot)(?![a-z])/.test(text);
  if (!known && (variable.test(text) || tupleOfNames.test(text)) && !hasWords(text))
    return { name: text.replace(/[\s{}\\]/g, '').replace(/'+$/, '') };
  if (tupleOfNames.test(text)) return { name: text.replace(/\s/g, '') };
  if (nameless.some((pattern) => pattern.test(text))) return { name: undefined };
  if (isFunctionValue(text)) return { name: text.replace(/\s|\\(?:left|right)/g, '') };
  return wordName.test(text) && hasWords(text) && !/\b(?:or|either|not)\b|或/.test(text)
    ? { name: undefined }
    : undefined;
}

const longestQuestion = 4000;
const squeezed = (text: string): string => text.replace(/[\s{}$]|\\(?:left|right|,)/g, '');

/** Whether the question asks for what stands on the left: "find x + y", and does not state it: "given x + y = 3". */
export function isAskedFor(side: string, question: string | undefined): boolean {
  const name = squeezed(side);
  if (question === undefined || name.length < 3 || !/[a-zA-Z]/.test(name)) return false;
  const text = squeezed(question.slice(-longestQuestion));
  const at = text.lastIndexOf(name);
  if (at < 0) return false;
  const before = text.slice(Math.max(0, at - 12), at);
  // A whole term of the question, behind a verb that asks: not the end of "2x + y".
  return (
    !/^[=<>^_\d]|^\s*[-+*/]/.test(text.slice(at + name.length)) &&
    /(?:find|of|is|compute|evaluate|determine|求|则|值|计算)$/i.test(before)
  );
}
