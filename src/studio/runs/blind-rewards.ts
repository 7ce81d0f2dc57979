/** @file What somebody earns who reads nothing, by task: as the audit of the run's dataset measured it. */
import path from 'node:path';
import { findAudit } from '../datasets/find-audit.ts';
import type { RunDetail } from '../shared/api.ts';

/** @param train File of the training samples, relative to the run; nothing where no audit lies with its dataset. */
export async function blindRewards(run: string, train: string | undefined): Promise<RunDetail['blind']> {
  const datasets = [
    path.join(run, 'dataset'),
    // DATASET/native/train.jsonl
    ...(train === undefined ? [] : [path.dirname(path.dirname(path.resolve(run, train)))]),
  ];
  for (const dataset of datasets) {
    const { audit } = await findAudit(dataset);
    if (audit === undefined || audit.stale) continue;
    const blind: Record<string, { readonly reward: number; readonly policy: string }> = {};
    for (const { task, blind: found } of audit.report.groups)
      if ((blind[task]?.reward ?? -1) < found.reward) blind[task] = found;
    return blind;
  }
  return {};
}
