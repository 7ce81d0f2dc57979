/**
 * @file A dataset on disk: native samples, upstream records as JSON lines and Parquet, the card, and last the manifest.
 */

import { readFileSync } from 'node:fs';
import { readdir, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { UsageError } from '../errors.ts';
import { errorCode } from '../storage/files.ts';
import { type FileSummary, LineWriter, writeLines } from '../storage/lines.ts';
import { lockFiles } from '../storage/lock.ts';
import { readRecord, writeRecord } from '../storage/record.ts';
import { CardCounter } from './card.ts';
import { TableWriter, upstreamTable } from './parquet.ts';
import { rejectedSamples, reviewsFile } from './reviews.ts';
import { type Sample, sampleSchema } from './sample.ts';
import { SampleCounter, type SampleSummary } from './sample-counter.ts';
import { toUpstreamRecord } from './upstream.ts';

/** In `manifest.json`; a dataset of another version is refused by name. */
export const datasetSchemaVersion = 1;

const manifestSchema = z.object({
  schemaVersion: z.literal(datasetSchemaVersion),
  seed: z.int(),
  tokenizer: z.string(),
  samples: z.int(),
  files: z.array(z.object({ path: z.string(), bytes: z.int(), sha256: z.string(), rows: z.int().optional() })),
});
/** Written last: with it a dataset is complete. `files` bear size and SHA-256. */
export type DatasetManifest = z.infer<typeof manifestSchema>;

/** `native` is what this package reads; `jsonl` and `parquet` hold upstream records. */
export const datasetFormats = ['native', 'jsonl', 'parquet'] as const;
/** Which files of a dataset are written. */
export type DatasetFormat = (typeof datasetFormats)[number];

/** `seed` and `tokenizer` go into the manifest and the card. */
export interface OpenDatasetOptions {
  readonly seed: number;
  /** How prompt lengths were counted: a tokenizer's name, for the card. */
  readonly tokenizer: string;
  /** Which files to write. Default: all. */
  readonly formats?: readonly DatasetFormat[];
  /** Write `quarantine.jsonl` too. */
  readonly quarantine?: boolean;
  /** When the directory already holds files. Default `fail`. */
  readonly ifExists?: 'fail' | 'overwrite';
}

/** What is told of a dataset once its samples are known. */
export interface DatasetReports {
  /** Reports for the card, and the same as data for `report.json`. */
  readonly sections?: readonly { readonly title: string; readonly lines: readonly string[] }[];
  readonly report?: unknown;
  /** Instead of the card's words about programmatic construction. */
  readonly about?: string;
}

/** All that `writeDataset` may be told beside the samples. */
export interface WriteDatasetOptions extends OpenDatasetOptions, DatasetReports {}

const splitNames = sampleSchema.shape.split.options;

/** The version of this package, wherever it runs from. */
export function packageVersion(): string {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** Lies in the directory while a build is under way; `data build --resume` reads it. */
export const buildRecordFile = 'build.json';

/** Written last: a folder with it holds a dataset. */
export const manifestFile = 'manifest.json';
/** What `golongrl audit DATASET --out DATASET/audit.json` found; the next build removes it. */
export const auditFile = 'audit.json';
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
  reviewsFile,
  auditFile,
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
    entries = (await readdir(directory)).filter((entry) => !lockFiles.includes(entry));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return 'absent';
    const message = `--out ${directory}: exists and is not a folder that can be read`;
    throw new UsageError('out-not-a-folder', message, 'Choose another --out.', { cause: error });
  }
  // Reviews alone are no dataset: they may be there before it.
  if (entries.every((entry) => entry === reviewsFile)) return 'absent';
  // A kill can leave `README.md.partial` behind.
  const foreign = entries.find((entry) => !ownEntries.includes(entry.replace(/\.partial$/, '')));
  if (foreign !== undefined) {
    const message = `--out ${directory}: the folder holds "${foreign}", which is no part of a dataset; nothing was changed`;
    throw new UsageError('out-not-empty', message, 'Choose another --out.');
  }
  return entries.includes(manifestFile) && !entries.includes(buildRecordFile) ? 'complete' : 'unfinished';
}

/**
 * The error for a folder that would be overwritten unasked; the caller throws it.
 *
 * @param resumable Whether the command takes `--resume`.
 */
export function datasetExists(directory: string, state: 'complete' | 'unfinished', resumable = true): UsageError {
  const found = state === 'complete' ? 'a dataset' : 'an unfinished dataset';
  return new UsageError(
    'out-exists',
    `--out ${directory}: the folder holds ${found}; nothing was changed`,
    `Add ${resumable ? '--resume to complete it, ' : ''}--overwrite to replace it, or choose another --out.`,
  );
}

const reviewSection = (leftOut: number) => ({
  title: 'Reviews',
  lines: [`${leftOut} samples that a person rejected (${reviewsFile}) are left out.`],
});

/** The files of one split, as far as they are asked for. */
interface SplitFiles {
  readonly native: LineWriter | undefined;
  readonly jsonl: LineWriter | undefined;
  readonly parquet: TableWriter | undefined;
  rows: number;
}

/**
 * Writes a dataset sample by sample, and holds none. Every file grows beside its target, and all are put in place by `finish`, the
 * manifest last: until then what was there before is as it was.
 */
export class DatasetWriter {
  private readonly directory: string;
  private readonly options: OpenDatasetOptions;
  private readonly splits: ReadonlyMap<Sample['split'], SplitFiles>;
  private readonly quarantined: LineWriter | undefined;
  private quarantinedRows = 0;
  /** Ids that a person rejected, and how many of them came. */
  private readonly rejected: ReadonlySet<string>;
  private leftOut = 0;
  private readonly cardCounter = new CardCounter();
  private readonly counter = new SampleCounter();

  private constructor(directory: string, options: OpenDatasetOptions, rejected: ReadonlySet<string>) {
    this.rejected = rejected;
    const { formats = datasetFormats, quarantine = false } = options;
    const at = (name: string): string => path.join(directory, name);
    this.directory = directory;
    this.options = options;
    this.splits = new Map(
      splitNames.map((split) => [
        split,
        {
          native: formats.includes('native') ? new LineWriter(at(`native/${split}.jsonl`)) : undefined,
          jsonl: formats.includes('jsonl') ? new LineWriter(at(`data/${split}.jsonl`)) : undefined,
          parquet: formats.includes('parquet')
            ? new TableWriter(at(`data/${split}.parquet`), upstreamTable)
            : undefined,
          rows: 0,
        },
      ]),
    );
    this.quarantined = quarantine ? new LineWriter(at('quarantine.jsonl')) : undefined;
  }

  /** @throws UsageError when the directory holds something already, ResourceError when the disk is full. */
  static async open(directory: string, options: OpenDatasetOptions): Promise<DatasetWriter> {
    const state = await datasetState(directory);
    if (state !== 'absent' && options.ifExists !== 'overwrite') throw datasetExists(directory, state);
    return new DatasetWriter(directory, options, await rejectedSamples(directory));
  }

  /** Leaves out what a person rejected. @throws ResourceError when the disk is full. */
  add(sample: Sample): void {
    if (this.rejected.has(sample.id)) {
      this.leftOut++;
      return;
    }
    const files = this.splits.get(sample.split);
    if (files === undefined) throw new Error(`no split ${sample.split}`);
    this.cardCounter.add(sample);
    this.counter.add(sample);
    files.native?.add(JSON.stringify(sample));
    if (files.jsonl !== undefined || files.parquet !== undefined) {
      const record = toUpstreamRecord(sample, files.rows);
      files.jsonl?.add(JSON.stringify(record));
      files.parquet?.add(record);
    }
    files.rows++;
  }

  /** A row that became no sample, with its reason. */
  quarantine(row: unknown): void {
    this.quarantined?.add(JSON.stringify(row));
    this.quarantinedRows++;
  }

  /** What the samples come to so far. */
  summary(): SampleSummary {
    return this.counter.summary();
  }

  /** @throws ResourceError when the disk is full. */
  async finish({ sections = [], report, about }: DatasetReports = {}): Promise<DatasetManifest> {
    const { directory } = this;
    const { seed, tokenizer } = this.options;
    const closed: { name: string; rows: number; summary: FileSummary; publish: () => void }[] = [];
    const close = (name: string, rows: number, writer: LineWriter | TableWriter | undefined): void => {
      if (writer !== undefined) closed.push({ name, rows, summary: writer.close(), publish: () => writer.publish() });
    };
    for (const [split, { native, jsonl, parquet, rows }] of this.splits) {
      close(`native/${split}.jsonl`, rows, native);
      close(`data/${split}.jsonl`, rows, jsonl);
      close(`data/${split}.parquet`, rows, parquet);
    }
    close('quarantine.jsonl', this.quarantinedRows, this.quarantined);
    // The manifest goes first: from then on the directory does not claim to be complete.
    await rm(path.join(directory, manifestFile), { force: true });
    for (const { publish } of closed) publish();
    const files: DatasetManifest['files'] = [];
    const written = closed.map(({ name, rows, summary }) => ({ path: name, ...summary, rows }));
    files.push(...written.filter(({ path: name }) => name !== 'quarantine.jsonl'));
    const told = this.leftOut === 0 ? sections : [...sections, reviewSection(this.leftOut)];
    const card = this.cardCounter.card({ seed, tokenizer, version: packageVersion(), about, sections: told });
    files.push({ path: 'README.md', ...(await writeLines(path.join(directory, 'README.md'), [card.trimEnd()])) });
    if (report !== undefined) {
      const text = JSON.stringify(report, undefined, 2);
      files.push({ path: 'report.json', ...(await writeLines(path.join(directory, 'report.json'), [text])) });
    }
    files.push(...written.filter(({ path: name }) => name === 'quarantine.jsonl'));
    await this.removeStale(new Set(files.map((file) => file.path)));
    const { samples } = this.counter.summary();
    const manifest: DatasetManifest = { schemaVersion: datasetSchemaVersion, seed, tokenizer, samples, files };
    await writeRecord(path.join(directory, manifestFile), manifest);
    await rm(path.join(directory, buildRecordFile), { force: true });
    return manifest;
  }

  private async removeStale(written: ReadonlySet<string>): Promise<void> {
    for (const stale of [...dataFiles, 'report.json', 'quarantine.jsonl', auditFile].filter(
      (name) => !written.has(name),
    ))
      await rm(path.join(this.directory, stale), { force: true });
  }

  /** Gives the files up; what was there before stays. */
  async abandon(): Promise<void> {
    for (const { native, jsonl, parquet } of this.splits.values())
      for (const writer of [native, jsonl, parquet]) writer?.abandon();
    this.quarantined?.abandon();
    // Folders that hold something stay.
    for (const folder of ['native', 'data', '.']) await rmdir(path.join(this.directory, folder)).catch(() => undefined);
  }
}

/**
 * Writes `native/`, `data/`, `README.md`, `report.json` and last `manifest.json`.
 *
 * @throws UsageError when the directory holds something already, ResourceError when the disk is full.
 */
export async function writeDataset(
  directory: string,
  samples: Iterable<Sample> | AsyncIterable<Sample>,
  options: WriteDatasetOptions,
): Promise<DatasetManifest> {
  const writer = await DatasetWriter.open(directory, options);
  try {
    for await (const sample of samples) writer.add(sample);
    return await writer.finish(options);
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}

/**
 * The manifest of a complete dataset.
 *
 * @throws InputError when the directory holds none, so the dataset is incomplete, or one of a foreign version.
 */
export async function readManifest(directory: string): Promise<DatasetManifest> {
  const hint = 'A dataset is complete only with its manifest.json: build it again with this version.';
  return await readRecord(path.join(directory, manifestFile), manifestSchema, {
    name: `the manifest of a dataset of schema version ${datasetSchemaVersion}`,
    code: 'manifest-invalid',
    hint,
  });
}
