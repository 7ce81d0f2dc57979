import path from 'node:path';
import type { Command } from 'commander';
import { trainFromConfig } from '../../experiment/train-from-config.ts';
import { validationConfig, validationSamples } from '../../experiment/validate-config.ts';
import { readManifest } from '../../samples/write-dataset.ts';
import { readText } from '../../storage/files.ts';
import { formatConfig } from '../../training/parse-config.ts';
import { Interruption, interruptible } from '../shared/interrupt.ts';
import { choice, formats, ifExistsRule, type OutputFlags, wholeNumber } from '../shared/options.ts';
import { progress } from '../shared/progress.ts';
import { printResult } from '../shared/result.ts';
import type { Terminal } from '../shared/terminal.ts';

interface Flags extends OutputFlags {
  readonly samples: number;
  readonly model?: string;
  readonly engine?: string;
  readonly steps?: number;
  readonly seed?: number;
  readonly config?: string;
  readonly out?: string;
}

async function validate(dataset: string, flags: Flags, terminal: Terminal): Promise<void> {
  const start = performance.now();
  // A dataset without a manifest is not complete.
  await readManifest(dataset);
  const file = flags.config;
  const text = file === undefined ? undefined : await readText(file);
  const config = validationConfig({ ...flags, dataset, config: text });
  const out = flags.out ?? path.join('runs', `validate-${path.basename(path.resolve(dataset))}`);
  const ifExists = ifExistsRule(flags);
  const onEvent = flags.format === 'quiet' ? () => undefined : progress(terminal);
  const options = {
    kind: 'train' as const,
    out,
    config,
    base: '.',
    ifExists,
    ask: terminal.askIfExists,
    dryRun: flags.dryRun ?? false,
    onEvent,
  };
  const result = await interruptible(terminal, `golongrl train --resume ${out}`, (signal) =>
    trainFromConfig({ ...options, signal }),
  );
  if (result.kind === 'dry-run') {
    terminal.out(
      `# ${out}: ${result.train} training samples, ${result.heldout} held-out ones\n${formatConfig(config)}`,
    );
    return;
  }
  if (result.report === undefined)
    throw new Interruption(
      `Interrupted after step ${result.step}; everything so far is saved. Continue with: golongrl train --resume ${out}`,
    );
  const seconds = (performance.now() - start) / 1000;
  await printResult(terminal, flags.format, { seconds, report: result.report });
}

/** A training run with its own `--out`; exit code 130 when it was interrupted, and `train --resume` continues it. */
export function registerValidate(command: Command, terminal: Terminal): void {
  command
    .argument('<dataset>', 'dataset directory')
    .option('--samples <n>', 'training samples at most', wholeNumber('--samples', 1), validationSamples)
    .option('--model <path>', 'policy (default micro, the one that comes with golongrl)')
    .option('--engine <spec>', 'local, or tinker:URL')
    .option('--steps <n>', 'optimizer steps', wholeNumber('--steps', 1))
    .option('--seed <n>', 'seed of the subset and of the run', wholeNumber('--seed'))
    .option('--config <file>', 'training configuration for a policy of your own; its data section does not count')
    .option('--out <dir>', 'run directory (default runs/validate-<dataset>)')
    .option('--resume', 'continue the run in the same place')
    .option('--overwrite', 'start anew in a directory that holds a run')
    .option('--dry-run', 'print the configuration, train nothing')
    .option('--format <format>', `result on stdout: ${formats.join(' | ')}`, choice('--format', formats), 'human')
    .action((dataset: string, flags: Flags) => validate(dataset, flags, terminal));
}
