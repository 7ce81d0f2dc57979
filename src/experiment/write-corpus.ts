/**
 * @file A corpus on disk: `documents.jsonl` (P1's documents with what P2 says of each), `refused.jsonl` (what was turned away
 * and why), `manifest.json` (counts, written last). All three are streamed, so a corpus may be larger than the memory.
 */
import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { type Qualification, QualificationCounter, type QualificationSummary, qualify } from '../assignment/qualify.ts';
import type { CorpusItem, RefusalCode } from '../corpus/stream-corpus.ts';
import { UsageError } from '../errors.ts';
import { fileError, writeFileAtomic } from '../runs/files.ts';
import { type FileSummary, writeLines } from '../samples/lines.ts';

export interface CorpusSummary {
  readonly documents: number;
  readonly words: number;
  readonly tokens: number;
  readonly licences: Readonly<Record<string, number>>;
  readonly languages: Readonly<Record<string, number>>;
  readonly forms: Readonly<Record<string, number>>;
  readonly refused: Readonly<Partial<Record<RefusalCode, number>>>;
  readonly qualification: QualificationSummary;
}

const count = <K extends string>(counts: Partial<Record<K, number>>, key: K): void => {
  counts[key] = (counts[key] ?? 0) + 1;
};

/** Counts a stream of corpus items as it passes. */
export class CorpusCounter {
  private documents = 0;
  private words = 0;
  private tokens = 0;
  private readonly counts = { licences: {}, languages: {}, forms: {} } as Record<string, Record<string, number>>;
  private readonly refused: Partial<Record<RefusalCode, number>> = {};
  private readonly qualifications = new QualificationCounter();

  /** @returns what P2 says of a document; undefined for one that was turned away. */
  add(item: CorpusItem): Qualification[] | undefined {
    if (item.type !== 'document') {
      count(this.refused, item.code);
      return undefined;
    }
    const { licences = {}, languages = {}, forms = {} } = this.counts;
    this.documents++;
    this.words += item.measures.words;
    this.tokens += item.measures.tokens;
    count(licences, item.licence);
    count(languages, item.language);
    count(forms, item.form);
    const found = qualify(item);
    this.qualifications.add(found);
    return found;
  }

  summary(): CorpusSummary {
    const { documents, words, tokens, refused } = this;
    const { licences = {}, languages = {}, forms = {} } = this.counts;
    return {
      documents,
      words,
      tokens,
      licences,
      languages,
      forms,
      refused,
      qualification: this.qualifications.summary(),
    };
  }
}

/** Writes lines one by one beside the target, and puts them in place at the end. */
class RefusedFile {
  private readonly file: string;
  private readonly descriptor: number;
  constructor(file: string) {
    this.file = file;
    this.descriptor = openSync(`${file}.partial`, 'w');
  }
  add(item: CorpusItem): void {
    writeSync(this.descriptor, `${JSON.stringify(item)}\n`);
  }
  close(complete: boolean): void {
    closeSync(this.descriptor);
    if (complete) renameSync(`${this.file}.partial`, this.file);
    else rmSync(`${this.file}.partial`, { force: true });
  }
}

export interface WriteCorpusOptions {
  readonly overwrite?: boolean;
  /** Called for each item, kept or not. */
  readonly onItem?: (item: CorpusItem) => void;
}

/**
 * @throws UsageError when the directory holds a corpus and `overwrite` is not set.
 * @throws ResourceError when the disk is full; no manifest is there then.
 */
export async function writeCorpus(
  directory: string,
  items: AsyncIterable<CorpusItem>,
  { overwrite = false, onItem }: WriteCorpusOptions = {},
): Promise<CorpusSummary & { readonly files: Readonly<Record<string, FileSummary>> }> {
  const manifest = path.join(directory, 'manifest.json');
  if (existsSync(manifest) && !overwrite)
    throw new UsageError(
      'corpus-exists',
      `${directory}: holds a corpus already`,
      'Name another --out, or --overwrite.',
    );
  mkdirSync(directory, { recursive: true });
  rmSync(manifest, { force: true });
  const counter = new CorpusCounter();
  const refused = new RefusedFile(path.join(directory, 'refused.jsonl'));
  const lines = async function* (): AsyncGenerator<string> {
    for await (const item of items) {
      onItem?.(item);
      const qualifications = counter.add(item);
      if (item.type !== 'document') {
        refused.add(item);
        continue;
      }
      const { type: _, text, ...rest } = item;
      const tasks = qualifications?.filter(({ subTasks }) => subTasks.length > 0).map(({ task }) => task);
      const lacks = qualifications?.flatMap(({ task, lacks: missing }) => missing.map((why) => `${task} ${why}`));
      yield JSON.stringify({ ...rest, tasks, lacks, text });
    }
  };
  let complete = false;
  try {
    const documents = await writeLines(path.join(directory, 'documents.jsonl'), lines());
    complete = true;
    refused.close(true);
    const result = { ...counter.summary(), files: { 'documents.jsonl': documents } };
    await writeFileAtomic(manifest, `${JSON.stringify(result, null, 2)}\n`);
    return result;
  } catch (error) {
    if (!complete) refused.close(false);
    throw fileError(error, directory, 'write');
  }
}
