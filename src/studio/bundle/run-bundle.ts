/** @file A run in a bundle: its curves, the rollouts of some steps with their prompts, its evaluations paired. */
import { RunDirectory } from '../../runs/run-directory.ts';
import { compareEvaluations } from '../answers/compare-evaluations.ts';
import { groupDetail } from '../answers/group-detail.ts';
import { RunIndex } from '../index/run-index.ts';
import { configWords, describeRun, thinned } from '../runs/summarise-run.ts';
import { type BundleIndex, compareKey, promptKey, stepKey } from '../shared/bundle-format.ts';
import type { Place } from '../shared/dataset-api.ts';
import { bundleColumns } from './bundle-columns.ts';
import type { BundleFolder } from './bundle-folder.ts';

function chosenSteps(index: RunIndex, most: number): number[] {
  const steps = index.table.steps.map(({ step }) => step);
  const each = Math.max(1, index.table.length / Math.max(1, steps.length));
  return thinned(steps, Math.max(1, Math.floor(most / each)));
}

/** Of a few evaluations all pairs; of many, the first against each. */
function evaluationPairs(names: readonly string[]): [string, string][] {
  const firsts = names.length <= 5 ? names : names.filter((name) => name.startsWith('before'));
  return firsts.flatMap((before) => names.map((after): [string, string] => [before, after]));
}

/** @param rollouts At most; of a longer run evenly chosen steps, the first and the last among them. */
export async function addRun(
  folder: BundleFolder,
  { path: run }: Place,
  shown: Place,
  rollouts: number,
): Promise<BundleIndex> {
  const index = new RunIndex(run);
  await index.refresh(600_000);
  const directory = new RunDirectory(run);
  const detail = await describeRun({ ...shown, path: run }, index.state, Date.now());
  const steps = chosenSteps(index, rollouts);
  const columns = await bundleColumns(index, steps);
  await folder.add('rollouts', columns);
  const config = await configWords(directory);
  for (const step of steps) {
    const [first, end] = index.table.groupsOf(step) ?? [0, 0];
    const groups = [];
    for (let line = 0; line < end - first; line++) groups.push(await groupDetail(index, step, line, config));
    await folder.add(stepKey(step), groups);
  }
  for (const hash of columns.words.prompt) {
    const text = await directory.readPrompt(hash);
    if (text !== undefined) await folder.add(promptKey(hash), text);
  }
  for (const [before, after] of evaluationPairs(detail.evaluations))
    await folder.add(
      compareKey(before, after),
      await compareEvaluations({ run: directory, name: before }, { run: directory, name: after }),
    );
  const notes =
    steps.length < index.table.steps.length
      ? [`This bundle holds the rollouts of ${steps.length} of ${index.table.steps.length} steps.`]
      : [];
  const indexed = { ...detail.indexed, rollouts: columns.length };
  return { kind: 'run', run: { ...detail, ...shown, indexed }, notes };
}
