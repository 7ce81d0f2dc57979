/**
 * @file How far a corpus has come, one line each, appended while it is written: the settings; each file of the input as it is begun; and
 * checkpoints, up to which both outputs are on disk. A run that was killed goes on after the last checkpoint.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { Journal, readJournal, writeJournal } from '../storage/journal.ts';
import type { JournalKind } from '../storage/journal-line.ts';
import { damaged } from '../storage/parse-json.ts';
import { type CorpusSettings, corpusSettingsSchema } from './corpus-settings.ts';

/** Beside the outputs until the corpus is complete. */
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
const lineSchema = z.union([headSchema, sourceSchema, checkpointSchema, endSchema]);

const kind: JournalKind<z.infer<typeof lineSchema>> = {
  name: 'the journal of a corpus of this version',
  code: 'journal-invalid',
  hint: 'Start anew with --overwrite.',
  line: lineSchema,
};

/** A file of the input, as it was begun. */
export type JournalSource = z.infer<typeof sourceSchema>;
/** How far the run was when both outputs were last on disk. */
export type Checkpoint = z.infer<typeof checkpointSchema>;

/** What a journal says. `manifest` is there once both outputs are whole and only their renaming is left. */
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
  if (!existsSync(file)) return undefined;
  const [head, ...lines] = await readJournal(file, kind);
  // The settings are put there as a whole, before anything is appended.
  if (head === undefined || !('settings' in head)) throw damaged(`${file}:1`, kind, 'it does not begin with settings');
  const begun: JournalSource[] = [];
  let [sources, checkpoint, manifest]: [number, Checkpoint | undefined, string | undefined] = [0, undefined, undefined];
  for (const [index, line] of lines.entries()) {
    if ('settings' in line) throw damaged(`${file}:${index + 2}`, kind, 'settings stand in the first line only');
    if ('source' in line) begun.push(line);
    else if ('manifest' in line) manifest = line.manifest;
    else [sources, checkpoint] = [begun.length, line];
  }
  return { settings: head.settings, sources: begun.slice(0, sources), checkpoint, manifest };
}

/** A checkpoint may be appended only once both outputs are on disk up to it. */
export class CorpusJournal {
  private readonly journal: Journal<z.infer<typeof lineSchema>>;
  private waiting: JournalSource[] = [];

  private constructor(journal: Journal<z.infer<typeof lineSchema>>) {
    this.journal = journal;
  }

  /** Starts the journal with what is known to be done. @throws ResourceError when the disk is full. */
  static async open(directory: string, { settings, sources, checkpoint }: CorpusProgress): Promise<CorpusJournal> {
    const file = path.join(directory, corpusJournalFile);
    await writeJournal(file, [{ settings }, ...sources, ...(checkpoint === undefined ? [] : [checkpoint])]);
    return new CorpusJournal(await Journal.open(file, kind));
  }

  /** Is written with the next checkpoint: until then nothing of the source is on disk. */
  begin(source: JournalSource): void {
    this.waiting.push(source);
  }

  checkpoint(checkpoint: Checkpoint): void {
    this.journal.append([...this.waiting.splice(0), checkpoint]);
  }

  end(manifest: string): void {
    this.journal.append([...this.waiting.splice(0), { manifest }]);
  }

  close(): void {
    this.journal.close();
  }
}
