/**
 * @file `golongrl advantage`: the advantages of each batch of a JSON Lines file under an estimator.
 */

import type { Command } from 'commander';
import type { AdvantageBatch, AdvantageOptions } from '../advantages/advantage.ts';
import { advantages, type EstimatorName, estimatorNames, parseEstimatorName } from '../advantages/registry.ts';
import { InputError } from '../errors.ts';
import { isRecord } from '../json.ts';
import { BadRows, exitCodeHelp } from './shared/bad-rows.ts';
import { choice, decimal, type Format, formats } from './shared/options.ts';
import type { Terminal } from './shared/terminal.ts';

interface BatchRow {
  readonly batch: AdvantageBatch;
  readonly options: AdvantageOptions;
}

const bad = (message: string): InputError => new InputError('row-invalid', message);

function listOf<T>(value: unknown, name: string, isItem: (item: unknown) => item is T, expected: string): T[] {
  if (!Array.isArray(value) || !value.every(isItem)) throw bad(`${name}: expected a list of ${expected}`);
  return value;
}

const isNumber = (value: unknown): value is number => typeof value === 'number';
const isString = (value: unknown): value is string => typeof value === 'string';
const isKey = (value: unknown): value is string | number => isString(value) || isNumber(value);

function optional(value: unknown, name: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isNumber(value) || !Number.isFinite(value)) throw bad(`${name}: expected a number`);
  return value;
}

/** `{rewards, prompt_ids, tasks}` with `alpha` and `gamma` where the row states them. @throws InputError */
export function readBatchRow(json: unknown): BatchRow {
  if (!isRecord(json)) throw bad('expected a JSON object');
  const row = json;
  return {
    batch: {
      rewards: listOf(row.rewards, 'rewards', isNumber, 'numbers'),
      prompts: listOf(row.prompt_ids ?? row.prompts, 'prompt_ids', isKey, 'strings or numbers'),
      tasks: listOf(row.tasks, 'tasks', isString, 'strings'),
    },
    options: { alpha: optional(row.alpha, 'alpha'), gamma: optional(row.gamma, 'gamma') },
  };
}

interface AdvantageFlags {
  readonly estimator: EstimatorName;
  /** For rows that state none. */
  readonly alpha?: number;
  readonly gamma?: number;
  readonly out?: string;
  readonly format: Format;
}

async function advantageFile(file: string, flags: AdvantageFlags, terminal: Terminal): Promise<void> {
  const { openRows, readRows } = await import('./shared/rows.ts');
  const writer = await openRows(flags.out, terminal);
  let rows = 0;
  let errors = 0;
  let first: string | undefined;
  try {
    for await (const row of readRows(file, (json) => {
      const { batch, options } = readBatchRow(json);
      const { alpha = flags.alpha, gamma = flags.gamma } = options;
      return advantages(flags.estimator, batch, { alpha, gamma });
    })) {
      rows++;
      if ('error' in row) {
        errors++;
        first ??= `${file}:${row.line}: ${row.error}`;
        terminal.err(`${file}:${row.line}: not a batch: ${row.error}\n`);
        await writer.write({ advantages: null, meanPassRate: null, error: row.error });
        continue;
      }
      const { meanPassRate } = row.value;
      await writer.write({
        advantages: Array.from(row.value.advantages),
        meanPassRate: Number.isNaN(meanPassRate) ? null : meanPassRate,
      });
    }
    await writer.finish();
  } catch (error) {
    await writer.abandon();
    throw error;
  }
  if (flags.format === 'human') terminal.err(`${rows} batches, ${errors} with errors\n`);
  if (flags.format === 'json' && flags.out !== undefined)
    terminal.out(`${JSON.stringify({ rows, errors, out: flags.out })}\n`);
  if (errors > 0) throw new BadRows(errors, rows, first);
}

/** Writes a row for each batch; exit code 3 where some line was no batch. */
export function register(command: Command, terminal: Terminal): void {
  command
    .argument('<file>', 'JSON Lines file')
    .option('--estimator <name>', estimatorNames.join(' | '), parseEstimatorName, 'tmn-reweight')
    .option('--alpha <share>', "weight of a prompt's own mean, where a row states none (0.8)", decimal('--alpha', 0, 1))
    .option('--gamma <n>', 'strength of the reweighting, where a row states none (1)', decimal('--gamma'))
    .option('--out <file>', 'where the results go; stdout by default')
    .option('--format <name>', formats.join(' | '), choice('--format', formats), 'human')
    .addHelpText('after', exitCodeHelp)
    .action((file: string, flags: AdvantageFlags) => advantageFile(file, flags, terminal));
}
