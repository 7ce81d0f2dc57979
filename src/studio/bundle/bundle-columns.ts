/** @file The rollouts of some steps as a bundle's columns: groups are numbered anew, words are those that are used. */
import { rolloutPage } from '../answers/rollout-page.ts';
import { Words } from '../index/columns.ts';
import type { RunIndex } from '../index/run-index.ts';
import type { RolloutRow } from '../shared/api.ts';
import type { BundleRollouts } from '../shared/bundle-format.ts';

const groupNumbers = ['step', 'line', 'staleness', 'promptTokens'] as const;
const groupWords = ['task', 'generator', 'sample', 'prompt', 'use'] as const;
const rowNumbers = ['member', 'reward', 'advantage', 'tokens'] as const;
const rowWords = ['state', 'format', 'status', 'stop'] as const;

const lists = <Name extends string, T>(names: readonly Name[]): Record<Name, T[]> =>
  Object.fromEntries(names.map((name) => [name, [] as T[]])) as unknown as Record<Name, T[]>;

/** All rows that a query means, page by page. */
async function* rowsOf(index: RunIndex, query: string): AsyncGenerator<RolloutRow> {
  for (let offset = 0; ; ) {
    const { rows, total } = await rolloutPage(index, { query, sort: '', offset, limit: 500 });
    yield* rows;
    offset += rows.length;
    if (rows.length === 0 || offset >= total) return;
  }
}

/** @param steps To be kept; all of their groups are. */
export async function bundleColumns(index: RunIndex, steps: readonly number[]): Promise<BundleRollouts> {
  const groups = lists<keyof BundleRollouts['groups'], number>([...groupNumbers, ...groupWords]);
  const rows = lists<keyof BundleRollouts['rows'], number | null>(['group', ...rowNumbers, ...rowWords]);
  const words = Object.fromEntries([...groupWords, ...rowWords].map((name) => [name, new Words()])) as Record<
    keyof BundleRollouts['words'],
    Words
  >;
  const answers: string[] = [];
  let open = '';
  for (const step of steps)
    for await (const row of rowsOf(index, `step:${step}`)) {
      const key = `${row.step}.${row.group}`;
      if (key !== open) {
        open = key;
        groups.line.push(row.group);
        for (const name of ['step', 'staleness', 'promptTokens'] as const) groups[name].push(row[name]);
        for (const name of groupWords) groups[name].push(words[name].number(row[name]));
      }
      rows.group.push(groups.step.length - 1);
      for (const name of rowNumbers) rows[name].push(row[name]);
      for (const name of rowWords) rows[name].push(words[name].number(row[name]));
      answers.push(row.answer);
    }
  const wordLists = Object.fromEntries(
    Object.entries(words).map(([name, { list }]) => [name, list]),
  ) as unknown as BundleRollouts['words'];
  return { length: answers.length, rows, groups, words: wordLists, answers };
}
