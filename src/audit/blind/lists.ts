/** @file Lists of candidates: dumps at every length, and orders that need no reading. */
import type { Random } from '../../random.ts';
import type { AuditItem } from '../item.ts';
import { type BlindPolicy, byFrequency, type Learner } from './policy.ts';
import { countOf, pairParts, separatorOf, sourcesOf } from './sources.ts';

const listMetrics = new Set(['F1_Score', 'NDCG', 'Pairwise_Accuracy', 'SubEM', 'EM']);

/** Lists that are tried, the likeliest ones. */
const triedSources = 4;

/** One collator: a comparison that makes its own takes twenty times as long. */
const byName = new Intl.Collator('en', { numeric: true }).compare;

const orders: Readonly<Record<string, (list: readonly string[], rng: Random) => readonly string[]>> = {
  'in the order given': (list) => list,
  reversed: (list) => list.toReversed(),
  sorted: (list) => list.toSorted(byName),
  'sorted downwards': (list) => list.toSorted((a, b) => byName(b, a)),
  'longest first': (list) => list.toSorted((a, b) => b.length - a.length),
  'at random': (list, rng) => rng.shuffle(list),
};

type Limit = (item: AuditItem, list: readonly string[]) => number;

function limitsOf(group: readonly AuditItem[]): Readonly<Record<string, Limit>> {
  const count = countOf(group);
  return {
    all: (_, list) => list.length,
    'as many as golds': (item) => count(item),
    'twice as many as golds': (item) => 2 * count(item),
    half: (_, list) => Math.ceil(list.length / 2),
    one: () => 1,
  };
}

const lineList: Learner = ({ group }) => {
  const found = sourcesOf(group, ({ spec }) => spec.gold).slice(0, triedSources);
  const limits = Object.entries(limitsOf(group));
  return found.flatMap((source) =>
    Object.entries(orders).flatMap(([order, arrange]) =>
      limits.map(
        ([limit, lengthOf]): BlindPolicy => ({
          name: `${source}, ${limit}, ${order}`,
          answer(item, rng) {
            const list = item.facts.lists[source];
            return list === undefined ? undefined : arrange(list, rng).slice(0, lengthOf(item, list)).join('\n');
          },
        }),
      ),
    ),
  );
};

const ofContext = 'of the context';

/** Each item with a value: a constant one, those of a list in some order, or all of them. */
const pairList: Learner = ({ group }) => {
  const parts = (item: AuditItem) => pairParts(item) ?? { heads: [], values: [] };
  const headSources = sourcesOf(group, (item) => parts(item).heads).slice(0, 2);
  const valueSources = sourcesOf(group, (item) => parts(item).values).slice(0, 2);
  const separator = separatorOf(group);
  const count = countOf(group);
  const commonest = byFrequency(group.flatMap((item) => parts(item).values)).slice(0, 3);
  const pick = (
    heads: string,
    name: string,
    value: (item: AuditItem, at: number, rng: Random) => string | undefined,
  ) => ({
    name: `${heads}, each with ${name}`,
    answer: (item: AuditItem, rng: Random): string | undefined =>
      item.facts.lists[heads]
        ?.slice(0, Math.max(2, count(item)))
        .map((head, i) => `${head}${separator}${value(item, i, rng) ?? ''}`)
        .join('\n'),
  });
  return headSources.flatMap((heads) => [
    ...commonest.map((value) => pick(heads, JSON.stringify(value.slice(0, 40)), () => value)),
    ...valueSources.flatMap((source) => [
      pick(heads, `the first of ${source}`, (item) => item.facts.lists[source]?.[0]),
      // Two columns of one table side by side have been read.
      ...(heads.endsWith(ofContext) && source.endsWith(ofContext)
        ? []
        : [pick(heads, `its turn of ${source}`, (item, i) => item.facts.lists[source]?.[i])]),
      pick(heads, `its turn of ${source} backwards`, (item, i) => item.facts.lists[source]?.at(-1 - i)),
      pick(heads, `one of ${source} at random`, (item, _, rng) => rng.pick(item.facts.lists[source] ?? [''])),
      pick(heads, `all of ${source}`, (item) => item.facts.lists[source]?.slice(0, 30).join(' ')),
    ]),
  ]);
};

export const lists: Learner = (known) => {
  const metric = known.group[0]?.spec.metric ?? '';
  if (!listMetrics.has(metric)) return [];
  return metric === 'SubEM' ? [...pairList(known), ...lineList(known)] : lineList(known);
};
