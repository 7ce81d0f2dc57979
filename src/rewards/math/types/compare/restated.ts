/**
 * @file A value followed by itself in brackets: `thirty-seven (37)`, `37 (thirty-seven)`, `90 minutes (1.5 hours)`, and by its
 * working: `4.2 percentage points (95.5% - 91.3%)`. Where the two differ, neither is stated.
 */
import { strictParse } from '../../parse/strict-parse.ts';
import { hasVariables } from '../../real-sets.ts';
import type { Context } from '../context.ts';
import { isScalarTree } from '../read-scalar.ts';
import type { Scalar, Value } from '../value.ts';
import { sameAnswer } from './compare-values.ts';
import { nearValue, sameExpr } from './same-expr.ts';

const restated = /^([^()]*\S)\s*\(([^()]+)\)\s*([a-zA-Z\u4e00-\u9fff][a-zA-Z\u4e00-\u9fff ]{0,40})?$/;
const number = /^-?\s*(?:[$＄€£¥]\s*)?(?:\d|\\frac)/;
const introduced = /^\s*(?:=|i\.e\.,?|that is,?|or simply|namely,?|即|也就是|等于|\\approx)\s*/;

type Read = (text: string) => readonly Value[];

const scalarOf = (values: readonly Value[]): Scalar | undefined =>
  values.flatMap((value) => (value.type === 'scalar' ? [value] : []))[0];

/** Whether arithmetic in brackets comes to the number before it, up to that number's decimals. */
function isWorkingOf(working: string, stated: readonly Value[]): boolean {
  const scalar = scalarOf(stated);
  const sides = working.replace(/\\?%|[$＄€£¥]|(?<![a-zA-Z\\])[a-zA-Z]{2,}|[\u4e00-\u9fff]+/g, ' ').split('=');
  const trees = sides.map((side) => strictParse(side.trim()));
  const [first] = trees;
  if (scalar === undefined || first === undefined || !isScalarTree(first) || hasVariables(first)) return false;
  if (!trees.every((tree) => tree !== undefined && sameExpr(tree, first, 1e-4))) return false;
  const [said, computed] = [nearValue(scalar.expr), nearValue(first)];
  if (said === undefined || computed === undefined) return false;
  const decimals = scalar.literal?.decimals ?? 0;
  const slack = decimals > 0 ? 0.5 * 10 ** -decimals : 0;
  return Math.abs(said - computed) <= slack + 1e-9 * Math.max(1, Math.abs(said));
}

const isWorking = (text: string): boolean =>
  /\d[^-+*/\d]*(?:[-+*/]|\\times|\\cdot|\\div)\s*[$＄€£¥]?\d/.test(text) && !/^[\d\s]+\/[\d\s]+$/.test(text);

/**
 * The readings of a value that is stated again in brackets; none where the brackets contradict it; undefined for any other text.
 * `source` is the text before number words became the digits of `text`.
 */
export function readRestated(text: string, source: string, context: Context, read: Read): readonly Value[] | undefined {
  const match = text.length > 300 ? null : restated.exec(text);
  if (match === null) return undefined;
  const [, front = '', brackets = '', noun = ''] = match;
  const inner = brackets.replace(introduced, '').trim();
  if (!number.test(front) || !number.test(inner) || /进制|\bbase\b/.test(inner)) return undefined;
  const stated = read(`${front} ${noun}`.trim());
  if (stated.length === 0) return undefined;
  if (isWorking(inner)) return isWorkingOf(inner, stated) ? stated : undefined;
  // 2(3) is a product.
  const attached = /^-?[\d.]+\(-?[\d.]+\)$/.test(source);
  const again = attached ? [] : read(inner);
  if (again.length === 0) return undefined;
  const bare: Context = { ...context, question: undefined, unitAsked: undefined, unitsNamed: [] };
  if (sameAnswer(stated, again, bare) || sameAnswer(again, stated, bare)) return moreSpecific(stated, again);
  if (isWorkingOf(inner, stated)) return stated;
  return text === source ? undefined : [];
}

/** `5 (5 km)`: the one that names its unit. */
function moreSpecific(stated: readonly Value[], again: readonly Value[]): readonly Value[] {
  const [a, b] = [scalarOf(stated), scalarOf(again)];
  return a?.unit === undefined && b?.unit !== undefined ? again : stated;
}
