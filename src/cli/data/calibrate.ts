/**
 * @file `golongrl data calibrate`: the difficulty of a dataset that exists, by rollouts of any model, and the samples that bring
 * easy, medium and hard to a ratio.
 */

import type { Command } from 'commander';
import { computeDevices } from '../../engine/local/compute.ts';
import { UsageError } from '../../errors.ts';
import { choice, formats, jsonFields, nameList, wholeNumber } from '../shared/options.ts';
import type { Terminal } from '../shared/terminal.ts';
import { watching } from '../shared/watching.ts';
import type { CalibrateFlags } from './calibrate-dataset.ts';

const help = `
A rollout passes at reward 1 (summaries: 0.3). Of the weak model's, more than 0.75 passing is easy, 0.5 to 0.75 medium; the rest goes to
the strong model: more than 0.75 medium, 0.25 to 0.75 hard, less is left out. Without --strong, what the weak model leaves unsolved is
left out.

Examples:
  golongrl data calibrate dataset --weak models/micro --limit 200 --out calibrated
  golongrl data calibrate dataset --weak http://127.0.0.1:8000/v1 --weak-model small --strong https://example.org/v1 --strong-model big
  golongrl data calibrate dataset ... --resume     go on after a kill; only what has no reply is asked
`;

function ratio(text: string): readonly [number, number, number] {
  const parts = text.split(':').map(Number);
  const [easy, medium, hard] = parts;
  const whole = parts.length === 3 && parts.every((part) => Number.isFinite(part) && part >= 0) && parts.some(Boolean);
  if (whole && easy !== undefined && medium !== undefined && hard !== undefined) return [easy, medium, hard];
  throw new UsageError('not-a-ratio', `--ratio: got "${text}", expected easy:medium:hard, e.g. 3:6:1`);
}

function temperature(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0) return value;
  throw new UsageError('not-a-number', `--temperature: got "${text}", expected a number of at least 0`);
}

/** Replies and labels go to `<out>-work`, so that `--resume` asks only what has no reply. */
export function registerCalibrate(command: Command, terminal: Terminal): void {
  command
    .argument('<dataset>', 'a dataset folder')
    .requiredOption('--weak <model>', 'address of an endpoint, or a model folder for the embedded engine')
    .option('--weak-model <name>', 'its name at the endpoint', 'default')
    .option('--strong <model>', 'the model that gets what the weak one leaves unsolved')
    .option('--strong-model <name>', 'its name at the endpoint', 'default')
    .option('--api-key-env <name>', 'environment variable that holds the API key', 'OPENAI_API_KEY')
    .option('--thinking-tokens <n>', 'room for thoughts beside a response', wholeNumber('--thinking-tokens'))
    .option('--extra-body <json>', 'fields to add to each request, or to replace', jsonFields('--extra-body'))
    .option('--omit <list>', 'fields to leave out of each request, e.g. seed,top_p', nameList)
    .option(
      '--device <name>',
      `where the embedded engine computes: ${computeDevices.join(' | ')}`,
      choice('--device', computeDevices),
    )
    .option('--rollouts <n>', 'rollouts of each sample', wholeNumber('--rollouts', 1), 8)
    .option('--max-tokens <n>', 'longest response', wholeNumber('--max-tokens', 1), 2048)
    .option('--temperature <n>', 'temperature of the rollouts', temperature, 1)
    .option('--seed <n>', 'seed of the rollouts', wholeNumber('--seed'), 7)
    .option('--parallel <n>', 'samples under way at once', wholeNumber('--parallel', 1), 8)
    .option('--attempts <n>', 'tries of one request', wholeNumber('--attempts', 1), 8)
    .option('--ratio <easy:medium:hard>', 'what the chosen samples come to', ratio, [3, 6, 1] as const)
    .option('--all', 'keep every sample that has a label, in any ratio')
    .option('--limit <n>', 'only the first samples', wholeNumber('--limit', 1))
    .option('--token-budget <n>', 'most tokens that may be spent, all runs together', wholeNumber('--token-budget'))
    .option('--out <dir>', 'where to write the calibrated dataset', 'calibrated')
    .option('--resume', 'go on with a calibration that was killed')
    .option('--overwrite', 'replace a dataset in the same place')
    .option('--format <format>', `result on stdout: ${formats.join(' | ')}`, choice('--format', formats), 'human')
    .addHelpText('after', help)
    .action((dataset: string, flags: CalibrateFlags) => calibrate(dataset, flags, terminal));
}

async function calibrate(dataset: string, flags: CalibrateFlags, terminal: Terminal): Promise<void> {
  const { out, format } = flags;
  const { lines, ...report } = await watching(terminal, format, async (line) => {
    line.start('Open models');
    const { calibrateDataset } = await import('./calibrate-dataset.ts');
    return await calibrateDataset(dataset, flags, line, terminal);
  });
  if (format === 'json') terminal.out(`${JSON.stringify({ out, ...report })}\n`);
  else if (format === 'quiet') terminal.out(`${out}\n`);
  else terminal.out(`${lines.join('\n')}\n`);
}
