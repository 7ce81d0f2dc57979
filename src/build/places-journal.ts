/**
 * @file What the places of a mixture came to, one line each, appended as they are drawn: a build that was killed goes on after the
 * last whole line, and shards are merged from these files without holding them in memory. Each line bears a checksum over itself and
 * the line before, so that none can be changed, left out or exchanged unnoticed, before a resumption or after it.
 */
import path from 'node:path';
import { z } from 'zod';
import type { PlaceResult } from '../construction/mixture/draw-place.ts';
import { InputError } from '../errors.ts';
import { Journal, journalLines } from '../storage/journal.ts';
import { type JournalKind, trusted } from '../storage/journal-line.ts';

/** In the directory of a build or shard while it is under way; a shard keeps it. */
export const journalFile = 'places.jsonl';

const kind: JournalKind<PlaceResult> = {
  name: 'a place of this journal',
  code: 'journal-damaged',
  hint: 'Build it anew with --overwrite.',
  line: trusted({ number: z.int().nonnegative(), rejections: z.array(z.unknown()) }),
  envelope: { key: 'number', value: 'result', check: 'chained' },
};

/** Appends in the order of the shard's places; the number of lines says where to go on. */
export interface PlacesJournal {
  /** Places that an earlier process has drawn. */
  readonly done: number;
  append(result: PlaceResult): void;
  /** Makes all of it durable. */
  close(): void;
}

/**
 * @param numbers The places in the order in which they are drawn.
 * @throws InputError when the file holds other places, ResourceError when the disk is full.
 */
export async function openJournal(directory: string, numbers: readonly number[]): Promise<PlacesJournal> {
  const file = path.join(directory, journalFile);
  let done = 0;
  const journal = await Journal.open(file, kind, {
    onLine: ({ key, number }) => {
      const next = numbers[done++];
      if (Number(key) === next) return;
      const message = `${file}:${number}: is not the line of place ${next ?? 'none'}, which comes next`;
      throw new InputError('journal-invalid', message, 'Build anew with --overwrite.');
    },
  });
  return {
    done,
    append: (result) => void journal.append([result], result.number),
    close: () => journal.close(true),
  };
}

/** The results of a journal in order. @throws InputError naming the line that is not as it was written. */
export async function* readPlaces(directory: string): AsyncGenerator<PlaceResult> {
  for await (const { value } of journalLines(path.join(directory, journalFile), kind)) yield value();
}
