/**
 * @file A dataset on disk: native samples, upstream records as JSON lines and Parquet, the card, and last the manifest.
 */
import { existsSync, readFileSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { InputError, UsageError } from '../errors.ts';
import { fileError, writeFileAtomic } from '../runs/files.ts';
import { datasetCard } from './card.ts';
import { writeJsonl, writeSamples } from './jsonl.ts';
import { type FileSummary, writeLines } from './lines.ts';
import { writeParquet } from './parquet.ts';
import type { Sample } from './sample.ts';
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
  /** How prompt lengths were counted. Default `words x 1.35`. */
  readonly tokenizer?: string;
  /** Which files to write. Default: all. */
  readonly formats?: readonly DatasetFormat[];
  /** Reports for the card, and the same as data for `report.json`. */
  readonly sections?: readonly { readonly title: string; readonly lines: readonly string[] }[];
  readonly report?: unknown;
  /** When the directory already holds files. Default `fail`. */
  readonly ifExists?: 'fail' | 'overwrite';
}

/** The version of this package, wherever it runs from. */
function packageVersion(): string {
  for (const up of ['../../package.json', '../../../package.json']) {
    const file = new URL(up, import.meta.url);
    if (existsSync(file)) return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
  }
  return 'unknown';
}

/** What a dataset directory may contain; anything else in it was not written by us and is never deleted. */
const ownEntries = ['native', 'data', 'README.md', 'report.json', 'manifest.json'];

/**
 * Checks that a dataset may be written here, so that a long build need not find out at its end.
 *
 * @throws UsageError when the directory holds something that `ifExists` does not allow to replace.
 */
export async function checkOutput(directory: string, ifExists: 'fail' | 'overwrite'): Promise<void> {
  let entries: string[];
  try {
    entries = await readdir(directory);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    const message = `--out ${directory}: exists and is not a folder that can be read`;
    throw new UsageError('out-not-a-folder', message, undefined, { cause: error });
  }
  if (entries.length === 0) return;
  const foreign = entries.find((entry) => !ownEntries.includes(entry));
  if (ifExists === 'overwrite' && foreign === undefined) return;
  const found = foreign === undefined ? 'a dataset' : `"${foreign}", which is no part of a dataset`;
  const hint = 'Choose another folder, or pass --overwrite for a dataset.';
  throw new UsageError('out-exists', `--out ${directory}: the folder exists and holds ${found}`, hint);
}

/** The manifest goes first: from then on the directory does not claim to be complete. */
async function clear(directory: string): Promise<void> {
  for (const entry of ['manifest.json', ...ownEntries]) {
    await rm(path.join(directory, entry), { recursive: true, force: true });
  }
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
    tokenizer = 'words x 1.35',
    formats = datasetFormats,
    sections = [],
    report,
    ifExists = 'fail',
  } = options;
  await checkOutput(directory, ifExists);
  await clear(directory);
  const files: DatasetManifest['files'] = [];
  const add = (name: string, summary: FileSummary, rows?: number): void => {
    files.push({ path: name, ...summary, ...(rows === undefined ? {} : { rows }) });
  };
  for (const split of ['train', 'heldout'] as const) {
    const part = samples.filter((sample) => sample.split === split);
    const at = (name: string): string => path.join(directory, name);
    if (formats.includes('native'))
      add(`native/${split}.jsonl`, await writeSamples(at(`native/${split}.jsonl`), part), part.length);
    if (formats.includes('jsonl'))
      add(`data/${split}.jsonl`, await writeJsonl(at(`data/${split}.jsonl`), upstreamRecords(part)), part.length);
    if (formats.includes('parquet'))
      add(`data/${split}.parquet`, writeParquet(at(`data/${split}.parquet`), upstreamRecords(part)), part.length);
  }
  const card = datasetCard(samples, { seed, tokenizer, version: packageVersion(), sections });
  add('README.md', await writeLines(path.join(directory, 'README.md'), [card.trimEnd()]));
  if (report !== undefined) {
    add('report.json', await writeLines(path.join(directory, 'report.json'), [JSON.stringify(report, undefined, 2)]));
  }
  const manifest: DatasetManifest = {
    schemaVersion: datasetSchemaVersion,
    seed,
    tokenizer,
    samples: samples.length,
    files,
  };
  await writeFileAtomic(path.join(directory, 'manifest.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  return manifest;
}

/**
 * The manifest of a complete dataset.
 *
 * @throws InputError when the directory holds none, so the dataset is incomplete, or one of a foreign version.
 */
export async function readManifest(directory: string): Promise<DatasetManifest> {
  const file = path.join(directory, 'manifest.json');
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
