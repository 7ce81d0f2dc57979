/**
 * @file P1's input: files, folders, patterns and standard input (`-`) as one stream of raw documents and quarantined things.
 *
 * @example for await (const item of readDocuments(['books', 'papers/*.jsonl.gz'])) console.log(item.type, item.id)
 */
import { stat } from 'node:fs/promises';
import { unpackedBytes } from '../../records/bytes.ts';
import { type InputFile, inputFiles } from '../../records/input-files.ts';
import { defaultLimits, type Quarantined } from '../../records/reader.ts';
import { type ReadOptions, readFile, readSource } from './read-file.ts';
import type { ReadItem } from './reader.ts';

/** One file of the input, or what stands in its place. */
export interface DocumentSource {
  readonly id: string;
  /** Says whether it is still the same file, without reading it. Undefined for standard input and what cannot be read. */
  readonly stamp: () => Promise<string | undefined>;
  /** Reads it; once. */
  readonly items: () => AsyncIterable<ReadItem> | readonly ReadItem[];
}

async function stampOf(file: string): Promise<string | undefined> {
  const found = await stat(file).catch(() => undefined);
  return found === undefined ? undefined : `${found.size} bytes, changed ${found.mtime.toISOString()}`;
}

/** @throws InputError when a target does not exist, before anything is read. */
export async function checkTargets(targets: readonly string[]): Promise<void> {
  for (const target of targets) if (target !== '-') await inputFiles(target).next();
}

/** @throws InputError when a target does not exist. */
export async function* documentSources(
  targets: readonly string[],
  options: ReadOptions = {},
): AsyncGenerator<DocumentSource> {
  for (const target of targets) {
    if (target === '-') {
      const format = options.stdinFormat ?? 'jsonl';
      const limits = { ...defaultLimits, ...options.limits };
      const stdin = { id: 'stdin', format, file: undefined };
      yield {
        id: 'stdin',
        stamp: async () => undefined,
        items: () => readSource({ ...stdin, bytes: unpackedBytes(process.stdin, limits) }, options),
      };
      continue;
    }
    for await (const item of inputFiles(target) as AsyncGenerator<InputFile | Quarantined>)
      yield item.type === 'file'
        ? { id: item.id, stamp: () => stampOf(item.file), items: () => readFile(item.file, item.id, options) }
        : { id: item.id, stamp: async () => undefined, items: () => [item] };
  }
}

/** @throws InputError when a target does not exist. */
export async function* readDocuments(targets: readonly string[], options: ReadOptions = {}): AsyncGenerator<ReadItem> {
  for await (const source of documentSources(targets, options)) yield* source.items();
}
