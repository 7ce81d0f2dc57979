/** @file The list of a dataset's samples, read once in the background: a line is parsed, its prompt forgotten, its place kept. */
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { readPlacedSamples } from '../../samples/jsonl.ts';
import { type Review, readReviews } from '../../samples/reviews.ts';
import type { Sample } from '../../samples/sample.ts';
import { manifestFile, readManifest } from '../../samples/write-dataset.ts';
import { waitAWhile } from '../index/patience.ts';
import { readPlace } from '../index/read-line.ts';
import type { SampleEntry, SamplePage, SampleRow } from '../shared/dataset-api.ts';
import { type SampleAsk, samplePage } from '../shared/query/sample-page.ts';
import { entryOf } from './sample-entry.ts';

interface PlacedEntry extends SampleEntry {
  readonly file: string;
  readonly offset: number;
  readonly bytes: number;
}

/** One dataset. */
export class DatasetIndex {
  readonly path: string;
  private entries: PlacedEntry[] = [];
  private made = -1;
  private read = 0;
  private toRead = 0;
  private pass: Promise<void> | undefined;

  constructor(folder: string) {
    this.path = folder;
  }

  /** Reads what is new, and resolves after `patience` milliseconds at the latest. @throws InputError when the dataset is damaged */
  async refresh(patience: number): Promise<void> {
    const file = path.join(this.path, manifestFile);
    // Before a build ends there is nothing to list.
    if (!existsSync(file)) return;
    const { mtimeMs } = await stat(file);
    if (mtimeMs !== this.made) {
      this.made = mtimeMs;
      this.pass = this.run().catch((error: unknown) => {
        this.made = -1;
        throw error;
      });
      this.pass.catch(() => undefined);
    }
    await waitAWhile(this.pass, patience);
  }

  private async run(): Promise<void> {
    const manifest = await readManifest(this.path);
    const entries: PlacedEntry[] = [];
    const files = manifest.files.filter(({ path: name }) => name.startsWith('native/'));
    [this.entries, this.read] = [entries, 0];
    this.toRead = files.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const { path: name } of files)
      for await (const { sample, offset, bytes } of readPlacedSamples(path.join(this.path, name))) {
        // Another build took its place meanwhile.
        if (this.entries !== entries) return;
        entries.push({ ...entryOf(sample, entries.length), file: name, offset, bytes });
        this.read += bytes + 1;
      }
    this.read = this.toRead;
  }

  async rows(): Promise<SampleRow[]> {
    const reviews = await readReviews(this.path);
    return this.entries.map(({ file: _, offset: __, bytes: ___, ...entry }) => ({
      ...entry,
      review: reviews.get(entry.id),
    }));
  }

  /** @throws UsageError that says what is wrong with the query */
  async page(ask: SampleAsk): Promise<SamplePage> {
    return { ...samplePage(await this.rows(), ask), read: this.read, toRead: this.toRead };
  }

  /** By id, or by number; undefined where there is none. */
  async sample(which: string): Promise<{ sample: Sample; row: number; review: Review | undefined } | undefined> {
    const entry = this.entries.find(({ id }) => id === which);
    if (entry === undefined) return undefined;
    const sample = JSON.parse(await readPlace(path.join(this.path, entry.file), entry.offset, entry.bytes)) as Sample;
    return { sample, row: entry.row, review: (await readReviews(this.path)).get(entry.id) };
  }

  has(id: string): boolean {
    return this.entries.some((entry) => entry.id === id);
  }
}
