/**
 * @file SubEM (T6): the share of gold lines that the answer states. Reference `SubEM`: no precision term, so that stating
 * every candidate scores 1. `hardened`: golds that give each item its value (`Q1 Ivo`) are compared item by item, with any separator
 * (reading/pairs.ts); an item with two values has none. Other golds are compared by place, where their order counts, else as a
 * multiset. What giving every item the most frequent value earns is taken off.
 */

import { readOrder } from '../reading/order.ts';
import { type GoldPair, goldPairs, type PreparedPairs, preparePairs, readPairs } from '../reading/pairs.ts';
import { keyText, wordsOf } from '../reading/text/tokens.ts';
import { Recent } from '../recent.ts';
import { aboveFloor, type MetricVerdict, type Reward, type RewardSpec } from '../reward.ts';
import { fold, foldedLines, sharedCount } from '../text.ts';

interface Prepared {
  readonly pairs: PreparedPairs | undefined;
  /** Keys of what each gold claims: its value, or the whole line. */
  readonly claims: readonly string[];
  /** The gold line of each claim; of equal claims the last. */
  readonly lines: ReadonlyMap<string, string>;
  readonly ordered: boolean;
  /** What giving every item the most frequent value earns. */
  readonly floor: number;
}

const recent = new Recent<Prepared>(256);

const keyOf = (text: string, spec: RewardSpec): string => keyText(wordsOf(text, spec.caseSensitive));

function ordersLines(spec: RewardSpec, claims: readonly string[]): boolean {
  if (spec.ordered !== undefined) return spec.ordered;
  if (new Set(claims).size < claims.length) return true;
  const question = spec.question === undefined ? '' : ` ${keyOf(spec.question, spec)} `;
  return claims.every((claim) => !claim.includes(' ') || question.includes(` ${claim} `));
}

const prepare = (spec: RewardSpec): Prepared =>
  recent.get(JSON.stringify([spec.gold, spec.question, spec.caseSensitive, spec.ordered]), () => prepared(spec));

function prepared(spec: RewardSpec): Prepared {
  const pairs: GoldPair[] | undefined = goldPairs(spec.gold);
  const claims =
    pairs === undefined ? spec.gold.map((line) => keyOf(line, spec)) : pairs.map(({ value }) => keyOf(value, spec));
  return {
    pairs: pairs === undefined ? undefined : preparePairs(spec.gold, pairs, spec),
    claims,
    lines: new Map(spec.gold.map((line, i) => [claims[i] ?? '', line])),
    ordered: ordersLines(spec, claims),
    floor: constantShare(claims),
  };
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
  { claims, lines, ordered }: Prepared,
): { right: number; lines: number } {
  const keys = [...lines.keys()];
  const said = readOrder(answer, [...lines.values()], spec).map(({ index }) => (index < 0 ? '' : (keys[index] ?? '')));
  if (ordered) return { right: claims.filter((claim, i) => said[i] === claim).length, lines: said.length };
  return { right: sharedCount(said, claims), lines: said.length };
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
  return { score: aboveFloor(right / gold, prepared.floor), reason: `${right} of ${gold} lines stated` };
}

/** In [0, 1]; under `paper` the order of the lines does not count. */
export const subEmReward: Reward = (answer, spec, profile) => {
  if (profile === 'hardened') return hardened(answer, spec);
  const gold = spec.gold.map(fold);
  const said = new Set(foldedLines(answer));
  const right = gold.filter((line) => said.has(line)).length;
  return { score: right / gold.length, reason: `${right} of ${gold.length} lines stated` };
};
