/**
 * @file `golongrl audit`: is a dataset with its reward worth training on? What right answers lose, what near misses earn, what is earned
 * without reading, by task and generator.
 */
import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import { readerNames } from '../audit/readers/readers.ts';
import {
  type AuditLimits,
  type AuditReport,
  defaultLimits,
  type GroupFinding,
  type Tally,
  type WorstAnswer,
} from '../audit/report.ts';
import { GolongrlError, InputError } from '../errors.ts';
import { percent } from '../format.ts';
import { type Profile, profiles } from '../rewards/reward.ts';
import { type Metric, metrics } from '../tasks/task.ts';
import { textTable } from '../text-table.ts';
import { choice, decimal, type Format, formats, wholeNumber } from './shared/options.ts';
import { progressLine } from './shared/progress-line.ts';
import type { Terminal } from './shared/terminal.ts';

interface Flags extends AuditLimits {
  readonly metric?: Metric;
  readonly profile: Profile;
  readonly limit: number;
  readonly seed: number;
  readonly worst: number;
  readonly workers: number;
  readonly out?: string;
  readonly format: Format;
}

/** Most reasons why rows are no samples that a report holds. */
const mostReasons = 20;

/** Of the samples that are tried; gone when all are. */
function auditProgress(terminal: Terminal): (done: number, total: number) => void {
  const line = progressLine(terminal);
  line.start('Audit');
  return (done, total) => (done < total ? line.show({ done, total }) : line.clear());
}

const share = ({ bad, tried }: Tally): string => (tried === 0 ? '' : percent(bad / tried, 1));
const shareByPaper = ({ badByPaper, tried }: Tally): string => (tried === 0 ? '' : percent(badByPaper / tried, 1));

const cells = ({ right, wrong }: Pick<GroupFinding, 'right' | 'wrong'>): string[] => [
  share(right),
  shareByPaper(right),
  share(wrong),
  shareByPaper(wrong),
];

const oneLine = (text: string, most: number): string => {
  const line = text.replace(/\s+/g, ' ');
  return line.length > most ? `${line.slice(0, most)}…` : line;
};

const worstLine = ({ side, kind, id, task, generator, gold, response, score, reason }: WorstAnswer): string =>
  `${side === 'wrong' ? 'paid wrongly' : 'not paid'} ${score.toFixed(2)}: ${task} ${generator} ${id} (${kind})\n` +
  `  gold ${oneLine(gold, 100)}\n  said ${oneLine(response.replace(/<think>.*?<\/think>/s, ''), 140)}\n  ${oneLine(reason, 140)}`;

/** The report for a person. */
export function auditText(report: AuditReport): string {
  const head = [
    'task',
    'generator',
    'samples',
    'right lost',
    'by paper',
    'wrong paid',
    'by paper',
    'blind',
    'blind policy',
  ];
  const rows = report.groups.map(({ task, generator, samples, blind, ...rest }) => [
    task,
    oneLine(generator, 40),
    String(samples),
    ...cells(rest),
    blind.reward.toFixed(2),
    oneLine(blind.policy, 60),
  ]);
  const tasks = report.tasks.map(({ task, samples, blind, ...rest }) => [
    task,
    'all',
    String(samples),
    ...cells(rest),
    blind.toFixed(2),
    '',
  ]);
  const readers = [...report.groups, ...report.tasks.map((task) => ({ ...task, generator: 'all' }))].map((finding) => [
    finding.task,
    oneLine(finding.generator, 40),
    ...readerNames.map((name) => finding.readers[name].toFixed(2)),
  ]);
  const lints = report.groups.flatMap(({ task, generator, tried, lints: found }) =>
    found.map(({ lint, samples, example, id }) => [
      task,
      oneLine(generator, 40),
      lint,
      `${samples} of ${tried}`,
      oneLine(example, 60),
      id,
    ]),
  );
  const kinds = report.kinds
    .filter(({ bad }) => bad > 0)
    .map(
      ({ side, kind, bad, tried }) => `${side === 'right' ? 'not paid' : 'paid wrongly'}: ${kind} ${bad} of ${tried}`,
    );
  const left = [0, 1, 8];
  const parts = [
    textTable([head, ...rows], left),
    textTable([head, ...tasks], left),
    textTable([['task', 'generator', ...readerNames], ...readers], [0, 1]),
    lints.length === 0
      ? ''
      : textTable(
          [['task', 'generator', 'a reader stumbles over', 'samples', 'as in', 'sample'], ...lints],
          [0, 1, 2, 4, 5],
        ),
    kinds.join('\n'),
    report.worst.map(worstLine).join('\n'),
    report.skipped.rows === 0
      ? ''
      : `${report.skipped.rows} rows are no samples:\n${report.skipped.reasons.join('\n')}`,
    `${report.samples} samples, ${report.tried} tried under ${report.profile}, seed ${report.seed}`,
    report.over.length === 0 ? 'Nothing is over its limit.' : `Over the limits:\n${report.over.join('\n')}`,
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

async function run(place: string, flags: Flags, terminal: Terminal): Promise<void> {
  const { audit, scoreHere, sourcesOf } = await import('../audit/index.ts');
  const { openRewardPool } = await import('../rewards/pool/pool.ts');
  const { metric, workers, out, format, ...options } = flags;
  const skipped = { rows: 0, reasons: [] as string[] };
  const onSkip = (line: number | undefined, reason: string): void => {
    if (skipped.rows++ < mostReasons) skipped.reasons.push(`${place}:${line ?? ''}: ${reason}`);
  };
  const pool = workers === 0 ? undefined : openRewardPool({ workers, deadline: 2000 });
  try {
    const report = await audit(sourcesOf(place, { metric, onSkip }), {
      ...options,
      score: pool === undefined ? scoreHere : (jobs) => pool.score(jobs),
      skipped: () => skipped,
      onProgress: auditProgress(terminal),
    });
    if (report.samples === 0)
      throw new InputError(
        'dataset-empty',
        `${place}: got no samples, expected at least one${skipped.reasons[0] === undefined ? '' : ` (${skipped.reasons[0]})`}`,
      );
    const { writeRecord } = await import('../storage/record.ts');
    if (out !== undefined) await writeRecord(out, report);
    if (format === 'json') terminal.out(`${JSON.stringify(report)}\n`);
    if (format === 'human') terminal.out(`${auditText(report)}\n`);
    if (report.over.length > 0)
      throw new GolongrlError('audit-failed', `${place}: ${report.over.length} findings are over their limits`);
  } finally {
    await pool?.close();
  }
}

/** Registers the command. */
export function register(command: Command, terminal: Terminal): void {
  const { maxLost, maxGained, maxBlind, minSamples, maxLinted } = defaultLimits;
  const part = (flag: string) => decimal(flag, 0, 1);
  command
    .argument(
      '<path>',
      'dataset directory, or a file of rows of any trainer: native samples, verl records, prompt and gold',
    )
    .option('--metric <name>', `of rows that name none: ${metrics.join(' | ')}`, choice('--metric', metrics))
    .option('--profile <name>', profiles.join(' | '), choice('--profile', profiles), 'hardened')
    .option('--limit <n>', 'samples of each generator that are tried', wholeNumber('--limit', 2), 100)
    .option('--seed <n>', 'of the draws: samples, halves, random orders', wholeNumber('--seed'), 7)
    .option('--max-lost <share>', 'right answers that earn under 0.5', part('--max-lost'), maxLost)
    .option('--max-gained <share>', 'wrong answers that earn more than 0.5', part('--max-gained'), maxGained)
    .option('--max-blind <reward>', 'mean reward of who reads nothing, by generator', part('--max-blind'), maxBlind)
    .option('--min-samples <n>', 'generators with fewer are not judged', wholeNumber('--min-samples', 1), minSamples)
    .option('--max-linted <share>', 'samples that one lint finds fault with', part('--max-linted'), maxLinted)
    .option('--worst <n>', 'badly judged answers that are named', wholeNumber('--worst'), 20)
    .option(
      '--workers <n>',
      'threads that score; 0 scores in this process without a deadline',
      wholeNumber('--workers'),
      Math.max(1, availableParallelism() - 1),
    )
    .option('--out <file>', 'write the whole report as JSON')
    .option('--format <name>', formats.join(' | '), choice('--format', formats), 'human')
    .addHelpText(
      'after',
      '\nExit code: 0 nothing is over its limit; 1 something is, or the dataset cannot be read; 2 wrong usage.',
    )
    .action((place: string, flags: Flags) => run(place, flags, terminal));
}
