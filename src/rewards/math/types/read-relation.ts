/** @file Equations, inequalities, assignments (`x = 5`, `Total = 177 crates`), membership and arithmetic that ends in its value. */
import type { Expr, RelationOp } from '../expr.ts';
import { constant, relation } from '../expr.ts';
import { hasWords, strictParse } from '../parse/strict-parse.ts';
import { hasVariables } from '../real-sets.ts';
import { sameExpr } from './compare/same-expr.ts';
import { isScalarTree } from './read-scalar.ts';
import { splitOutside } from './split.ts';
import type { Value } from './value.ts';

const operators =
  /\s*(\\(?:leqslant|leqq|leq|le|geqslant|geqq|geq|ge|neq|ne|lt|gt|approx|simeq|sim|equiv|in|notin)(?![a-zA-Z])|<=|>=|!=|==|=|<|>)\s*/y;
const meanings: Readonly<Record<string, RelationOp | 'approx' | 'in' | 'notin'>> = {
  '\\le': '<=',
  '\\leq': '<=',
  '\\leqq': '<=',
  '\\leqslant': '<=',
  '<=': '<=',
  '\\ge': '>=',
  '\\geq': '>=',
  '\\geqq': '>=',
  '\\geqslant': '>=',
  '>=': '>=',
  '\\ne': '!=',
  '\\neq': '!=',
  '!=': '!=',
  '\\lt': '<',
  '\\gt': '>',
  '<': '<',
  '>': '>',
  '=': '=',
  '==': '=',
  '\\approx': 'approx',
  '\\sim': 'approx',
  '\\simeq': 'approx',
  '\\in': 'in',
  '\\notin': 'notin',
};

/** A name: a letter with a subscript, a call of one, a bracketed list of names, or words. */
const variable =
  /^(?:\\?[a-zA-Z]+|[A-Z]{2,3}|\\(?:vec|bar|hat|overline|angle|triangle)\s*\{?[A-Za-z]+\}?)(?:_\{?[\w,+\- ]+\}?)?'*(?:\s*\(\s*[a-z0-9](?:\s*,\s*[a-z])*\s*\)|\^\{?(?:-1|\\prime)\}?)?$/;
const tupleOfNames = /^\(\s*[a-z](?:_\{?\w+\}?)?(?:\s*,\s*[a-z](?:_\{?\w+\}?)?)+\s*\)$/;
const wordName = /^[A-Za-z\u4e00-\u9fff][A-Za-z\u4e00-\u9fff' _-]{1,60}(?:\([^()]*\))?$/;

/** Whether the left side is assigned to; the name is undefined where it is words. */
function nameOf(side: string): { name: string | undefined } | undefined {
  const text = side.trim();
  const known = /^\\?(?:pi|infty|e|i|sqrt|frac)$/.test(text);
  if (!known && (variable.test(text) || tupleOfNames.test(text)) && !hasWords(text))
    return { name: text.replace(/[\s{}\\]/g, '').replace(/'+$/, '') };
  if (tupleOfNames.test(text)) return { name: text.replace(/\s/g, '') };
  if (/^[A-Z](?:\s*\\(?:cap|cup|setminus|times)\s*[A-Z])+$/.test(text)) return { name: undefined };
  if (
    /^\\frac\s*\{\s*[A-Z]{1,3}\s*\}\s*\{\s*[A-Z]{1,3}\s*\}$|^[A-Z]{1,4}(?:_\{?\w+\}?)?\s*[:/]\s*[A-Z]{1,4}(?:_\{?\w+\}?)?$/.test(
      text,
    )
  )
    return { name: undefined };
  if (/^\\(?:int|lim|sum|prod|frac\s*\{\s*d)/.test(text)) return { name: undefined };
  if (/^P\s*\(.*\)$|^\\Pr/.test(text)) return { name: undefined };
  if (/^m?\s*\\angle\s*[A-Z]{1,3}$|^\\overline\s*\{[A-Z]{2}\}$|^\|?[A-Z]{2,3}\|?$/.test(text))
    return { name: undefined };
  return wordName.test(text) && hasWords(text) && !/\b(?:or|either|not)\b|或/.test(text)
    ? { name: undefined }
    : undefined;
}

type Read = (text: string) => readonly Value[];

/** Readings of a text with relation signs; `read` reads a side as a value. */
export function readRelations(text: string, read: Read): Value[] {
  if (!/[=<>]|\\(?:le|ge|ne|lt|gt|approx|sim|in|notin|equiv)/.test(text)) return [];
  const parts = splitOutside(text, operators);
  if (parts.length < 2 || parts.length > 12) return [];
  const sides = parts.map((part) => part.text);
  const ops = parts.slice(0, -1).map((part) => meanings[part.separator]);
  if (ops.includes(undefined)) return [];
  const [first = ''] = sides;
  const last = sides.at(-1) ?? '';
  if (ops.includes('in') || ops.includes('notin')) return ops.length === 1 ? membership(ops[0], first, last, read) : [];
  if (ops.every((op) => op === '=' || op === 'approx'))
    return equations(sides, ops.includes('approx'), ops.lastIndexOf('='), read);
  if (ops.includes('approx')) return [];
  return inequalities(sides, ops as RelationOp[]);
}

function membership(op: string | undefined, left: string, right: string, read: Read): Value[] {
  if (nameOf(left) === undefined) return [];
  const values = read(right);
  if (op === 'in') return values.filter(({ type }) => type === 'region' || type === 'collection').slice();
  const [only] = values;
  const excluded = only?.type === 'region' ? only.expr : strictParse(right);
  if (excluded === undefined) return [];
  return [
    {
      type: 'region',
      expr: { kind: 'setOperation', op: 'minus', sets: [{ kind: 'numberSet', name: 'Reals' }, excluded] },
    },
  ];
}

function equations(sides: readonly string[], approximate: boolean, lastEqual: number, read: Read): Value[] {
  // The exact side goes before the rounded one, unless a name stands on it alone.
  let kept = [...sides];
  if (approximate) {
    const exact = lastEqual >= 0 ? kept.slice(0, lastEqual + 2) : kept.slice(0, 1);
    kept = exact.length === 1 && nameOf(exact[0] ?? '') !== undefined ? kept : exact;
    if (kept.length === 1) return [...read(kept[0] ?? '')];
  }
  const [first = ''] = kept;
  const last = kept.at(-1) ?? '';
  const left = nameOf(first);
  if (left !== undefined) {
    const values = read(last);
    if (values.length > 0) return [{ type: 'assignment', ...left, values, equation: equationOf(first, last) }];
  }
  const right = kept.length === 2 ? nameOf(last) : undefined;
  if (right?.name !== undefined) {
    const values = read(first);
    if (values.length > 0) return [{ type: 'assignment', ...right, values, equation: equationOf(first, last) }];
  }
  const trees = kept.map((side) => strictParse(side));
  if (trees.every((tree) => tree !== undefined && isScalarTree(tree) && !hasVariables(tree)))
    return arithmetic(kept, trees, read);
  if (kept.length > 2) {
    // A derivation: each step in variables, or units that the tree does not hold.
    const values = read(last);
    const constantEnd = strictParse(last);
    if (constantEnd === undefined || !hasVariables(constantEnd))
      return trees.some((tree) => tree === undefined) ? [...values] : [];
  }
  if (kept.length === 2 && trees[0] === undefined && trees[1] !== undefined && isQuantityText(first))
    return [...read(last)];
  if (kept.length === 2 && trees[0] === undefined) return isQuantityText(first) ? [...read(last)] : [];
  const expr = kept.length === 2 ? equationOf(first, last) : undefined;
  return expr === undefined ? [] : [{ type: 'relation', expr }];
}

/** Arithmetic with units in it: `150 km + 27 km`. */
const isQuantityText = (text: string): boolean =>
  /^[-+*/()\d\s.,\\a-z^{}°%＄$€£]+$/i.test(text) &&
  /\d/.test(text) &&
  !/[a-z]{6,}|\b(?:the|is|are|answer)\b/i.test(text);

function equationOf(left: string, right: string): Expr | undefined {
  const a = strictParse(left);
  const b = strictParse(right);
  return a !== undefined && b !== undefined && isScalarTree(a) && isScalarTree(b) ? relation('=', a, b) : undefined;
}

/** `150 + 27 = 177` states 177, provided that it holds. */
function arithmetic(sides: readonly string[], trees: readonly (Expr | undefined)[], read: Read): Value[] {
  const last = trees.at(-1);
  const holds = trees.every((tree) => tree !== undefined && last !== undefined && sameExpr(tree, last, 1e-4));
  if (!holds) return [];
  return [...read(sides.at(-1) ?? ''), ...(sides.length === 2 ? read(sides[0] ?? '') : [])];
}

function inequalities(sides: readonly string[], ops: readonly RelationOp[]): Value[] {
  const trees = sides.map((side) => strictParse(side.replace(/^\+\\infty/, '\\infty')));
  const found = trees.flatMap((tree) => (tree !== undefined && isScalarTree(tree) ? [tree] : []));
  if (found.length !== sides.length) return [];
  const links = ops.map((op, i) => relation(op, found[i] ?? constant('zoo'), found[i + 1] ?? constant('zoo')));
  const finite = links.filter((link) => !touchesInfinity(link));
  const [only] = finite;
  if (finite.length === 0) return [{ type: 'region', expr: { kind: 'numberSet', name: 'Reals' } }];
  return [
    { type: 'relation', expr: finite.length === 1 && only !== undefined ? only : { kind: 'chain', links: finite } },
  ];
}

const isInfinity = (expr: Expr): boolean =>
  (expr.kind === 'constant' && expr.name === 'oo') ||
  (expr.kind === 'multiply' && expr.args.some((arg) => arg.kind === 'constant' && arg.name === 'oo'));

const touchesInfinity = (expr: Expr): boolean =>
  expr.kind === 'relation' && (isInfinity(expr.left) || isInfinity(expr.right)) && expr.op !== '=';
