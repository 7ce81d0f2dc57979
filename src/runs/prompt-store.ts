/**
 * @file The prompts of a run in one file that grows, `prompts/texts`, and where each stands in it, `prompts/index.jsonl`. A file a prompt would
 * be half a million files. The text is written before its line of the index: what a kill leaves behind the last line is cut off.
 *
 * Runs of before December 2026 hold `prompts/<hash>.txt` instead; both are read, and such a run goes on with the store.
 */
import { createHash } from 'node:crypto';
import { closeSync, existsSync, fstatSync, ftruncateSync, mkdirSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { InputError } from '../errors.ts';
import { exists, fileError, readText } from '../storage/files.ts';
import { appendLines, readJournal } from '../storage/journal.ts';
import type { JournalKind } from '../storage/journal-line.ts';
import { readBytes } from '../storage/read-bytes.ts';

const placeSchema = z.object({
  /** The first 16 hex digits of the text's SHA-256. */
  hash: z.string(),
  /** In `texts`, in bytes of UTF-8. */
  offset: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
});
type PromptPlace = z.infer<typeof placeSchema>;

const promptLines: JournalKind<PromptPlace> = {
  name: 'the place of a prompt of a run',
  code: 'run-damaged',
  hint: 'Put the file back from a copy; to start the run anew: --overwrite.',
  line: placeSchema,
};

/** The name of a prompt in a run: the first 16 hex digits of its SHA-256. */
export const promptHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** The prompts of one run directory. One process at a time may write. */
export class PromptStore {
  private readonly folder: string;
  private places: Map<string, PromptPlace> | undefined;
  private end = 0;

  /** @param folder `prompts` of a run directory; made when the first prompt is written. */
  constructor(folder: string) {
    this.folder = folder;
  }

  private get texts(): string {
    return path.join(this.folder, 'texts');
  }

  private async read(): Promise<Map<string, PromptPlace>> {
    const places = await readJournal(path.join(this.folder, 'index.jsonl'), promptLines);
    this.end = Math.max(0, ...places.slice(-1).map(({ offset, bytes }) => offset + bytes));
    this.places = new Map(places.map((place) => [place.hash, place]));
    return this.places;
  }

  /** Stores a text once. @returns its hash. @throws ResourceError when the disk is full. */
  async write(text: string): Promise<string> {
    const hash = promptHash(text);
    const places = this.places ?? (await this.read());
    if (places.has(hash) || (await exists(path.join(this.folder, `${hash}.txt`)))) return hash;
    const place = { hash, offset: this.end, bytes: this.append(Buffer.from(text, 'utf8')) };
    await appendLines(path.join(this.folder, 'index.jsonl'), promptLines, [place]);
    places.set(hash, place);
    this.end += place.bytes;
    return hash;
  }

  private append(bytes: Buffer): number {
    let descriptor: number | undefined;
    try {
      mkdirSync(this.folder, { recursive: true });
      descriptor = openSync(this.texts, existsSync(this.texts) ? 'r+' : 'w+');
      if (fstatSync(descriptor).size > this.end) ftruncateSync(descriptor, this.end);
      for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at, bytes.length - at, this.end + at);
      return bytes.length;
    } catch (error) {
      throw fileError(error, this.texts, 'write');
    } finally {
      if (descriptor !== undefined) closeSync(descriptor);
    }
  }

  /** The text of a hash; undefined where the run has none, also while another process writes. @throws InputError when it is cut. */
  async text(hash: string): Promise<string | undefined> {
    const place = this.places?.get(hash) ?? (await this.read()).get(hash);
    if (place !== undefined) return this.slice(place);
    const file = path.join(this.folder, `${hash}.txt`);
    return /^[0-9a-f]{16}$/.test(hash) && (await exists(file)) ? await readText(file) : undefined;
  }

  private slice({ hash, offset, bytes }: PromptPlace): string {
    const descriptor = openSync(this.texts, 'r');
    try {
      const found = readBytes(descriptor, offset, bytes);
      if (found.length === bytes) return found.toString('utf8');
    } finally {
      closeSync(descriptor);
    }
    throw new InputError('run-damaged', `${this.texts}: ends before the prompt ${hash}.`, promptLines.hint);
  }
}
