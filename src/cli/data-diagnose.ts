/**
 * @file `golongrl data diagnose`: the weakest capability by prompt length in the results of an evaluation, as a data request.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { InputError } from '../errors.ts';
import { benchmarkByName } from '../evaluation/benchmarks/registry.ts';
import type { EvaluationRow } from '../evaluation/evaluate.ts';
import { EvaluationDirectory } from '../evaluation/run/evaluation-directory.ts';
import { dataRequest, diagnose, lengthName, type Outcome } from '../refinement/diagnose.ts';
import { writeJsonAtomic } from '../runs/files.ts';
import { RunDirectory } from '../runs/run-directory.ts';
import { isTaskId } from '../tasks/task.ts';
import { textTable } from '../text-table.ts';
import { choice, type Format, formats, wholeNumber } from './options.ts';
import type { Terminal } from './terminal.ts';

/** Responses of a training run after its last evaluation at temperature 1. */
async function trainingOutcomes(run: RunDirectory): Promise<Outcome[]> {
  const name = (await run.hasEvaluation('after-sampled')) ? 'after-sampled' : 'before-sampled';
  const rows = (await run.readEvaluation(name)) as EvaluationRow[];
  if (rows.some(({ characters }) => characters === undefined)) {
    throw new InputError(
      'evaluation-old',
      `${run.file('eval', name)}: its rows do not say how long the prompts are.`,
      'An older version wrote them; evaluate again.',
    );
  }
  return rows.flatMap(({ task, status, ...row }) => (isTaskId(task) && status === 'ok' ? [{ ...row, task }] : []));
}

/** Responses of `golongrl eval run`: benchmarks whose capability is known; errors are left out. */
async function benchmarkOutcomes(directory: EvaluationDirectory): Promise<Outcome[]> {
  const rows = await directory.readSamples();
  return rows.flatMap((row) => {
    const task = isTaskId(row.subset) ? row.subset : benchmarkByName(row.benchmark).capability;
    return task === undefined || row.state === 'error' ? [] : [{ ...row, task }];
  });
}

async function outcomesOf(place: string): Promise<Outcome[]> {
  if (existsSync(join(place, 'samples.jsonl'))) return await benchmarkOutcomes(new EvaluationDirectory(place));
  if (existsSync(join(place, 'eval'))) return await trainingOutcomes(new RunDirectory(place));
  throw new InputError(
    'no-evaluation',
    `${place}: got neither samples.jsonl nor eval/, expected a directory of an evaluation or of a training run.`,
    'Make one with: golongrl eval run, golongrl train or golongrl quickstart',
  );
}

interface DiagnoseFlags {
  readonly samples: number;
  readonly leastSamples: number;
  readonly seed: number;
  readonly out?: string;
  readonly format: Format;
}

async function run(place: string, flags: DiagnoseFlags, terminal: Terminal): Promise<void> {
  const diagnosis = diagnose(await outcomesOf(place), flags);
  const request = dataRequest(diagnosis, flags.samples);
  if (flags.out !== undefined) await writeJsonAtomic(flags.out, request);
  if (flags.format === 'json') terminal.out(`${JSON.stringify({ ...diagnosis, request })}\n`);
  if (flags.format !== 'human') return;
  const rows = diagnosis.cells.map((cell) => [
    cell.task,
    lengthName(cell.length),
    String(cell.samples),
    cell.mean.toFixed(3),
    `[${cell.ci95.map((bound) => bound.toFixed(3)).join(', ')}]`,
    cell === diagnosis.weakest ? 'weakest' : '',
  ]);
  const verdict = diagnosis.clear
    ? 'It is weaker than the lowest of so many cells is by chance.'
    : 'The lowest of so many cells may be this low by chance.';
  terminal.out(
    `${textTable([['', 'tokens', 'n', 'mean', '95 % interval', ''], ...rows])}\n\n${request.reason}.\n${verdict}\n`,
  );
}

export function registerDiagnose(data: Command, terminal: Terminal): void {
  data
    .command('diagnose')
    .description('find the weakest capability by prompt length in an evaluation, and write a data request')
    .argument('<run>', 'directory of `eval run`, `train` or `quickstart`')
    .option('--samples <n>', 'samples to ask for', wholeNumber('--samples', 1), 500)
    .option('--least-samples <n>', 'responses that a cell needs to be named', wholeNumber('--least-samples', 1), 20)
    .option('--seed <n>', 'seed of the intervals', wholeNumber('--seed'), 1)
    .option('--out <file>', 'write the request as JSON')
    .option('--format <name>', formats.join(' | '), choice('--format', formats), 'human')
    .action((place: string, flags: DiagnoseFlags) => run(place, flags, terminal));
}
