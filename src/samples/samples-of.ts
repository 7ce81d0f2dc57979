/**
 * @file The samples of a dataset directory, or of one file of them, one at a time.
 */
import { statSync } from 'node:fs';
import path from 'node:path';
import { readSamples } from './jsonl.ts';
import type { Sample } from './sample.ts';
import { readManifest } from './write-dataset.ts';

const isDirectory = (target: string): boolean => statSync(target, { throwIfNoEntry: false })?.isDirectory() === true;

/** Native sample files of a dataset directory, or the one file itself. */
async function sampleFiles(target: string): Promise<string[]> {
  if (!isDirectory(target)) return [target];
  const { files } = await readManifest(target);
  return files.filter((file) => file.path.startsWith('native/')).map((file) => path.join(target, file.path));
}

/**
 * The native samples of a dataset directory or of one file, train before held-out.
 *
 * @throws InputError when there is no complete dataset, or a line is no sample.
 */
export async function* samplesOf(target: string): AsyncGenerator<Sample> {
  for (const file of await sampleFiles(target)) yield* readSamples(file);
}

/** How many `samplesOf` gives, by the manifest; undefined of a lone file. @throws InputError when there is no complete dataset */
export async function sampleCount(target: string): Promise<number | undefined> {
  return isDirectory(target) ? (await readManifest(target)).samples : undefined;
}
