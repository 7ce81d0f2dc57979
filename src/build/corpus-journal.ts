/**
 * @file How far a corpus has come, one line each, appended while it is written: the settings; each file of the input as it is begun; and
 * checkpoints, up to which both outputs are on disk. A run that was killed goes on after the last checkpoint.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { InputError } from '../errors.ts';
import { fileError, readJsonLines, writeJsonLines } from '../storage/files.ts';
import { type CorpusSettings, corpusSettingsSchema } from './corpus-settings.ts';

export const corpusJournalFile = 'journal.jsonl';

const sourceSchema = z.strictObject({ source: z.string(), stamp: z.string().optional() });
const checkpointSchema = z.strictObject({
  /** Items of the last source that are done. */
  items: z.int(),
  /** Digest over the ids and texts of those items. */
  digest: z.string(),
  /** Bytes of `documents.jsonl` and `refused.jsonl`. */
  documents: z.int(),
  refused: z.int(),
});
const headSchema = z.strictObject({ settings: corpusSettingsSchema });
/** Both outputs are whole; what is left is to put them in place, and this manifest. */
const endSchema = z.strictObject({ manifest: z.string() });
const lineSchema = z.union([sourceSchema, checkpointSchema, endSchema]);

export type JournalSource = z.infer<typeof sourceSchema>;
export type Checkpoint = z.infer<typeof checkpointSchema>;

export interface CorpusProgress {
  readonly settings: CorpusSettings;
  /** Sources that were begun before the last checkpoint; the last of them may be done in part. */
  readonly sources: readonly JournalSource[];
  readonly checkpoint: Checkpoint | undefined;
  readonly manifest: string | undefined;
}

/** Undefined where no run was begun. @throws InputError when the journal is damaged. */
export async function readCorpusJournal(directory: string): Promise<CorpusProgress | undefined> {
  const file = path.join(directory, corpusJournalFile);
  const [first, ...rest] = await readJsonLines(file);
  if (first === undefined) return undefined;
  const head = headSchema.safeParse(first);
  const lines = z.array(lineSchema).safeParse(rest);
  if (!head.success || !lines.success) {
    const message = `${file}: is not the journal of a corpus of this version`;
    throw new InputError('journal-invalid', message, 'Start anew with --overwrite.');
  }
  const begun: JournalSource[] = [];
  let [sources, checkpoint, manifest]: [number, Checkpoint | undefined, string | undefined] = [0, undefined, undefined];
  for (const line of lines.data) {
    if ('source' in line) begun.push(line);
    else if ('manifest' in line) manifest = line.manifest;
    else [sources, checkpoint] = [begun.length, line];
  }
  return { settings: head.data.settings, sources: begun.slice(0, sources), checkpoint, manifest };
}

export class CorpusJournal {
  private readonly file: string;
  private readonly descriptor: number;
  private waiting: string[] = [];

  private constructor(file: string) {
    this.file = file;
    this.descriptor = openSync(file, 'a');
  }

  /** Starts the journal with what is known to be done. @throws ResourceError when the disk is full. */
  static async open(directory: string, { settings, sources, checkpoint }: CorpusProgress): Promise<CorpusJournal> {
    const file = path.join(directory, corpusJournalFile);
    await writeJsonLines(file, [{ settings }, ...sources, ...(checkpoint === undefined ? [] : [checkpoint])]);
    return new CorpusJournal(file);
  }

  begin(source: JournalSource): void {
    this.waiting.push(JSON.stringify(source));
  }

  checkpoint(checkpoint: Checkpoint): void {
    this.append(checkpoint);
  }

  end(manifest: string): void {
    this.append({ manifest });
  }

  private append(line: Checkpoint | { readonly manifest: string }): void {
    const text = [...this.waiting, JSON.stringify(line)].map((row) => `${row}\n`).join('');
    this.waiting = [];
    try {
      writeSync(this.descriptor, text);
    } catch (error) {
      throw fileError(error, this.file, 'write');
    }
  }

  close(): void {
    closeSync(this.descriptor);
  }
}
