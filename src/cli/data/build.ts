/**
 * @file `golongrl data build`: the flags are decided on, the plan carried out, what came of it printed.
 */
import type { Command } from 'commander';
import { readerNames } from '../../audit/readers/readers.ts';
import { mixtureNames, parseLengths } from '../../construction/mixture/mixture.ts';
import { parseShard } from '../../construction/mixture/shard.ts';
import { defaultSizes } from '../../construction/plan.ts';
import { questionLanguages } from '../../construction/questions/language.ts';
import { questionPlaces } from '../../construction/questions/render-prompt.ts';
import { UsageError } from '../../errors.ts';
import { taskIds } from '../../tasks/task.ts';
import { choice, decimal, formats, listOf, wholeNumber } from '../shared/options.ts';
import type { Terminal } from '../shared/terminal.ts';
import { loading } from '../shared/watching.ts';
import type { BuildFlags } from './build-settings.ts';
import type { BuildRequest } from './decide-build.ts';

const help = `
Examples:
  golongrl data build --dry-run                which documents serve which task, how many samples, how long
  golongrl data build --docs texts --licence CC-BY-4.0 --out dataset
  golongrl data build --preset balanced --samples 5400 --shard 2/5 --out shards/2
  golongrl data build --request request.json --base dataset --out dataset-2
  golongrl data build --resume dataset         complete a build that was killed, with its own settings
`;

/** Five kinds of build share its flags: `decide` tells them apart, `carryOut` runs one. */
export function registerBuild(command: Command, terminal: Terminal): void {
  command
    .argument('[config]', 'YAML of the LLM track: endpoints, judge, cascade, budget (docs/llm-track.md)')
    .option(
      '--docs <path>',
      'your own documents: a file (txt, md, rst, html, jsonl, csv, parquet, epub, pdf, docx, xlsx, pptx, odt, ods, rtf, tex, also .gz), folder or pattern (default: those that come with the package)',
    )
    .option('--licence <name>', 'licence of your documents, as an SPDX identifier')
    .option('--tokenizer <path>', 'count prompts with that of a model: its folder or GGUF file (default: an estimate)')
    .option('--out <dir>', 'where to write the dataset', 'dataset')
    .option('--seed <n>', 'seed of every draw (default 7)', wholeNumber('--seed'))
    .option(
      '--short <n>',
      `short training samples; a fifth as many are held out (default ${defaultSizes.train})`,
      sampleNumber('--short'),
    )
    .option('--long <n>', `long samples, 8K to 128K tokens (default ${defaultSizes.long})`, sampleNumber('--long'))
    .option(
      '--preset <name>',
      `mixture of all generators and of lengths from 0.1K to 256K tokens, instead of --short and --long: ${mixtureNames.join(' | ')}`,
      choice('--preset', mixtureNames),
    )
    .option('--samples <n>', 'samples of the mixture (default 2700)', wholeNumber('--samples', 9))
    .option(
      '--lengths <list>',
      'prompt lengths with shares, e.g. 8K:0.3,32K:0.4,128K:0.3 (default: the preset’s)',
      parseLengths,
    )
    .option(
      '--languages <list>',
      'languages of the documents asked about: en,zh (default both)',
      listOf('--languages', questionLanguages),
    )
    .option(
      '--question <place>',
      `where the question stands: ${questionPlaces.join(' | ')} (default after)`,
      choice('--question', questionPlaces),
    )
    .option(
      '--against <list>',
      `take no sample that one of these cracks, which read without understanding: ${readerNames.join(', ')}`,
      listOf('--against', readerNames),
    )
    .option(
      '--probes <share>',
      'share of probes: places and counts in the text, to check a model with (default 0)',
      decimal('--probes', 0, 1),
    )
    .option('--shard <i/n>', 'build only the i-th of n parts of the mixture; `data merge` joins them', parseShard)
    .option('--request <file>', 'add to --base what `data diagnose` asked for; --out is the next version')
    .option('--base <dataset>', 'the dataset that is added to')
    .option('--reviews <place>', 'leave out what was rejected: a reviewed dataset, or its reviews.jsonl')
    .option('--limit <n>', 'at most so many samples of each kind, for a quick look', wholeNumber('--limit', 9))
    .option('--resume [dir]', 'complete a build that was killed; it keeps its settings')
    .option('--overwrite', 'replace a dataset in the same place')
    .option('--dry-run', 'show what would be built, and write nothing')
    .option('--format <format>', `result on stdout: ${formats.join(' | ')}`, choice('--format', formats), 'human')
    .addHelpText('after', help)
    .action((config: string | undefined, flags: BuildFlags, command: Command) =>
      build({ config, flags, given: flagsGiven(command) }, terminal),
    );
}

/** The code of every kind of build takes a second to load, so help does without. */
const load = async () => {
  const { decide } = await import('./decide-build.ts');
  const { carryOut } = await import('./carry-out.ts');
  const { placeOf } = await import('../../build/run-build.ts');
  const { takeReviews } = await import('../../samples/reviews.ts');
  return { decide, carryOut, placeOf, takeReviews };
};

async function build(request: BuildRequest, terminal: Terminal): Promise<void> {
  const { reviews, dryRun, format } = request.flags;
  const { decide, placeOf, takeReviews, carryOut } = await loading({ terminal, format }, load);
  const plan = await decide(request, terminal);
  const place = placeOf(plan);
  if (reviews !== undefined && dryRun !== true && place !== undefined) await takeReviews(reviews, place);
  await carryOut(plan, request.flags, terminal);
}

/** In their long form. */
const flagsGiven = (command: Command): string[] =>
  command.options
    .filter((option) => command.getOptionValueSource(option.attributeName()) === 'cli')
    .map(({ long }) => long ?? '');

/** None, or enough for each task to have one. */
const sampleNumber =
  (flag: string) =>
  (text: string): number => {
    const value = wholeNumber(flag)(text);
    if (value === 0 || value >= taskIds.length) return value;
    throw new UsageError('too-few-samples', `${flag}: got ${value}, expected 0 or at least ${taskIds.length}`);
  };
