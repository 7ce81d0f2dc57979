/**
 * @file A dataset on disk: native samples, upstream records as JSON lines and Parquet, the card, and last the manifest.
 */
import { readFileSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { InputError, UsageError } from '../errors.ts';
import { fileError, writeFileAtomic } from '../runs/files.ts';
import { datasetCard } from './card.ts';
import { writeJsonl, writeSamples } from './jsonl.ts';
import { type FileSummary, writeLines } from './lines.ts';
import { writeParquet } from './parquet.ts';
import { type Sample, sampleSchema } from './sample.ts';
import { toUpstreamRecord, type UpstreamRecord } from './upstream.ts';

export const datasetSchemaVersion = 1;

const manifestSchema = z.object({
  schemaVersion: z.literal(datasetSchemaVersion),
  seed: z.int(),
  tokenizer: z.string(),
  samples: z.int(),
  files: z.array(z.object({ path: z.string(), bytes: z.int(), sha256: z.string(), rows: z.int().optional() })),
});
export type DatasetManifest = z.infer<typeof manifestSchema>;

export const datasetFormats = ['native', 'jsonl', 'parquet'] as const;
export type DatasetFormat = (typeof datasetFormats)[number];

export interface WriteDatasetOptions {
  readonly seed: number;
  /** How prompt lengths were counted: a tokenizer's name, for the card. */
  readonly tokenizer: string;
  /** Which files to write. Default: all. */
  readonly formats?: readonly DatasetFormat[];
  /** Reports for the card, and the same as data for `report.json`. */
  readonly sections?: readonly { readonly title: string; readonly lines: readonly string[] }[];
  readonly report?: unknown;
  /** Instead of the card's words about programmatic construction. */
  readonly about?: string;
  /** Rows that became no sample, each with its reason: `quarantine.jsonl`. */
  readonly quarantined?: readonly unknown[];
  /** When the directory already holds files. Default `fail`. */
  readonly ifExists?: 'fail' | 'overwrite';
}

const splitNames = sampleSchema.shape.split.options;

/** The version of this package, wherever it runs from. */
function packageVersion(): string {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** Lies in the directory while a build is under way; `data build --resume` reads it. */
export const buildRecordFile = 'build.json';

const manifestFile = 'manifest.json';
const dataFiles = splitNames.flatMap((split) => [
  `native/${split}.jsonl`,
  `data/${split}.jsonl`,
  `data/${split}.parquet`,
]);

/** What a dataset directory may contain; anything else in it was not written by us and is never touched. */
const ownEntries = [
  'native',
  'data',
  'README.md',
  'report.json',
  'quarantine.jsonl',
  'places.jsonl',
  manifestFile,
  buildRecordFile,
];

/**
 * What is in the way: nothing, a dataset, or what a killed build left.
 *
 * @throws UsageError when the path is a file or the folder holds something that is no part of a dataset.
 */
export async function datasetState(directory: string): Promise<'absent' | 'complete' | 'unfinished'> {
  let entries: string[];
  try {
    entries = await readdir(directory);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'absent';
    const message = `--out ${directory}: exists and is not a folder that can be read`;
    throw new UsageError('out-not-a-folder', message, 'Choose another --out.', { cause: error });
  }
  if (entries.length === 0) return 'absent';
  // A kill can leave `README.md.partial` behind.
  const foreign = entries.find((entry) => !ownEntries.includes(entry.replace(/\.partial$/, '')));
  if (foreign !== undefined) {
    const message = `--out ${directory}: the folder holds "${foreign}", which is no part of a dataset; nothing was changed`;
    throw new UsageError('out-not-empty', message, 'Choose another --out.');
  }
  return entries.includes(manifestFile) && !entries.includes(buildRecordFile) ? 'complete' : 'unfinished';
}

export function datasetExists(directory: string, state: 'complete' | 'unfinished'): UsageError {
  const found = state === 'complete' ? 'a dataset' : 'an unfinished dataset';
  return new UsageError(
    'out-exists',
    `--out ${directory}: the folder holds ${found}; nothing was changed`,
    'Add --resume to complete it, --overwrite to replace it, or choose another --out.',
  );
}

function* upstreamRecords(samples: readonly Sample[]): Generator<UpstreamRecord> {
  let index = 0;
  for (const sample of samples) yield toUpstreamRecord(sample, index++);
}

/**
 * Writes `native/`, `data/`, `README.md`, `report.json` and last `manifest.json`.
 *
 * @throws UsageError when the directory holds something already, ResourceError when the disk is full.
 */
export async function writeDataset(
  directory: string,
  samples: readonly Sample[],
  options: WriteDatasetOptions,
): Promise<DatasetManifest> {
  const {
    seed,
    tokenizer,
    formats = datasetFormats,
    sections = [],
    report,
    about,
    quarantined,
    ifExists = 'fail',
  } = options;
  const state = await datasetState(directory);
  if (state !== 'absent' && ifExists === 'fail') throw datasetExists(directory, state);
  // The manifest goes first: from then on the directory does not claim to be complete. Every other file stays until its
  // successor is whole.
  await rm(path.join(directory, manifestFile), { force: true });
  const files: DatasetManifest['files'] = [];
  const add = (name: string, summary: FileSummary, rows?: number): void => {
    files.push({ path: name, ...summary, ...(rows === undefined ? {} : { rows }) });
  };
  for (const split of splitNames) {
    const part = samples.filter((sample) => sample.split === split);
    const at = (name: string): string => path.join(directory, name);
    if (formats.includes('native'))
      add(`native/${split}.jsonl`, await writeSamples(at(`native/${split}.jsonl`), part), part.length);
    if (formats.includes('jsonl'))
      add(`data/${split}.jsonl`, await writeJsonl(at(`data/${split}.jsonl`), upstreamRecords(part)), part.length);
    if (formats.includes('parquet'))
      add(`data/${split}.parquet`, await writeParquet(at(`data/${split}.parquet`), upstreamRecords(part)), part.length);
  }
  const card = datasetCard(samples, { seed, tokenizer, version: packageVersion(), about, sections });
  add('README.md', await writeLines(path.join(directory, 'README.md'), [card.trimEnd()]));
  if (report !== undefined) {
    add('report.json', await writeLines(path.join(directory, 'report.json'), [JSON.stringify(report, undefined, 2)]));
  }
  if (quarantined !== undefined)
    add(
      'quarantine.jsonl',
      await writeJsonl(path.join(directory, 'quarantine.jsonl'), quarantined),
      quarantined.length,
    );
  const written = new Set(files.map((file) => file.path));
  for (const stale of [...dataFiles, 'report.json', 'quarantine.jsonl'].filter((name) => !written.has(name)))
    await rm(path.join(directory, stale), { force: true });
  const manifest: DatasetManifest = {
    schemaVersion: datasetSchemaVersion,
    seed,
    tokenizer,
    samples: samples.length,
    files,
  };
  await writeFileAtomic(path.join(directory, manifestFile), `${JSON.stringify(manifest, undefined, 2)}\n`);
  await rm(path.join(directory, buildRecordFile), { force: true });
  return manifest;
}

/**
 * The manifest of a complete dataset.
 *
 * @throws InputError when the directory holds none, so the dataset is incomplete, or one of a foreign version.
 */
export async function readManifest(directory: string): Promise<DatasetManifest> {
  const file = path.join(directory, manifestFile);
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new InputError('manifest-invalid', `${file}: is not JSON`, 'Build the dataset again.', { cause: error });
    throw fileError(error, file, 'read');
  }
  const parsed = manifestSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const why = z.prettifyError(parsed.error).replaceAll('\n', ' ');
  throw new InputError('manifest-invalid', `${file}: ${why}`, 'Build the dataset again with this version.');
}
