/**
 * @file IoU over table rows (T5).
 * Reference `multitableqa.compute_score`: the text between the first `<answer>` and `</answer>` (else the whole output) is one
 * JSON object; rows of `data` as a multiset of stringified cells; columns ignored; matches / (|pred| + |gold| - matches).
 * `hardened`: a table in any form (reading/table.ts); cells by value (case, spelling, thousands separators, 1.0 = 1); where the gold
 * names columns the answer must name the same ones, in any order, and its cells are read in the gold's order. More rows than the gold has
 * cost once more, IoU * |gold| / |said|; where the sample states its candidates N, what stating them all earns, |gold| / N, is taken off.
 */

import { type PythonValue, parsePythonJson, pythonStr } from '../python-json.ts';
import { columnKey, readTable } from '../reading/table.ts';
import { plain } from '../reading/text/plain.ts';
import { keyText, wordsOf } from '../reading/text/tokens.ts';
import { Recent } from '../recent.ts';
import { aboveFloor, type MetricVerdict, type Reward, type RewardSpec } from '../reward.ts';
import { sharedCount, strip } from '../text.ts';

function dataOf(value: PythonValue | undefined): PythonValue | undefined {
  return value?.kind === 'object' ? value.fields.get('data') : undefined;
}

/** |A and B| / |A or B| of two multisets. */
function multisetIou(pred: readonly string[], gold: readonly string[]): { score: number; reason: string } {
  const matches = sharedCount(gold, pred);
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

function canonicalNumberText(text: string): string | undefined {
  const match = canonicalNumber.exec(text);
  if (match === null) return undefined;
  const whole = (match[2] ?? '').replaceAll(',', '').replace(/^0+(?=\d)/, '');
  const fraction = withoutTrailingZeros(match[3] ?? '');
  const zero = whole === '0' && fraction === '';
  return `${match[1] === '-' && !zero ? '-' : ''}${whole}${fraction}`;
}

const empty = /^(?:null|none|nan|n\/a|na|-+|—|–|无)?$/i;

/** Equal cells have equal keys: words in one spelling, numbers without separators or trailing zeros. */
export function cellKey(text: string): string {
  const bare = plain(text).trim();
  if (empty.test(bare)) return '';
  return canonicalNumberText(bare) ?? keyText(wordsOf(bare));
}

const indexColumn = /^(?:#|no\.?|nr\.?|index|idx|row|rank|序号|编号)?$/i;

/** Where each gold column stands among the answer's: by name, else by the one name that holds it, or that it holds. */
function columnOrder(gold: readonly string[], said: readonly string[]): number[] | undefined {
  const goldKeys = gold.map(columnKey);
  const keys = said.map(columnKey);
  const order = goldKeys.map((name) => keys.indexOf(name));
  const free = keys.map((_, i) => i).filter((i) => !order.includes(i));
  for (const [g, name] of goldKeys.entries()) {
    if (order[g] !== -1) continue;
    const like = free.filter((i) => related(name, keys[i] ?? ''));
    const back = goldKeys.filter(
      (other, o) => order[o] === -1 && like[0] !== undefined && related(other, keys[like[0]] ?? ''),
    );
    if (like.length !== 1 || back.length !== 1) return undefined;
    order[g] = like[0] as number;
    free.splice(free.indexOf(like[0] as number), 1);
  }
  return free.every((i) => indexColumn.test((said[i] ?? '').trim())) ? order : undefined;
}

/** Whether one name of a column is the other with something added: `Temp`, `Temp (C)`. */
function related(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length > 1 && ` ${long} `.includes(` ${short} `);
}

const keyOfRow = (cells: readonly string[], order: readonly number[]): string =>
  JSON.stringify(order.length === 0 ? cells.map(cellKey) : order.map((i) => cellKey(cells[i] ?? '')));

/** A gold table, and its rows as they are compared. */
interface GoldTable {
  readonly columns: readonly string[];
  readonly rowKeys: readonly string[];
}

const goldTables = new Recent<GoldTable | undefined>(64);

const goldTable = (gold: string): GoldTable | undefined =>
  goldTables.get(gold, () => {
    const table = readTable(gold);
    if (table === undefined) return undefined;
    const identity = table.columns.map((_, i) => i);
    return { columns: table.columns, rowKeys: table.rows.map((row) => keyOfRow(row, identity)) };
  });

function hardenedIou(answer: string, spec: RewardSpec): MetricVerdict {
  const gold = goldTable(spec.gold[0] ?? '');
  if (gold === undefined) return { score: 0, unjudgeable: true, reason: 'the gold is not a table' };
  const table = readTable(answer, gold.columns);
  if (table === undefined) return { score: 0, state: 'unreadable', reason: 'no table' };
  const named = gold.columns.length > 0;
  const order = named ? columnOrder(gold.columns, table.columns) : [];
  if (order === undefined)
    return {
      score: 0,
      reason: `columns ${table.columns.join(', ').slice(0, 200) || 'missing'}, expected ${gold.columns.join(', ').slice(0, 200)}`,
    };
  const { score, reason } = multisetIou(
    table.rows.map((row) => keyOfRow(row, order)),
    gold.rowKeys,
  );
  const rows = gold.rowKeys.length;
  const limited = score * Math.min(1, rows / Math.max(1, table.rows.length));
  return {
    score: spec.candidates === undefined ? limited : aboveFloor(limited, rows / Math.max(spec.candidates, rows)),
    reason,
  };
}

/** In [0, 1]; the first gold line is the table, as JSON. */
export const iouReward: Reward = (answer, spec, profile) =>
  profile === 'paper' ? paperIou(answer, spec.gold[0] ?? '') : hardenedIou(answer, spec);
