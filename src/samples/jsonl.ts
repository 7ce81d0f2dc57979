/**
 * @file Samples as JSON lines: the native form, one sample a line.
 */
import { writeJournal } from '../storage/journal.ts';
import { type FileLine, type FileSummary, readLines } from '../storage/lines.ts';
import { type FileKind, parseJson } from '../storage/parse-json.ts';
import { type Sample, sampleSchema } from './sample.ts';

/** @throws ResourceError when the disk is full. */
export function writeSamples(file: string, samples: Iterable<Sample>): Promise<FileSummary> {
  return writeJournal(file, samples);
}

const kind: FileKind = {
  name: 'a sample',
  code: 'sample-invalid',
  hint: 'Rebuild the dataset with `golongrl data build`, or remove the line.',
};

/** A sample and where its line stands in the file. */
export interface PlacedSample extends Pick<FileLine, 'offset' | 'bytes'> {
  readonly sample: Sample;
}

/** @throws InputError when the file is missing or a line is not a sample. */
export async function* readPlacedSamples(file: string): AsyncGenerator<PlacedSample> {
  for await (const { line, number, offset, bytes } of readLines(file))
    yield { sample: parseJson(line, `${file}:${number}`, sampleSchema, kind), offset, bytes };
}

/**
 * The samples of a file, one at a time.
 *
 * @throws InputError when the file is missing or a line is not a sample.
 */
export async function* readSamples(file: string): AsyncGenerator<Sample> {
  for await (const { sample } of readPlacedSamples(file)) yield sample;
}
