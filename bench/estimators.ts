/**
 * @file Which estimator did better? Runs the quickstart's experiment for two estimators on several seeds and compares the
 * held-out rewards after training on the same questions: by task with the bootstrap over documents, and over all with a
 * t interval over the seeds, which alone knows that two trainings of one kind differ.
 *
 *     npx tsx bench/estimators.ts --seeds 1,2,3,4,5 --out runs/estimators
 *
 * A run that is complete is read, one that is not is resumed, so the command can be stopped and given again.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseEstimatorName } from '../src/advantages/index.ts';
import { progress } from '../src/cli/shared/progress.ts';
import { processTerminal } from '../src/cli/shared/terminal.ts';
import { defaultSizes } from '../src/construction/plan.ts';
import { intervalText } from '../src/evaluation/compare/table.ts';
import {
  comparePaired,
  comparisonTable,
  type EvaluationRow,
  overSeeds,
  type PairedScore,
  pairScores,
} from '../src/evaluation/index.ts';
import { type QuickstartResult, quickstart } from '../src/experiment/quickstart.ts';

const { values: flags } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1,2,3,4,5' },
    estimators: { type: 'string', default: 'grpo,tmn-reweight' },
    steps: { type: 'string' },
    model: { type: 'string', default: 'micro' },
    out: { type: 'string', default: 'runs/estimators' },
  },
});
const seeds = flags.seeds.split(',').map(Number);
const [first = 'grpo', second = 'tmn-reweight'] = flags.estimators.split(',').map(parseEstimatorName);
const modes = ['sampled', 'greedy'] as const;

function run(estimator: string, seed: number): Promise<QuickstartResult> {
  const steps = flags.steps === undefined ? {} : { steps: Number(flags.steps) };
  return quickstart({
    out: join(flags.out, `${estimator}-${seed}`),
    ifExists: 'resume',
    // Long samples are not trained on; leaving them out saves time and changes no short one.
    sizes: { ...defaultSizes, long: 0 },
    change: { advantage: { type: estimator }, seed, model: flags.model, ...steps },
    onEvent: progress(processTerminal()),
  });
}

const rows = async ({ run: directory }: QuickstartResult, mode: string): Promise<EvaluationRow[]> =>
  (await directory.readEvaluation(`after-${mode}`)) as EvaluationRow[];

/** Mean of the seeds' differences with its interval; every seed is one training of each kind. */
function seedsText(values: readonly number[]): string {
  const { mean, ci95 } = overSeeds(values);
  const each = values.map((value) => value.toFixed(3)).join(', ');
  return `over ${values.length} seeds (${each}): ${mean.toFixed(3)} ${intervalText({ ci95 })}`;
}

const differences: Record<(typeof modes)[number], number[]> = { sampled: [], greedy: [] };
const pairs: Record<(typeof modes)[number], PairedScore[]> = { sampled: [], greedy: [] };
for (const seed of seeds) {
  const a = await run(first, seed);
  const b = await run(second, seed);
  for (const mode of modes) {
    // Documents stay clusters across seeds: another seed asks other questions about the same documents.
    const own = pairScores(await rows(a, mode), await rows(b, mode));
    pairs[mode].push(...own);
    const { before, after } = comparePaired(own, { seed: 1 }).mean;
    differences[mode].push(after - before);
  }
  const gain = (result: QuickstartResult) =>
    result.sampled === undefined ? Number.NaN : result.sampled.mean.after - result.sampled.mean.before;
  console.log(`seed ${seed}: gain at T 1.0 with ${first} ${gain(a).toFixed(3)}, with ${second} ${gain(b).toFixed(3)}`);
}
for (const mode of modes) {
  const title = `After training, ${mode === 'greedy' ? 'greedy' : 'T 1.0'}: before = ${first}, after = ${second}`;
  console.log(`\n${comparisonTable(title, comparePaired(pairs[mode], { seed: 1 }))}`);
  console.log(`\n${second} minus ${first}, ${seedsText(differences[mode])}`);
}
