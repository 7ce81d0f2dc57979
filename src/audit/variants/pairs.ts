/** @file Lines that give each item its value (SubEM): ways to write them, and values that went to the wrong item. */
import { goldPairs } from '../../rewards/reading/pairs.ts';
import type { AuditItem } from '../item.ts';
import { listForms } from './lists.ts';
import type { Forms, Misses } from './variant.ts';

export function pairForms(item: AuditItem): Forms {
  const pairs = goldPairs(item.spec.gold);
  if (pairs === undefined) {
    const { bullets, numbered, 'JSON list': list } = listForms(item);
    return { bullets, numbered, 'JSON list': list };
  }
  const rows = (join: (head: string, value: string) => string): string =>
    pairs.map(({ item: head, value }) => join(head, value)).join('\n');
  return {
    bullets: item.spec.gold.map((line) => `- ${line}`).join('\n'),
    colons: rows((head, value) => `${head}: ${value}`),
    arrows: rows((head, value) => `${head} → ${value}`),
    dashes: rows((head, value) => `${head} - ${value}`),
    'bold heads': rows((head, value) => `**${head}**: ${value}`),
    'Markdown table': `| item | value |\n| --- | --- |\n${rows((head, value) => `| ${head} | ${value} |`)}`,
    'JSON object': JSON.stringify(Object.fromEntries(pairs.map(({ item: head, value }) => [head, value]))),
    'other order of lines': item.spec.ordered === true ? undefined : item.spec.gold.toReversed().join('\n'),
  };
}

export function pairMisses(item: AuditItem): Misses {
  const { gold } = item.spec;
  const k = gold.length;
  const share = (right: number): number => Math.max(0, right / k) + 1e-9;
  const pairs = goldPairs(gold);
  if (pairs === undefined || k < 2)
    return { 'line dropped': k > 1 ? [gold.slice(1).join('\n'), share(k - 1)] : undefined };
  const values = pairs.map(({ value }) => value);
  const write = (given: readonly string[]): string =>
    gold.map((line, i) => line.slice(0, line.length - (values[i] ?? '').length) + (given[i] ?? '')).join('\n');
  const same = (given: readonly string[]): number => given.filter((value, i) => value === values[i]).length;
  const [first = '', second = '', ...rest] = values;
  const swapped = [second, first, ...rest];
  const rotated = [...values.slice(1), first];
  return {
    'values exchanged': first === second ? undefined : [write(swapped), share(same(swapped))],
    'values moved on': same(rotated) === k ? undefined : [write(rotated), share(same(rotated))],
    'one value for all': same(values.map(() => first)) === k ? undefined : [write(values.map(() => first)), 0.34],
    'all values for each': new Set(values).size > 1 ? [write(values.map(() => values.join(' '))), 0] : undefined,
    'line dropped': [gold.slice(1).join('\n'), share(k - 1)],
  };
}
