/**
 * @file IoU over table rows (T5).
 * Reference `multitableqa.compute_score`: the text between the first `<answer>` and `</answer>` (else the whole output) is one
 * JSON object; rows of `data` as a multiset of stringified cells; columns ignored; matches / (|pred| + |gold| - matches).
 * `hardened`: cells are canonical (case, spaces, thousands separators, 1.0 = 1); where the gold names columns the answer must
 * name the same ones, in any order, and its cells are read in the gold's order.
 */
import { type PythonValue, parsePythonJson, pythonStr } from '../python-json.ts';
import type { Reward } from '../reward.ts';
import { fold, strip } from '../text.ts';

interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly PythonValue[];
}

function dataOf(value: PythonValue | undefined): PythonValue | undefined {
  return value?.kind === 'object' ? value.fields.get('data') : undefined;
}

/** |A and B| / |A or B| of two multisets. */
function multisetIou(pred: readonly string[], gold: readonly string[]): { score: number; reason: string } {
  const open = new Map<string, number>();
  for (const row of gold) open.set(row, (open.get(row) ?? 0) + 1);
  let matches = 0;
  for (const row of pred) {
    const left = open.get(row) ?? 0;
    if (left === 0) continue;
    open.set(row, left - 1);
    matches++;
  }
  const total = pred.length + gold.length - matches;
  return {
    score: total === 0 ? 0 : matches / total,
    reason: `${matches} rows match of ${pred.length} given and ${gold.length} gold`,
  };
}

/** A row is a tuple of cells or, where it is no list, one value; the two never equal each other. */
const rowKey = (row: PythonValue): string =>
  row.kind === 'list' ? `(${JSON.stringify(row.items.map(pythonStr))}` : `s${pythonStr(row)}`;

function betweenTags(text: string): string {
  const start = text.indexOf('<answer>');
  if (start < 0) return strip(text);
  const end = text.indexOf('</answer>', start);
  return strip(text.slice(start + '<answer>'.length, end < 0 ? undefined : end));
}

function paperIou(answer: string, gold: string): { score: number; reason: string } {
  const goldValue = parsePythonJson(gold);
  if (goldValue === undefined) return { score: 0, reason: 'the gold is not JSON' };
  const goldRows = dataOf(goldValue);
  const predValue = parsePythonJson(betweenTags(answer));
  const data = dataOf(predValue);
  if (data !== undefined && data.kind !== 'list') return { score: 0, reason: '"data" is not a list' };
  const rows = goldRows?.kind === 'list' ? goldRows.items : [];
  const result = multisetIou((data?.items ?? []).map(rowKey), rows.map(rowKey));
  return data === undefined ? { ...result, reason: 'no JSON object with "data"' } : result;
}

const canonicalNumber = /^([-+]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?$/;

/** `.500` as `.5`, `.0` as nothing. Linear: a pattern anchored at the end is quadratic on long runs of zeros. */
function withoutTrailingZeros(fraction: string): string {
  let end = fraction.length;
  while (end > 0 && fraction.charAt(end - 1) === '0') end--;
  return end <= 1 ? '' : fraction.slice(0, end);
}

/** Equal cells have equal canonical text: folded, numbers without separators or trailing zeros. */
export function canonicalCell(value: PythonValue): string {
  const text = fold(pythonStr(value));
  const match = canonicalNumber.exec(text);
  if (match === null) return text;
  const whole = (match[2] ?? '').replaceAll(',', '').replace(/^0+(?=\d)/, '');
  const fraction = withoutTrailingZeros(match[3] ?? '');
  const zero = whole === '0' && fraction === '';
  return `${match[1] === '-' && !zero ? '-' : ''}${whole}${fraction}`;
}

/** The JSON object that an answer holds: bare, in `<answer>` tags or in a code fence. */
function answerObject(answer: string): PythonValue | undefined {
  const inner = betweenTags(answer);
  const direct = parsePythonJson(inner);
  if (direct !== undefined) return direct;
  const fenced = /^```(?:json)?\n([\s\S]*)\n```$/.exec(inner)?.[1];
  return fenced === undefined ? undefined : parsePythonJson(fenced);
}

function tableOf(value: PythonValue | undefined): Table | undefined {
  if (value?.kind !== 'object') return undefined;
  const data = value.fields.get('data');
  const columns = value.fields.get('columns');
  if (data?.kind !== 'list') return undefined;
  return {
    columns: columns?.kind === 'list' ? columns.items.map((name) => fold(pythonStr(name))) : [],
    rows: data.items,
  };
}

function hardenedKey(row: PythonValue, order: readonly number[]): string {
  if (row.kind !== 'list') return `s${canonicalCell(row)}`;
  const cells = row.items.map(canonicalCell);
  const ordered = order.length === cells.length ? order.map((i) => cells[i] ?? '') : cells;
  return `(${JSON.stringify(ordered)}`;
}

function hardenedIou(answer: string, gold: string): { score: number; reason: string } {
  const goldTable = tableOf(parsePythonJson(gold));
  if (goldTable === undefined) return { score: 0, reason: 'the gold is not a table' };
  const table = tableOf(answerObject(answer));
  if (table === undefined) return { score: 0, reason: 'no JSON object with "data"' };
  const order = goldTable.columns.map((name) => table.columns.indexOf(name));
  if (order.includes(-1) || (goldTable.columns.length > 0 && table.columns.length !== goldTable.columns.length))
    return {
      score: 0,
      reason: `columns ${table.columns.join(', ') || 'missing'}, expected ${goldTable.columns.join(', ')}`,
    };
  const identity = goldTable.columns.map((_, i) => i);
  return multisetIou(
    table.rows.map((row) => hardenedKey(row, order)),
    goldTable.rows.map((row) => hardenedKey(row, identity)),
  );
}

export const iouReward: Reward = (answer, spec, profile) =>
  (profile === 'paper' ? paperIou : hardenedIou)(answer, spec.gold[0] ?? '');
