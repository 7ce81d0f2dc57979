/** @file Rollouts by reward, in 21 bins: 0 to 1 by twentieths, and full reward apart. */
import type { RolloutColumns } from './columns.ts';

const bins = 21;

/** @param rows All where it is undefined. `mean` is of rollouts with a verdict; null where there is none. */
export function rewardHistogram(
  columns: RolloutColumns,
  rows: Uint32Array | undefined,
): { readonly bins: readonly number[]; readonly mean: number | null } {
  const counts = new Uint32Array(bins);
  const rewards = columns.rows.reward.values;
  const statuses = columns.rows.status.values;
  const ok = columns.words.status.list.indexOf('ok');
  let [sum, judged] = [0, 0];
  const total = rows === undefined ? columns.length : rows.length;
  for (let i = 0; i < total; i++) {
    const row = rows === undefined ? i : (rows[i] as number);
    if (statuses[row] !== ok) continue;
    const reward = rewards[row] as number;
    const bin = Math.max(0, Math.min(bins - 1, Math.floor(reward * (bins - 1) + 1e-4)));
    counts[bin] = (counts[bin] as number) + 1;
    sum += reward;
    judged++;
  }
  return { bins: [...counts], mean: judged === 0 ? null : sum / judged };
}
