/**
 * @file Samples as JSON lines: the native form, one sample a line.
 */
import { z } from 'zod';
import { InputError } from '../errors.ts';
import { type FileLine, type FileSummary, readLines, writeLines } from '../storage/lines.ts';
import { type Sample, sampleSchema } from './sample.ts';

function* jsonLines(records: Iterable<unknown>): Generator<string> {
  for (const record of records) yield JSON.stringify(record);
}

/** Writes any records as JSON lines, atomically. @throws ResourceError when the disk is full. */
export function writeJsonl(file: string, records: Iterable<unknown>): Promise<FileSummary> {
  return writeLines(file, jsonLines(records));
}

/** @throws ResourceError when the disk is full. */
export function writeSamples(file: string, samples: Iterable<Sample>): Promise<FileSummary> {
  return writeJsonl(file, samples);
}

const hint = 'Rebuild the dataset with `golongrl data build`, or remove the line.';

/** @throws InputError naming file, line and field. */
function parseSample(line: string, place: string): Sample {
  let record: unknown;
  try {
    record = JSON.parse(line);
  } catch (cause) {
    throw new InputError(
      'sample-not-json',
      `${place}: got ${JSON.stringify(line.slice(0, 60))}, expected a JSON object`,
      hint,
      { cause },
    );
  }
  const parsed = sampleSchema.safeParse(record);
  if (parsed.success) return parsed.data;
  throw new InputError('sample-invalid', `${place}: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`, hint);
}

/** A sample and where its line stands in the file. */
export interface PlacedSample extends Pick<FileLine, 'offset' | 'bytes'> {
  readonly sample: Sample;
}

/** @throws InputError when the file is missing or a line is not a sample. */
export async function* readPlacedSamples(file: string): AsyncGenerator<PlacedSample> {
  for await (const { line, number, offset, bytes } of readLines(file))
    yield { sample: parseSample(line, `${file}:${number}`), offset, bytes };
}

/**
 * The samples of a file, one at a time.
 *
 * @throws InputError when the file is missing or a line is not a sample.
 */
export async function* readSamples(file: string): AsyncGenerator<Sample> {
  for await (const { sample } of readPlacedSamples(file)) yield sample;
}
