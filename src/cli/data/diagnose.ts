/**
 * @file `golongrl data diagnose`: the weakest capability by prompt length in the results of an evaluation, as a data request.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { InputError, UsageError } from '../../errors.ts';
import { benchmarkByName } from '../../evaluation/benchmarks/registry.ts';
import type { EvaluationRow } from '../../evaluation/heldout.ts';
import { EvaluationDirectory } from '../../evaluation/run/evaluation-directory.ts';
import {
  type CapabilityCell,
  chooseCell,
  type Diagnosis,
  dataRequest,
  diagnose,
  lengthName,
  type Outcome,
} from '../../refinement/diagnose.ts';
import { RunDirectory } from '../../runs/run-directory.ts';
import { writeRecord } from '../../storage/record.ts';
import { isTaskId, parseTaskId, type TaskId } from '../../tasks/task.ts';
import { textTable } from '../../text-table.ts';
import { choice, type Format, formats, wholeNumber } from '../shared/options.ts';
import type { Terminal } from '../shared/terminal.ts';

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
  readonly task?: TaskId;
  readonly tokens?: string;
  readonly anyway?: boolean;
  readonly samples: number;
  readonly leastSamples: number;
  readonly seed: number;
  readonly out?: string;
  readonly format: Format;
}

/** What is to be said of a cell. */
const markOf = (cell: CapabilityCell, { weakest }: Diagnosis): string => {
  if (!cell.enough) return 'too few to tell';
  if (cell.clear) return cell === weakest ? 'weakest' : 'weak';
  return cell === weakest ? 'lowest, maybe by chance' : '';
};

function tableOf(diagnosis: Diagnosis): string {
  const rows = diagnosis.cells.map((cell) => [
    cell.task,
    lengthName(cell.length),
    String(cell.samples),
    String(cell.documents),
    cell.mean.toFixed(3),
    `[${cell.ci95.map((bound) => bound.toFixed(3)).join(', ')}]`,
    markOf(cell, diagnosis),
  ]);
  return textTable([['', 'tokens', 'n', 'documents', 'mean', '95 % interval', ''], ...rows], [0, 6]);
}

function verdictOf({ clear }: CapabilityCell, chosen: boolean, written: boolean): string {
  if (clear) return 'It is weaker than the lowest of so many cells is by chance.';
  const what = chosen
    ? 'It is not clearly weaker than the rest.'
    : 'No weakness was found: the lowest of so many cells may be this low by chance.';
  return written
    ? `${what} The request says so.`
    : `${what}\nNo request was made; --anyway makes one for the lowest cell, --task and --tokens for another.`;
}

async function run(place: string, flags: DiagnoseFlags, terminal: Terminal): Promise<void> {
  const { task, tokens, samples, out, anyway, format } = flags;
  if (task === undefined && tokens !== undefined)
    throw new UsageError('tokens-task', '--tokens: goes with --task', 'Give --task T3 --tokens 8K-16K.');
  const diagnosis = diagnose(await outcomesOf(place), flags);
  const cell =
    task === undefined
      ? diagnosis.weakest
      : chooseCell(diagnosis, { task, ...(tokens === undefined ? {} : { tokens }) });
  const chosen = task !== undefined;
  const wanted = cell.clear || chosen || anyway === true;
  const request = dataRequest(cell, samples);
  if (wanted && out !== undefined) await writeRecord(out, request);
  if (format === 'json') terminal.out(`${JSON.stringify({ ...diagnosis, request: wanted ? request : null })}\n`);
  if (format === 'human')
    terminal.out(`${tableOf(diagnosis)}\n\n${request.reason}.\n${verdictOf(cell, chosen, wanted)}\n`);
}

/** Writes no request where no weakness is clear, unless `--task` or `--anyway` asks for one. */
export function registerDiagnose(command: Command, terminal: Terminal): void {
  command
    .argument('<run>', 'directory of `eval run`, `train` or `quickstart`')
    .option('--samples <n>', 'samples to ask for', wholeNumber('--samples', 1), 500)
    .option(
      '--task <id>',
      'ask for this task instead of the weakest cell: its weakest length, or --tokens',
      parseTaskId,
    )
    .option('--tokens <range>', 'with --task: a length of the table, e.g. 8K-16K')
    .option('--anyway', 'make a request for the lowest cell where no weakness is clear')
    .option('--least-samples <n>', 'responses that a cell needs to be named', wholeNumber('--least-samples', 1), 20)
    .option('--seed <n>', 'seed of the intervals', wholeNumber('--seed'), 1)
    .option('--out <file>', 'write the request as JSON')
    .option('--format <name>', formats.join(' | '), choice('--format', formats), 'human')
    .action((place: string, flags: DiagnoseFlags) => run(place, flags, terminal));
}
