/**
 * @file `golongrl data export`: a dataset in the columns of another trainer, as JSON lines or Parquet, as a folder in the Hugging
 * Face layout, or as an environment package. What has no known licence is not passed on unasked.
 */
import { statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { InputError, UsageError } from '../../errors.ts';
import { exportEnvironment } from '../../export/environments/export-environment.ts';
import {
  type EnvironmentName,
  environmentForms,
  environmentNames,
  isEnvironmentName,
} from '../../export/environments/registry.ts';
import { CardCounter } from '../../samples/card.ts';
import { isUnknownLicence } from '../../samples/licence.ts';
import { writeTable } from '../../samples/parquet.ts';
import type { Sample } from '../../samples/sample.ts';
import { samplesOf } from '../../samples/samples-of.ts';
import { type Trainer, toTrainerRecord, trainers } from '../../samples/trainer-export.ts';
import { trainerTables } from '../../samples/trainer-parquet.ts';
import { packageVersion } from '../../samples/write-dataset.ts';
import { readText, writeFileAtomic } from '../../storage/files.ts';
import { writeLines } from '../../storage/lines.ts';
import { choice } from '../shared/options.ts';
import type { Terminal } from '../shared/terminal.ts';

const targets = [...trainers, 'hf', ...environmentNames] as const;
type Target = (typeof targets)[number];

interface Flags {
  readonly to: Target;
  readonly out: string;
  readonly split: Sample['split'];
  readonly name?: string;
  readonly allowUnknownLicence?: boolean;
}

/** Documents that are named one by one. */
const shownDocuments = 5;

/** A document without a licence that names one; so is a sample of no document at all. */
async function checkLicences(place: string): Promise<void> {
  const unknown = new Set<string>();
  let samples = 0;
  for await (const { id, provenance } of samplesOf(place)) {
    const open = provenance.documents.filter(({ licence }) => isUnknownLicence(licence));
    if (open.length === 0 && provenance.documents.length > 0) continue;
    samples++;
    for (const document of open) unknown.add(document.id);
    if (open.length === 0) unknown.add(`sample ${id}`);
  }
  if (samples === 0) return;
  const named = [...unknown].slice(0, shownDocuments).join(', ');
  throw new InputError(
    'licence-unknown',
    `${samples} samples hold text of unknown licence (${unknown.size} documents: ${named}); nothing was written`,
    'Build or import again with --licence, or pass the text on all the same with --allow-unknown-licence.',
  );
}

/** Rows of a split, one at a time; `count` is how many there were. */
class Records {
  count = 0;
  private readonly place: string;
  private readonly trainer: Trainer;
  private readonly split: Sample['split'];
  constructor(place: string, trainer: Trainer, split: Sample['split']) {
    this.place = place;
    this.trainer = trainer;
    this.split = split;
  }
  async *rows(): AsyncGenerator<object> {
    for await (const sample of samplesOf(this.place))
      if (sample.split === this.split) yield toTrainerRecord(this.trainer, sample, this.count++);
  }
  async *lines(): AsyncGenerator<string> {
    for await (const row of this.rows()) yield JSON.stringify(row);
  }
}

async function exportFile(place: string, trainer: Trainer, { out, split }: Flags): Promise<string> {
  const records = new Records(place, trainer, split);
  if (out.toLowerCase().endsWith('.parquet')) await writeTable(out, trainerTables[trainer], records.rows());
  else await writeLines(out, records.lines());
  return `${records.count} ${split} samples for ${trainer} in ${out}`;
}

/** The card of a dataset directory; one file of samples gets a card of its own. */
async function cardOf(place: string): Promise<string> {
  const file = path.join(place, 'README.md');
  if (statSync(place, { throwIfNoEntry: false })?.isDirectory() === true) return await readText(file);
  const counter = new CardCounter();
  let samples = 0;
  for await (const sample of samplesOf(place)) {
    counter.add(sample);
    samples++;
  }
  const about = `${samples} samples of ${path.basename(place)}; every sample names its documents and what made it.`;
  return counter.card({ seed: 0, tokenizer: 'as the samples say', version: packageVersion(), about });
}

/** `README.md` and `data/*.parquet`, and nothing that a hub has no use for. A split without samples has no file. */
async function exportFolder(place: string, { out }: Flags): Promise<string> {
  const card = await cardOf(place);
  const counts: string[] = [];
  for (const split of ['train', 'heldout'] as const) {
    const records = new Records(place, 'verl', split);
    const file = path.join(out, 'data', `${split}.parquet`);
    await writeTable(file, trainerTables.verl, records.rows());
    if (records.count === 0) await rm(file);
    else counts.push(`${records.count} ${split}`);
  }
  const [head = ''] = card.split('\n## Files\n');
  await writeFileAtomic(path.join(out, 'README.md'), `${head.trimEnd()}\n`);
  return `${counts.join(' and ')} samples in ${out}`;
}

async function exportPackage(place: string, environment: EnvironmentName, { out, name }: Flags): Promise<string> {
  const form = environmentForms[environment];
  const given = {
    form,
    out,
    samples: () => samplesOf(place),
    version: packageVersion(),
    ...(name === undefined ? {} : { name }),
  };
  const { name: named, samples } = await exportEnvironment(given);
  return `${named}: ${samples.train} train and ${samples.heldout} heldout samples as a package for ${form.title} in ${out}`;
}

async function write(place: string, flags: Flags): Promise<string> {
  if (flags.to === 'hf') return await exportFolder(place, flags);
  return isEnvironmentName(flags.to)
    ? await exportPackage(place, flags.to, flags)
    : await exportFile(place, flags.to, flags);
}

async function run(place: string, flags: Flags, terminal: Terminal): Promise<void> {
  const { out, allowUnknownLicence } = flags;
  if (path.resolve(out) === path.resolve(place))
    throw new UsageError('out-is-input', `--out ${out}: is the dataset itself`, 'Choose another --out.');
  if (allowUnknownLicence !== true) await checkLicences(place);
  terminal.out(`${await write(place, flags)}\n`);
}

/** Exit code 1, and nothing written, where a document's licence is unknown and the flag for it is missing. */
export function registerExport(command: Command, terminal: Terminal): void {
  command
    .argument('<path>', 'dataset directory, or a file of native samples')
    .requiredOption('--to <target>', targets.join(' | '), choice('--to', targets))
    .requiredOption(
      '--out <path>',
      'a file: Parquet where it ends in .parquet, else JSON lines; hf and packages: a folder',
    )
    .option(
      '--split <name>',
      'train | heldout; hf and packages have both',
      choice('--split', ['train', 'heldout']),
      'train',
    )
    .option('--name <name>', 'of an environment package; default: the folder')
    .option('--allow-unknown-licence', 'pass on text whose licence is not known')
    .action((place: string, flags: Flags) => run(place, flags, terminal));
}
