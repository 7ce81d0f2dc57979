/**
 * @file P1's input: files, folders, patterns and standard input (`-`) as one stream of raw documents and quarantined things.
 *
 * @example for await (const item of readDocuments(['books', 'papers/*.jsonl.gz'])) console.log(item.type, item.id)
 */
import { type InputFile, inputFiles } from './input-files.ts';
import { type ReadOptions, readFile, readSource } from './read-file.ts';
import type { Quarantined, ReadItem } from './reader.ts';

/** @throws InputError when a target does not exist. */
export async function* readDocuments(targets: readonly string[], options: ReadOptions = {}): AsyncGenerator<ReadItem> {
  for (const target of targets) {
    if (target === '-') {
      const format = options.stdinFormat ?? 'jsonl';
      yield* readSource({ id: 'stdin', format, bytes: process.stdin, file: undefined }, options);
      continue;
    }
    for await (const item of inputFiles(target) as AsyncGenerator<InputFile | Quarantined>)
      yield* item.type === 'file' ? readFile(item.file, item.id, options) : [item];
  }
}
