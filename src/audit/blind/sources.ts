/**
 * @file Which list of things the golds of a generator are taken from, and how many of them: learnt by looking where known golds stand.
 */
import { goldPairs } from '../../rewards/reading/pairs.ts';
import type { AuditItem } from '../item.ts';
import { byFrequency, median } from './policy.ts';

const fold = (text: string): string => text.trim().toLowerCase();

/** Names of the lists that hold at least `least` of the wanted things, on average, the fullest first. */
export function sourcesOf(
  items: readonly AuditItem[],
  wanted: (item: AuditItem) => readonly string[],
  least = 0.3,
): string[] {
  const sums = new Map<string, number>();
  for (const item of items) {
    const golds = wanted(item).map(fold);
    for (const [name, list] of Object.entries(item.facts.lists)) {
      const held = new Set(list.map(fold));
      const share = golds.filter((gold) => held.has(gold)).length / Math.max(1, golds.length);
      sums.set(name, (sums.get(name) ?? 0) + share / items.length);
    }
  }
  return [...sums]
    .filter(([, recall]) => recall >= least)
    .sort((a, b) => b[1] - a[1])
    .map(([name]) => name);
}

const numberOf = (item: AuditItem, at: number): number | undefined => {
  const value = Number(item.facts.lists['numbers of the question']?.[at]);
  return Number.isInteger(value) && value > 0 && value <= 1000 ? value : undefined;
};

/** How many items an answer has: a number that the questions state, where golds follow it, else the median. */
export function countOf(items: readonly AuditItem[]): (item: AuditItem) => number {
  const counts = items.map(({ spec }) => spec.gold.length);
  const middle = median(counts);
  for (let at = 0; at < 4; at++) {
    const fits = items.filter((item) => numberOf(item, at) === item.spec.gold.length).length;
    if (items.length > 0 && fits >= 0.7 * items.length) return (item) => numberOf(item, at) ?? middle;
  }
  return () => middle;
}

/** Heads and values of golds that give each item its value; undefined for other golds. */
export function pairParts(item: AuditItem): { heads: string[]; values: string[] } | undefined {
  const pairs = goldPairs(item.spec.gold);
  return pairs === undefined || item.spec.metric !== 'SubEM'
    ? undefined
    : { heads: pairs.map(({ item: head }) => head), values: pairs.map(({ value }) => value) };
}

/** What stands between an item and its value in the known golds: `: `, ` `, ` -> `. */
export function separatorOf(items: readonly AuditItem[]): string {
  const found = items.flatMap((item) => {
    const parts = pairParts(item);
    if (parts === undefined) return [];
    return item.spec.gold.map((line, i) =>
      line.slice((parts.heads[i] ?? '').length, line.length - (parts.values[i] ?? '').length),
    );
  });
  return byFrequency(found)[0] ?? ' ';
}
