/**
 * @file `golongrl data lint`: the known ways in which a dataset teaches the wrong thing, each counted and judged.
 */
import type { Command } from 'commander';
import { z } from 'zod';
import { GolongrlError, InputError, UsageError } from '../../errors.ts';
import { jsonText } from '../../records/parse-json.ts';
import { goodRows, readFileRows } from '../../records/read-rows.ts';
import { defaultLintSettings, type LintSettings } from '../../refinement/lint/lint.ts';
import { lintDataset } from '../../refinement/lint/lint-dataset.ts';
import { profiles } from '../../rewards/index.ts';
import { sampleCount, samplesOf } from '../../samples/samples-of.ts';
import { textTable } from '../../text-table.ts';
import { choice, type Format, formats, wholeNumber } from '../shared/options.ts';
import type { ProgressLine } from '../shared/progress-line.ts';
import type { Terminal } from '../shared/terminal.ts';
import { counted, watching } from '../shared/watching.ts';

interface Flags extends Omit<LintSettings, 'closedBook'> {
  readonly closedBook?: string;
  readonly format: Format;
}

const answerSchema = z.looseObject({ id: z.string(), reward: z.number().min(0).max(1) });

/** A cell of CSV is a text. */
const cellNumber = (value: unknown): unknown =>
  typeof value === 'string' && value.trim() !== '' ? Number(value) : value;

/** Rewards by sample id. @throws InputError naming file and line. */
async function readAnswers(file: string, line: ProgressLine): Promise<Map<string, number[]>> {
  const rewards = new Map<string, number[]>();
  const rows = goodRows(readFileRows(file, { otherwise: 'jsonl' }));
  for await (const { value, line: at } of counted(line, 'Read answers', rows)) {
    const parsed = answerSchema.safeParse({ ...value, reward: cellNumber(value.reward) });
    if (!parsed.success) {
      throw new InputError(
        'answer-invalid',
        `${file}:${at}: got ${jsonText(value).slice(0, 60)}, expected {"id": sample id, "reward": 0 to 1}`,
      );
    }
    const { id, reward } = parsed.data;
    rewards.set(id, [...(rewards.get(id) ?? []), reward]);
  }
  return rewards;
}

async function run(place: string, { closedBook, format, ...settings }: Flags, terminal: Terminal): Promise<void> {
  const report = await watching(terminal, format, async (line) => {
    const answers = closedBook === undefined ? new Map<string, number[]>() : await readAnswers(closedBook, line);
    const samples = counted(line, 'Lint', samplesOf(place), await sampleCount(place));
    return await lintDataset(samples, { ...settings, closedBook: answers });
  });
  if (report.samples === 0) throw new InputError('dataset-empty', `${place}: got no samples, expected at least one`);
  if (format === 'json') terminal.out(`${JSON.stringify(report)}\n`);
  if (format === 'human') {
    const rows = report.lints.map(({ lint, verdict, samples }) => [lint, verdict, String(samples)]);
    const words = report.lints.map(({ lint, summary }) => `${lint}: ${summary}`);
    terminal.out(`${textTable([['lint', 'verdict', 'samples'], ...rows])}\n\n${words.join('\n')}\n`);
  }
  if (report.failed.length > 0) {
    throw new GolongrlError('lint-failed', `${place}: ${report.failed.join(', ')} failed`);
  }
}

/** A share from 0 to 1. */
const share =
  (flag: string) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= 0 && value <= 1)) {
      throw new UsageError('not-a-share', `${flag}: got "${text}", expected a number from 0 to 1.`);
    }
    return value;
  };

/** Exit code 1 where a lint failed: meant as a gate in scripts. */
export function registerLint(command: Command, terminal: Terminal): void {
  const { alpha, minSamples, maxTenth, maxOverlap, maxHack, maxClosedBook, profile } = defaultLintSettings;
  command
    .argument('<path>', 'dataset directory, or a file of native samples (JSON lines)')
    .option('--alpha <p>', 'letters and lengths: probability below which it is not chance', share('--alpha'), alpha)
    .option('--min-samples <n>', 'fewer are not judged', wholeNumber('--min-samples', 1), minSamples)
    .option('--max-tenth <share>', 'evidence in one tenth of the prompts', share('--max-tenth'), maxTenth)
    .option('--max-overlap <share>', 'answers that stand in their question', share('--max-overlap'), maxOverlap)
    .option('--max-hack <reward>', 'mean reward of a blind policy in one task', share('--max-hack'), maxHack)
    .option('--max-closed-book <share>', 'passes without context', share('--max-closed-book'), maxClosedBook)
    .option(
      '--closed-book <file>',
      'answers given without context: rows with id and reward, in any format that is read',
    )
    .option('--profile <name>', profiles.join(' | '), choice('--profile', profiles), profile)
    .option('--format <name>', formats.join(' | '), choice('--format', formats), 'human')
    .addHelpText(
      'after',
      '\nExit code: 0 no lint failed; 1 a lint failed, or the dataset cannot be read; 2 wrong usage.',
    )
    .action((place: string, flags: Flags) => run(place, flags, terminal));
}
