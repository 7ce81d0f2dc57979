/**
 * @file `golongrl train CONFIG` and `golongrl sft CONFIG`, on the same configuration: parse, run, render. Every field of the
 * configuration is a dotted flag.
 */

import { basename, dirname, extname, join } from 'node:path';
import { type Command, Option } from 'commander';
import { estimatorNames } from '../advantages/registry.ts';
import { InputError, UsageError } from '../errors.ts';
import { percent } from '../format.ts';
import type { Plan } from '../planning/plan.ts';
import { readText } from '../storage/files.ts';
import type { TrackerName } from '../trackers/names.ts';
import { configFields, formatConfig, parseConfig } from '../training/parse-config.ts';
import { ensureEngine } from './shared/ensure-engine.ts';
import { Interruption, interruptible } from './shared/interrupt.ts';
import { choice, formats, ifExistsRule, type OutputFlags, wholeNumber } from './shared/options.ts';
import { progress } from './shared/progress.ts';
import { progressLine } from './shared/progress-line.ts';
import { followerOf, reported, reportToHelp, reportToList } from './shared/report-to.ts';
import { printResult } from './shared/result.ts';
import type { Terminal } from './shared/terminal.ts';
import { studioFlag, withStudio } from './shared/with-studio.ts';

interface Flags extends OutputFlags, Readonly<Record<string, unknown>> {
  readonly out?: string;
  readonly estimator?: string;
  readonly reportTo?: readonly TrackerName[];
}

const help = `
A configuration needs a policy and samples; everything else has the paper's value, or for the policy "micro" one for two cores (preset):
  model: micro
  data:
    train: dataset/native/train.jsonl
    heldout: dataset/native/heldout.jsonl
Paths are relative to the configuration file. Flags win over the file:
  golongrl train config.yaml --estimator grpo --optimizer.learningRate 1e-4
  golongrl train --resume runs/config
`;

const supervisedHelp = `
For a policy that does not write [Answer] by itself: a supervised start on the gold answers of data.train. The same
configuration then trains on:
  golongrl sft config.yaml --sft.steps 60
  golongrl train config.yaml --model runs/config-sft/checkpoints/step-000060
`;

type Kind = 'train' | 'sft';

/** Exit code 130 when interrupted: `--resume` continues the run. */
export function registerTrain(command: Command, terminal: Terminal): void {
  register(command, terminal, 'train');
  command
    .option(
      '--estimator <name>',
      `short for --advantage.type: ${estimatorNames.join(' | ')}`,
      choice('--estimator', estimatorNames),
    )
    .addHelpText('after', help);
}

/** Has no `--estimator`; the other flags are those of `train`. Exit code 130 when interrupted. */
export function registerSft(command: Command, terminal: Terminal): void {
  register(command, terminal, 'sft');
  command.addHelpText('after', supervisedHelp);
}

/** What both commands take. */
function register(command: Command, terminal: Terminal, kind: Kind): void {
  const suffix = kind === 'sft' ? '-sft' : '';
  command
    .argument('[config]', 'configuration (YAML); not needed with --resume')
    .option('--out <dir>', `run directory (default runs/<name of the configuration>${suffix})`)
    .option('--limit <n>', 'short for --data.limit: training samples at most', wholeNumber('--limit', 1))
    .option('--resume [dir]', 'continue a run; it keeps its configuration')
    .option('--overwrite', 'start anew in a directory that holds a run')
    .option(...studioFlag)
    .option(
      '--dry-run',
      'check configuration and samples, print the plan and the complete configuration, train nothing',
    )
    .option('--report-to <list>', `curves also on ${reportToHelp}`, reportToList)
    .option('--format <format>', `result on stdout: ${formats.join(' | ')}`, choice('--format', formats), 'human')
    .action((config: string | undefined, flags: Flags) => runTrain(kind, config, flags, terminal));
  for (const field of configFields()) {
    const choices = field.choices === undefined ? '' : `: ${field.choices.join(' | ')}`;
    const fallback = field.default === undefined ? '' : ` (default ${JSON.stringify(field.default)})`;
    command.addOption(
      new Option(`--${field.path} <value>`, `${field.description.replace(/\.$/, '')}${choices}${fallback}`).helpGroup(
        'Configuration:',
      ),
    );
  }
}

/** The dotted flags that were given, by their path in the configuration. */
function overridesOf(command: Flags): Record<string, string> {
  const given = configFields().flatMap(({ path }) => {
    const value = command[path];
    return value === undefined ? [] : [[path, String(value)] as const];
  });
  return {
    ...(command.estimator === undefined ? {} : { 'advantage.type': command.estimator }),
    ...(command.limit === undefined ? {} : { 'data.limit': String(command.limit) }),
    ...Object.fromEntries(given),
  };
}

async function planned(plan: Plan | undefined): Promise<string[]> {
  if (plan === undefined) return ['no plan: the shape of the model is unknown'];
  const { planLines } = await import('../planning/plan-text.ts');
  return planLines(plan);
}

async function runTrain(kind: Kind, file: string | undefined, flags: Flags, terminal: Terminal): Promise<void> {
  const start = performance.now();
  const overrides = overridesOf(flags);
  const ifExists = ifExistsRule(flags);
  const resumed = typeof flags.resume === 'string' ? flags.resume : undefined;
  if (ifExists === 'resume' && Object.keys(overrides).length > 0) {
    throw new UsageError('resume-fixed', '--resume takes the configuration of the run; it goes with no other setting.');
  }
  if (file === undefined && resumed === undefined) {
    throw new UsageError(
      'config-missing',
      `${kind}: got no configuration.`,
      `Give a file (golongrl ${kind} config.yaml) or --resume DIR.`,
    );
  }
  const out =
    resumed ?? flags.out ?? join('runs', basename(file ?? '', extname(file ?? '')) + (kind === 'sft' ? '-sft' : ''));
  const source = resumed === undefined ? (file ?? '') : join(resumed, 'config.yaml');
  const text = await readText(source).catch((error: unknown) => {
    if (!(error instanceof InputError) || error.code !== 'file-missing' || resumed !== undefined) throw error;
    throw new InputError(error.code, error.message, 'Check the path, or have one written: golongrl init', {
      cause: error,
    });
  });
  const config = parseConfig(text, { file: source, overrides });
  const options = { kind, out, ifExists, config, base: dirname(source), dryRun: flags.dryRun ?? false };
  const onEvent = flags.format === 'quiet' ? () => undefined : progress(terminal);
  const ask = terminal.askIfExists;
  if (config.engine === 'local' && !options.dryRun) await ensureEngine(terminal);
  // Large files take their time, and nobody should wait without a sign.
  if (flags.format !== 'quiet' && !options.dryRun) progressLine(terminal).start('Read samples');
  const { trainFromConfig } = await import('../experiment/train-from-config.ts');
  const follower = await followerOf(out, flags.reportTo ?? [], terminal);
  const result = await withStudio({ wanted: flags.studio === true, run: options.out }, terminal, () =>
    interruptible(terminal, `golongrl ${kind} --resume ${out}`, (signal) =>
      reported(follower, onEvent, (listener) => trainFromConfig({ ...options, ask, onEvent: listener, signal })),
    ),
  );
  if (result.kind === 'dry-run') {
    const head = [
      `${out}: ${result.train} training samples, ${result.heldout} held-out ones`,
      ...(kind === 'train' ? await planned(result.plan) : []),
    ];
    terminal.out(`${head.map((line) => `# ${line}`.trimEnd()).join('\n')}\n${formatConfig(config)}`);
    if (result.refusal !== undefined) throw result.refusal;
    return;
  }
  if (result.report === undefined) {
    throw new Interruption(
      `Interrupted after step ${result.step}; everything so far is saved. Continue with: golongrl ${kind} --resume ${out}`,
    );
  }
  const { answered } = result;
  if (kind === 'sft' && answered && flags.format === 'human') {
    terminal.out(
      `Responses with [Answer] at T 1.0: ${percent(answered.before)} before, ${percent(answered.after)} after.\n`,
    );
  }
  await printResult(terminal, flags.format, {
    seconds: (performance.now() - start) / 1000,
    report: result.report,
  });
}
