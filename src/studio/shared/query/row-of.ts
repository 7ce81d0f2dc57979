/** @file One row of the columns as an object. */
import type { RolloutRow } from '../api.ts';
import type { RolloutColumns } from './columns.ts';

/** All of a row but its answer, which stands on disk. */
export function rowOf(columns: RolloutColumns, row: number): Omit<RolloutRow, 'answer'> {
  const { rows, groups, words } = columns;
  const group = rows.group.values[row] as number;
  const ofRow = (name: keyof RolloutColumns['rows']) => rows[name].values[row] as number;
  const ofGroup = (name: keyof RolloutColumns['groups']) => groups[name].values[group] as number;
  const advantage = ofRow('advantage');
  return {
    row,
    step: ofGroup('step'),
    group: ofGroup('line'),
    member: ofRow('member'),
    task: words.task.list[ofGroup('task')] ?? '',
    generator: words.generator.list[ofGroup('generator')] ?? '',
    sample: words.sample.list[ofGroup('sample')] ?? '',
    prompt: words.prompt.list[ofGroup('prompt')] ?? '',
    promptTokens: ofGroup('promptTokens'),
    use: words.use.list[ofGroup('use')] ?? '',
    staleness: ofGroup('staleness'),
    reward: ofRow('reward'),
    advantage: Number.isNaN(advantage) ? null : advantage,
    state: words.state.list[ofRow('state')] ?? '',
    format: words.format.list[ofRow('format')] ?? '',
    status: words.status.list[ofRow('status')] ?? '',
    stop: words.stop.list[ofRow('stop')] ?? '',
    tokens: ofRow('tokens'),
  };
}
