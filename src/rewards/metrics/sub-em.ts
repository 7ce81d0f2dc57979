/**
 * @file SubEM (T6): the share of gold lines that the answer states. Reference `SubEM`: no precision term, so that stating
 * every candidate scores 1. `hardened`: golds that give each item its value (`Q1 Ivo`) are compared item by item, with any separator
 * (reading/pairs.ts); an item with two values has none. Other golds are compared by place, where their order counts, else as a
 * multiset. What giving every item the most frequent value earns is taken off.
 */

import { readOrder } from '../reading/order.ts';
import { type GoldPair, goldPairs, type PreparedPairs, preparePairs, readPairs } from '../reading/pairs.ts';
import { keyText, wordsOf } from '../reading/text/tokens.ts';
import { aboveFloor, type MetricVerdict, type Reward, type RewardSpec } from '../reward.ts';
import { fold, foldedLines } from '../text.ts';

interface Prepared {
  readonly pairs: PreparedPairs | undefined;
  /** Keys of what each gold claims: its value, or the whole line. */
  readonly claims: readonly string[];
  readonly ordered: boolean;
}

const recent = new Map<string, Prepared>();

const keyOf = (text: string, spec: RewardSpec): string => keyText(wordsOf(text, spec.caseSensitive));

function ordersLines(spec: RewardSpec, claims: readonly string[]): boolean {
  if (spec.ordered !== undefined) return spec.ordered;
  if (new Set(claims).size < claims.length) return true;
  const question = spec.question === undefined ? '' : ` ${keyOf(spec.question, spec)} `;
  return claims.every((claim) => !claim.includes(' ') || question.includes(` ${claim} `));
}

function prepare(spec: RewardSpec): Prepared {
  const name = JSON.stringify([spec.gold, spec.question, spec.caseSensitive, spec.ordered]);
  const known = recent.get(name);
  if (known !== undefined) return known;
  const pairs: GoldPair[] | undefined = goldPairs(spec.gold);
  const claims =
    pairs === undefined ? spec.gold.map((line) => keyOf(line, spec)) : pairs.map(({ value }) => keyOf(value, spec));
  const fresh = {
    pairs: pairs === undefined ? undefined : preparePairs(spec.gold, pairs, spec),
    claims,
    ordered: ordersLines(spec, claims),
  };
  if (recent.size >= 256) recent.clear();
  recent.set(name, fresh);
  return fresh;
}

/** The share of the most frequent claim; 0 where all claims differ or all are one. */
function constantShare(claims: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const claim of claims) counts.set(claim, (counts.get(claim) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return most < 2 || counts.size < 2 ? 0 : most / claims.length;
}

/** Golds without items: line by line, or each line once. */
function statedByLine(
  answer: string,
  spec: RewardSpec,
  { claims, ordered }: Prepared,
): { right: number; lines: number } {
  const distinctGolds = [...new Map(spec.gold.map((line, i) => [claims[i] ?? '', line])).values()];
  const keys = distinctGolds.map((line) => keyOf(line, spec));
  const said = readOrder(answer, distinctGolds, spec).map(({ index }) => (index < 0 ? '' : (keys[index] ?? '')));
  if (ordered) return { right: claims.filter((claim, i) => said[i] === claim).length, lines: said.length };
  const open = new Map<string, number>();
  for (const key of said) open.set(key, (open.get(key) ?? 0) + 1);
  let right = 0;
  for (const claim of claims) {
    const left = open.get(claim) ?? 0;
    if (left === 0) continue;
    open.set(claim, left - 1);
    right++;
  }
  return { right, lines: said.length };
}

function hardened(answer: string, spec: RewardSpec): MetricVerdict {
  const prepared = prepare(spec);
  const gold = spec.gold.length;
  let right: number;
  let lines: number;
  if (prepared.pairs === undefined) ({ right, lines } = statedByLine(answer, spec, prepared));
  else {
    const read = readPairs(answer, prepared.pairs, spec.caseSensitive);
    right = read.right.filter(Boolean).length;
    lines = read.lines;
  }
  const limit = prepared.pairs === undefined ? gold : 2 * gold;
  if (lines > limit) return { score: 0, reason: `${lines} lines where ${gold} were asked for` };
  const floor = constantShare(prepared.claims);
  return { score: aboveFloor(right / gold, floor), reason: `${right} of ${gold} lines stated` };
}

/** In [0, 1]; under `paper` the order of the lines does not count. */
export const subEmReward: Reward = (answer, spec, profile) => {
  if (profile === 'hardened') return hardened(answer, spec);
  const gold = spec.gold.map(fold);
  const said = new Set(foldedLines(answer));
  const right = gold.filter((line) => said.has(line)).length;
  return { score: right / gold.length, reason: `${right} of ${gold.length} lines stated` };
};
