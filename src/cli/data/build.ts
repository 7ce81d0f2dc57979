/**
 * @file `golongrl data build`: parse, build, render.
 */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { checkSameBuild, documentsFingerprint, readBuildRecord, writeBuildRecord } from '../../build/build-record.ts';
import { makeDataset } from '../../build/make-dataset.ts';
import { makeMixture } from '../../build/make-mixture.ts';
import { journalFile } from '../../build/places-journal.ts';
import { previewBuild, previewLines } from '../../build/preview-build.ts';
import { mixtureNames, planMixture } from '../../construction/mixture/mixture.ts';
import { parseShard, shardName } from '../../construction/mixture/shard.ts';
import { selectionLines } from '../../corpus/select.ts';
import { UsageError } from '../../errors.ts';
import { quickstartSizes } from '../../experiment/quickstart.ts';
import type { StageContext } from '../../runs/events.ts';
import { versions } from '../../runs/versions.ts';
import type { Sample } from '../../samples/sample.ts';
import { SampleCounter, type SampleSummary } from '../../samples/sample-counter.ts';
import { datasetExists, datasetState } from '../../samples/write-dataset.ts';
import { taskIds } from '../../tasks/task.ts';
import { choice, type Format, formats, ifExistsRule, wholeNumber } from '../shared/options.ts';
import { progress } from '../shared/progress.ts';
import type { Terminal } from '../shared/terminal.ts';
import { buildFromConfig } from './build-llm.ts';
import { checkResume, selectDocumentsOf, settingsOf } from './build-settings.ts';
import { samplesOf } from './inspect.ts';
import { buildOneShard, holdsShard, type ShardFlags } from './shard.ts';
import { buildSupplement, type SupplementFlags } from './supplement.ts';

interface Flags extends ShardFlags, SupplementFlags {}

const help = `
Examples:
  golongrl data build --dry-run                which documents serve which task, how many samples, how long
  golongrl data build --docs texts --licence CC-BY-4.0 --out dataset
  golongrl data build --preset balanced --samples 5400 --shard 2/5 --out shards/2
  golongrl data build --request request.json --base dataset --out dataset-2
  golongrl data build --resume dataset         complete a build that was killed, with its own settings
`;

export function registerBuild(command: Command, terminal: Terminal): void {
  command
    .argument('[config]', 'YAML of the LLM track: endpoints, judge, cascade, budget (docs/llm-track.md)')
    .option(
      '--docs <path>',
      'your own documents: a file (txt, md, html, jsonl, csv, parquet, epub, pdf, also .gz), folder or pattern (default: those that come with the package)',
    )
    .option('--licence <name>', 'licence of your documents, as an SPDX identifier')
    .option('--out <dir>', 'where to write the dataset', 'dataset')
    .option('--seed <n>', 'seed of every draw (default 7)', wholeNumber('--seed'))
    .option(
      '--short <n>',
      `short training samples; a fifth as many are held out (default ${quickstartSizes.train})`,
      sampleNumber('--short'),
    )
    .option('--long <n>', `long samples, 8K to 128K tokens (default ${quickstartSizes.long})`, sampleNumber('--long'))
    .option(
      '--preset <name>',
      `mixture of all generators and of lengths from 0.1K to 256K tokens, instead of --short and --long: ${mixtureNames.join(' | ')}`,
      choice('--preset', mixtureNames),
    )
    .option('--samples <n>', 'samples of the mixture (default 2700)', wholeNumber('--samples', 9))
    .option('--shard <i/n>', 'build only the i-th of n parts of the mixture; `data merge` joins them', parseShard)
    .option('--request <file>', 'add to --base what `data diagnose` asked for; --out is the next version')
    .option('--base <dataset>', 'the dataset that is added to')
    .option('--limit <n>', 'at most so many samples of each kind, for a quick look', wholeNumber('--limit', 9))
    .option('--resume [dir]', 'complete a build that was killed; it keeps its settings')
    .option('--overwrite', 'replace a dataset in the same place')
    .option('--dry-run', 'show what would be built, and write nothing')
    .option('--format <format>', `result on stdout: ${formats.join(' | ')}`, choice('--format', formats), 'human')
    .addHelpText('after', help)
    .action((config: string | undefined, flags: Flags, command: Command) =>
      config === undefined ? build(flags, terminal) : buildConfigured(config, flags, command, terminal),
    );
}

/** Flags that say what to do about a dataset that exists; everything else is in the configuration. */
const configuredFlags = ['resume', 'overwrite', 'dryRun', 'format'];

async function buildConfigured(config: string, flags: Flags, command: Command, terminal: Terminal): Promise<void> {
  if (flags.shard === undefined) {
    const given = command.options.filter((option) => command.getOptionValueSource(option.attributeName()) === 'cli');
    const foreign = given.filter((option) => !configuredFlags.includes(option.attributeName()));
    if (foreign.length === 0) return await buildFromConfig(config, flags, terminal);
    const message = `${foreign.map(({ long }) => long).join(', ')}: a configuration takes no such flag`;
    throw new UsageError('flag-in-config', message, `Write the setting into ${config}.`);
  }
  const message = '--shard is for mixtures: it goes with --preset, not with a configuration';
  throw new UsageError('shard-mixture', message, 'The replies of a configured build are cached; --resume goes on.');
}

/** None, or enough for each task to have one. */
const sampleNumber =
  (flag: string) =>
  (text: string): number => {
    const value = wholeNumber(flag)(text);
    if (value === 0 || value >= taskIds.length) return value;
    throw new UsageError('too-few-samples', `${flag}: got ${value}, expected 0 or at least ${taskIds.length}`);
  };

/** What to do about what lies at `--out`. @throws UsageError when it may not be touched. */
async function decide(out: string, flags: Flags, terminal: Terminal): Promise<'build' | 'resume' | 'nothing'> {
  const rule = ifExistsRule(flags);
  const state = await datasetState(out);
  if (state === 'absent') {
    if (rule !== 'resume') return 'build';
    const message = `--resume ${out}: there is no build to complete`;
    throw new UsageError('nothing-to-resume', message, 'Build without --resume.');
  }
  const choice = rule ?? (await terminal.askIfExists?.(out)) ?? 'fail';
  if (choice === 'fail') throw datasetExists(out, state);
  if (choice === 'overwrite') return 'build';
  return state === 'complete' ? 'nothing' : 'resume';
}

async function summaryOf(samples: Iterable<Sample> | AsyncIterable<Sample>): Promise<SampleSummary> {
  const counter = new SampleCounter();
  for await (const sample of samples) counter.add(sample);
  return counter.summary();
}

async function build(flags: Flags, terminal: Terminal): Promise<void> {
  const start = performance.now();
  const named = flags.shard === undefined || flags.out !== 'dataset' ? flags.out : `shards/${shardName(flags.shard)}`;
  const out = typeof flags.resume === 'string' ? flags.resume : named;
  const onEvent = flags.format === 'quiet' ? () => undefined : progress(terminal);
  const context: StageContext = { onEvent, seconds: {} };
  if (flags.request !== undefined || flags.base !== undefined) return await buildSupplement(flags, terminal, context);
  if (flags.shard !== undefined || (flags.resume !== undefined && holdsShard(out)))
    return await buildOneShard(out, flags, terminal, context);
  checkResume(out, flags);
  const print = (summary: SampleSummary): void => {
    const seconds = Math.round((performance.now() - start) / 100) / 10;
    printResult({ out, ...summary, seconds }, flags.format, terminal);
  };
  if (flags.dryRun) return await dryRun(out, flags, terminal, context);

  const action = await decide(out, flags, terminal);
  if (action === 'nothing') {
    onEvent({ type: 'notice', text: `${out} is complete already.` });
    return print(await summaryOf(samplesOf(out)));
  }
  const saved = action === 'resume' ? await readBuildRecord(out) : undefined;
  const settings = saved?.settings ?? settingsOf(flags);
  const selection = await selectDocumentsOf(settings, context);
  const record = { version: versions().golongrl ?? '', documents: documentsFingerprint(selection), settings };
  if (saved !== undefined) checkSameBuild(saved, record);
  else await rm(path.join(out, journalFile), { force: true });
  await writeBuildRecord(out, record);
  const { seed, sizes, mixture } = settings;
  if (mixture !== undefined) {
    const made = await makeMixture({ directory: out, selection, seed, ...mixture, context });
    if (flags.format === 'human') terminal.err(`${made.lines.join('\n')}\n`);
    return print(made.summary);
  }
  const { samples, lines } = await makeDataset({ directory: out, selection, seed, sizes, context });
  if (flags.format === 'human') terminal.err(`${Object.values(lines).flat().join('\n')}\n`);
  print(await summaryOf(samples));
}

async function dryRun(out: string, flags: Flags, terminal: Terminal, context: StageContext): Promise<void> {
  const state = await datasetState(out);
  const resumed = flags.resume === undefined ? undefined : await readBuildRecord(out);
  const settings = resumed?.settings ?? settingsOf(flags);
  const selection = await selectDocumentsOf(settings, context);
  if (settings.mixture !== undefined) {
    const { preset, samples } = settings.mixture;
    const plan = planMixture(preset, samples);
    const count = (keys: readonly (string | number)[]): Record<string, number> => {
      const counts: Record<string, number> = {};
      for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
      return counts;
    };
    const planned = { byTask: count(plan.map(({ task }) => task)), byLength: count(plan.map(({ tokens }) => tokens)) };
    const lines = Object.values(planned).map((counts) =>
      Object.entries(counts)
        .map(([name, n]) => `${name} ${n}`)
        .join(', '),
    );
    if (flags.format === 'json') terminal.out(`${JSON.stringify({ out, state, settings, ...planned })}\n`);
    else
      terminal.out(
        `${[...selectionLines(selection), `${samples} samples, ${preset}, at most:`, ...lines, `Nothing was written to ${out}.`].join('\n')}\n`,
      );
    return;
  }
  const preview = previewBuild(selection, settings.seed, settings.sizes);
  if (flags.format === 'json') {
    terminal.out(`${JSON.stringify({ out, state, settings, ...preview })}\n`);
    return;
  }
  const held = { absent: '', complete: ' It holds a dataset.', unfinished: ' It holds an unfinished dataset.' }[state];
  const last = `Nothing was written to ${out}.${held}`;
  terminal.out(`${[...selectionLines(selection), ...previewLines(preview), last].join('\n')}\n`);
}

type Result = SampleSummary & { readonly out: string; readonly seconds: number };

function printResult(result: Result, format: Format, terminal: Terminal): void {
  const { out, samples, seconds } = result;
  if (format === 'json') terminal.out(`${JSON.stringify(result)}\n`);
  else if (format === 'quiet') terminal.out(`${out}\n`);
  else terminal.out(`${samples} samples in ${out} (${seconds} s). Read ${path.join(out, 'README.md')}.\n`);
}
