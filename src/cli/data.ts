/**
 * @file `golongrl data build` and `golongrl data inspect`: datasets from documents, and a look into them.
 */
import { statSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { assign, assignmentLines } from '../assignment/assign.ts';
import { type BuildEvent, buildDataset } from '../construction/build.ts';
import { planBuild } from '../construction/plan.ts';
import { reportLines } from '../construction/report.ts';
import type { Selection } from '../corpus/filter.ts';
import { selectPackagedDocuments } from '../corpus/load-corpus.ts';
import { selectionLines } from '../corpus/select.ts';
import { selectOwnDocuments } from '../corpus/text-file.ts';
import { UsageError } from '../errors.ts';
import { refineDataset, refinementLines } from '../refinement/refine.ts';
import { readSamples } from '../samples/jsonl.ts';
import type { Sample } from '../samples/sample.ts';
import { checkOutput, readManifest, writeDataset } from '../samples/write-dataset.ts';
import { type TaskId, taskIds, tasks } from '../tasks/task.ts';
import { choice, type Format, formats, wholeNumber } from './options.ts';
import type { Terminal } from './terminal.ts';

interface BuildFlags {
  readonly docs?: string;
  readonly licence?: string;
  readonly out: string;
  readonly seed: number;
  readonly short: number;
  readonly long: number;
  readonly overwrite?: boolean;
  readonly dryRun?: boolean;
  readonly format: Format;
}

function selectCorpus({ docs, licence }: BuildFlags): Selection {
  if (docs === undefined) return selectPackagedDocuments();
  return selectOwnDocuments(docs, licence === undefined ? {} : { licence });
}

/** A plain line for each tenth of the work. */
function showProgress(terminal: Terminal): (event: BuildEvent) => void {
  let shown = 0;
  return (event) => {
    if (event.type !== 'build-progress') return;
    const tenth = Math.floor((10 * event.done) / event.planned);
    if (tenth <= shown) return;
    shown = tenth;
    terminal.err(`Build: ${event.done}/${event.planned} samples\n`);
  };
}

async function build(flags: BuildFlags, terminal: Terminal): Promise<void> {
  const start = performance.now();
  if (flags.short === 0 && flags.long === 0) {
    throw new UsageError(
      'nothing-to-build',
      '--short 0 --long 0: got no samples to build, expected at least one rendering',
    );
  }
  const say = (lines: readonly string[]): void => {
    if (flags.format === 'human') terminal.err(`${lines.join('\n')}\n`);
  };
  const ifExists = flags.overwrite === true ? 'overwrite' : 'fail';
  if (flags.dryRun !== true) await checkOutput(flags.out, ifExists);
  const selection = selectCorpus(flags);
  const documents = selection.kept;
  const corpus = selectionLines(selection);
  if (documents.some((document) => document.licence === 'unknown')) {
    terminal.err('The licence of these documents is unknown and the dataset card says so. State it with --licence.\n');
  }
  say([...corpus, ...assignmentLines(assign(documents))]);
  const sizes = {
    short:
      flags.short === 0
        ? (false as const)
        : { train: flags.short, heldout: Math.max(taskIds.length, Math.round(flags.short / 5)) },
    long: flags.long === 0 ? (false as const) : { samples: flags.long },
  };
  if (flags.dryRun === true) {
    const { short, long, bins, samples: planned } = planBuild(sizes);
    if (flags.format === 'json') terminal.out(`${JSON.stringify({ planned, short, long, bins, corpus })}\n`);
    else
      terminal.out(
        `Would build ${planned} samples at most: of each task ${short.train} short to train on and ${short.heldout} held out, and ${long.train} and ${long.heldout} long ones in each of ${bins.length} length bins. Nothing was written.\n`,
      );
    return;
  }
  const { samples, report } = buildDataset({
    documents,
    seed: flags.seed,
    ...sizes,
    onEvent: flags.format === 'quiet' ? () => undefined : showProgress(terminal),
  });
  const refined = refineDataset(samples, documents);
  const construction = reportLines(report);
  const refinement = refinementLines(refined.report);
  say([...construction, ...refinement]);
  await writeDataset(flags.out, refined.samples, {
    seed: flags.seed,
    ifExists,
    sections: [
      { title: 'Corpus', lines: corpus },
      { title: 'Construction', lines: construction },
      { title: 'Refinement', lines: refinement },
    ],
    report: { construction: report, refinement: refined.report },
  });
  const seconds = Math.round((performance.now() - start) / 100) / 10;
  const result = {
    out: flags.out,
    ...summarize(refined.samples),
    removed: samples.length - refined.samples.length,
    seconds,
  };
  if (flags.format === 'json') terminal.out(`${JSON.stringify(result)}\n`);
  else if (flags.format === 'quiet') terminal.out(`${flags.out}\n`);
  else
    terminal.out(
      `${refined.samples.length} samples in ${flags.out} (${seconds} s). Read ${path.join(flags.out, 'README.md')}.\n`,
    );
}

interface Summary {
  readonly samples: number;
  readonly byTask: Readonly<Record<TaskId, number>>;
  readonly bySplit: Readonly<Record<string, number>>;
  readonly byRendering: Readonly<Record<string, number>>;
  readonly tokens: { readonly least: number; readonly most: number; readonly sum: number };
}

/** Counts samples one at a time, so that a file of any size fits. */
class Counter {
  private readonly byTask = Object.fromEntries(taskIds.map((task) => [task, 0])) as Record<TaskId, number>;
  private readonly bySplit: Record<string, number> = { train: 0, heldout: 0 };
  private readonly byRendering: Record<string, number> = { short: 0, long: 0 };
  private samples = 0;
  private least = Number.POSITIVE_INFINITY;
  private most = 0;
  private sum = 0;

  add({ task, split, rendering, tokens }: Sample): void {
    this.samples++;
    this.byTask[task]++;
    this.bySplit[split] = (this.bySplit[split] ?? 0) + 1;
    this.byRendering[rendering] = (this.byRendering[rendering] ?? 0) + 1;
    this.least = Math.min(this.least, tokens);
    this.most = Math.max(this.most, tokens);
    this.sum += tokens;
  }

  summary(): Summary {
    const { samples, byTask, bySplit, byRendering, most, sum } = this;
    return { samples, byTask, bySplit, byRendering, tokens: { least: samples === 0 ? 0 : this.least, most, sum } };
  }
}

function summarize(samples: readonly Sample[]): Summary {
  const counter = new Counter();
  for (const sample of samples) counter.add(sample);
  return counter.summary();
}

/** Native sample files of a dataset directory, or the one file itself. */
async function sampleFiles(target: string): Promise<string[]> {
  if (statSync(target, { throwIfNoEntry: false })?.isDirectory() !== true) return [target];
  const { files } = await readManifest(target);
  return files.filter((file) => file.path.startsWith('native/')).map((file) => path.join(target, file.path));
}

/** Characters of a prompt that are shown at its start and at its end. */
const shownPrompt = 700;

function sampleLines(sample: Sample, full: boolean): string[] {
  const { prompt, provenance, reward } = sample;
  const short = full || prompt.length <= 2 * shownPrompt;
  const shown = short
    ? prompt
    : `${prompt.slice(0, shownPrompt)}\n[... ${prompt.length - 2 * shownPrompt} characters ...]\n${prompt.slice(-shownPrompt)}`;
  return [
    `${sample.id}  ${sample.task} ${tasks[sample.task].ability} (${reward.metric})  ${sample.rendering}, ${sample.split}, ${sample.tokens} tokens`,
    '',
    shown,
    '',
    `Gold: ${reward.gold.join(' | ')}`,
    `Rationale: ${sample.rationale.replaceAll('\n', ' | ')}`,
    `Generator: ${provenance.generator} version ${provenance.generatorVersion}, seed ${provenance.seed}`,
    `Evidence: ${provenance.evidence.map(({ document, span }) => `${document} ${span.start}-${span.end}`).join(', ')}`,
    `Documents: ${provenance.documents.map(({ id, sha256, licence }) => `${id} (${sha256.slice(0, 8)}, ${licence})`).join(', ')}`,
  ];
}

interface InspectFlags {
  readonly sample?: string;
  readonly full?: boolean;
  readonly format: Format;
}

async function inspect(target: string, flags: InspectFlags, terminal: Terminal): Promise<void> {
  const counter = new Counter();
  let index = 0;
  for (const file of await sampleFiles(target)) {
    for await (const sample of readSamples(file)) {
      if (flags.sample !== undefined && (flags.sample === String(index) || flags.sample === sample.id)) {
        const shown =
          flags.format === 'json' ? JSON.stringify(sample) : sampleLines(sample, flags.full === true).join('\n');
        terminal.out(`${shown}\n`);
        return;
      }
      counter.add(sample);
      index++;
    }
  }
  if (flags.sample !== undefined) {
    throw new UsageError(
      'no-such-sample',
      `--sample: got "${flags.sample}", expected an id or a number from 0 to ${index - 1}`,
    );
  }
  const summary = counter.summary();
  if (flags.format === 'json') {
    terminal.out(`${JSON.stringify(summary)}\n`);
    return;
  }
  const list = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ');
  const { least, most, sum } = summary.tokens;
  terminal.out(
    `${[
      `${summary.samples} samples: ${list(summary.bySplit)}; ${list(summary.byRendering)}`,
      ...taskIds.map(
        (task) =>
          `  ${task} ${String(summary.byTask[task]).padStart(6)}  ${tasks[task].ability} (${tasks[task].metric})`,
      ),
      `prompt tokens: ${least} to ${most}, ${sum} in all`,
      `Look at one with --sample 0${index > 1 ? ` ... ${index - 1}` : ''} or --sample ID.`,
    ].join('\n')}\n`,
  );
}

export function register(program: Command, terminal: Terminal): void {
  const data = program.command('data').description('build datasets from documents, and look into them');
  data
    .command('build')
    .description('build the nine-task dataset from documents, without a language model')
    .option(
      '--docs <path>',
      'your own .txt or .md file, or a folder of them (default: the documents that come with the package)',
    )
    .option('--licence <name>', 'licence of your documents, as an SPDX identifier')
    .option('--out <dir>', 'where to write the dataset', 'dataset')
    .option('--seed <n>', 'seed of every draw', wholeNumber('--seed'), 7)
    .option('--short <n>', 'short training samples; a fifth as many are held out', wholeNumber('--short'), 2700)
    .option('--long <n>', 'long samples, 8K to 128K tokens', wholeNumber('--long'), 225)
    .option('--dry-run', 'read the documents and say what would be built, without writing anything')
    .option('--overwrite', 'replace a dataset in the same place')
    .option('--format <format>', 'human | json | quiet', choice('--format', formats), 'human')
    .action((flags: BuildFlags) => build(flags, terminal));
  data
    .command('inspect')
    .description('summarise a dataset, or show one of its samples with its provenance')
    .argument('<path>', 'dataset directory, or a file of native samples (JSON lines)')
    .option('--sample <which>', 'show this sample: its number from 0, or its id')
    .option('--full', 'show the whole prompt')
    .option('--format <format>', 'human | json | quiet', choice('--format', formats), 'human')
    .action((target: string, flags: InspectFlags) => inspect(target, flags, terminal));
}
