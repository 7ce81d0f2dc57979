/** @file A run's bundle as a source. Queries run here, by the server's own code. */
import type { GroupDetail, RolloutPage, RolloutRow } from '../../src/studio/shared/api.ts';
import {
  type BundleIndex,
  type BundleRollouts,
  compareKey,
  promptKey,
  stepKey,
} from '../../src/studio/shared/bundle-format.ts';
import type { RolloutColumns } from '../../src/studio/shared/query/columns.ts';
import { compileQuery, selectRows } from '../../src/studio/shared/query/compile.ts';
import { rewardHistogram } from '../../src/studio/shared/query/histogram.ts';
import { rowOf } from '../../src/studio/shared/query/row-of.ts';
import { sortRows } from '../../src/studio/shared/query/sort.ts';
import { load } from './bundle-data.ts';
import { placesSource } from './bundle-places.ts';
import { to } from './route.ts';
import { AnswerError, type PageAsk, type Source } from './source.ts';

const typed = (values: readonly (number | null)[]) => ({
  values: Float64Array.from(values, (value) => value ?? Number.NaN),
});
const each = <Key extends string, A, B>(record: Readonly<Record<Key, A>>, change: (value: A) => B): Record<Key, B> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value as A)])) as Record<Key, B>;

/** The columns as queries read them. */
function columnsOf({ length, rows, groups, words }: BundleRollouts): RolloutColumns {
  return { length, rows: each(rows, typed), groups: each(groups, typed), words: each(words, (list) => ({ list })) };
}

function pageOf(
  rollouts: BundleRollouts,
  columns: RolloutColumns,
  { q, sort, offset, limit }: PageAsk,
): RolloutPage & { readonly all: Uint32Array } {
  let rows: Uint32Array<ArrayBuffer>;
  const note: { note?: string } = {};
  try {
    const compiled = compileQuery(columns, q);
    rows = sortRows(columns, selectRows(columns, compiled), sort);
    if (compiled.texts.length > 0) {
      rows = rows.filter((row) =>
        compiled.texts.every(
          ({ needle, wanted }) => (rollouts.answers[row] ?? '').toLowerCase().includes(needle) === wanted,
        ),
      );
      note.note = 'a bundle searches the beginnings of answers only';
    }
  } catch (error) {
    throw new AnswerError(error instanceof Error ? error.message : String(error));
  }
  const { bins, mean } = rewardHistogram(columns, rows);
  const shown: RolloutRow[] = [...rows.subarray(offset, offset + limit)].map((row) => ({
    ...rowOf(columns, row),
    answer: rollouts.answers[row] ?? '',
  }));
  const steps = new Set(rollouts.groups.step).size;
  return {
    total: rows.length,
    of: columns.length,
    offset,
    rows: shown,
    histogram: bins,
    histogramAll: rewardHistogram(columns, undefined).bins,
    mean,
    indexed: { steps, ofSteps: steps, rollouts: columns.length, groups: rollouts.groups.step.length },
    ...note,
    all: rows,
  };
}

/** Undefined where the page has a server. */
export function bundleSource(): Source | undefined {
  const data = globalThis.golongrlBundle;
  if (data === undefined) return undefined;
  const index = data.get('index') as BundleIndex;
  if (index.kind !== 'run') return placesSource(data, index);
  const { run, notes } = index;
  let columns: RolloutColumns | undefined;
  const rollouts = async () => {
    const loaded = await load<BundleRollouts>(data, 'rollouts');
    columns ??= columnsOf(loaded);
    return { loaded, columns };
  };
  return {
    live: false,
    notes,
    home: to(['run', run.id]),
    places: undefined,
    runs: async () => [run],
    run: async () => run,
    rollouts: async (_, ask) => {
      const found = await rollouts();
      return pageOf(found.loaded, found.columns, ask);
    },
    exported: async (_, q, sort) => {
      const found = await rollouts();
      const { rows } = pageOf(found.loaded, found.columns, { q, sort, offset: 0, limit: found.columns.length });
      return new Blob(
        rows.map((row) => `${JSON.stringify(row)}\n`),
        { type: 'application/jsonl' },
      );
    },
    group: async (_, step, line) => {
      const group = (await load<GroupDetail[]>(data, stepKey(step)))[line];
      if (group === undefined) throw new AnswerError('This bundle does not hold that group.');
      return group;
    },
    elsewhere: async () => [],
    prompt: (_, hash) => load(data, promptKey(hash)),
    compare: (a, b) => load(data, compareKey(a.evaluation, b.evaluation)),
  };
}
