/**
 * @file Reads the samples of a run line by line. Long prompts stay on disk until they are used: 8,000 prompts of 256K tokens are 8 GB, and
 * a step needs a few of them.
 */
import { openSync } from 'node:fs';
import { InputError } from '../errors.ts';
import { fileError } from '../storage/files.ts';
import { readBytes } from '../storage/read-bytes.ts';
import type { TaskId } from '../tasks/task.ts';
import { type PlacedSample, readPlacedSamples } from './jsonl.ts';
import type { Sample } from './sample.ts';

/** Samples of other tasks or renderings are passed over while reading. */
export interface SampleFilter {
  readonly rendering: 'short' | 'long' | 'all';
  readonly tasks: readonly TaskId[];
}

/** Characters of a prompt that stays in memory. */
const longest = 1 << 14;

/** Reads prompts again. The file stays open as long as the process runs: one that takes its name does not matter. */
class PromptFile {
  private readonly file: string;
  private readonly descriptor: number;
  constructor(file: string) {
    this.file = file;
    try {
      this.descriptor = openSync(file, 'r');
    } catch (error) {
      throw fileError(error, file, 'read');
    }
  }

  /** @throws InputError when the line is no longer that sample's. */
  prompt({ offset, bytes }: Pick<PlacedSample, 'offset' | 'bytes'>, id: string): string {
    try {
      const sample = JSON.parse(readBytes(this.descriptor, offset, bytes).toString('utf8')) as Sample;
      if (sample.id === id) return sample.prompt;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
    const message = `${this.file}: was changed while it was in use; sample ${id} is not where it stood`;
    throw new InputError('samples-changed', message, 'Put the file back, then continue with --resume.');
  }
}

/** The sample, whose prompt is read when it is asked for. */
function withPromptOnDisk(file: PromptFile, { sample, offset, bytes }: PlacedSample): Sample {
  // The getter must not hold the sample: its prompt is what is to be forgotten.
  const { prompt: _, ...rest } = sample;
  const { id } = rest;
  return Object.defineProperty(rest, 'prompt', {
    enumerable: true,
    get: () => file.prompt({ offset, bytes }, id),
  }) as Sample;
}

/** @throws InputError naming file and line when a line is not a sample. */
export async function loadSamples(path: string, filter: SampleFilter): Promise<Sample[]> {
  const samples: Sample[] = [];
  const file = new PromptFile(path);
  for await (const placed of readPlacedSamples(path)) {
    const { rendering, task, prompt } = placed.sample;
    const rendered = filter.rendering === 'all' || rendering === filter.rendering;
    if (!rendered || !filter.tasks.includes(task)) continue;
    samples.push(prompt.length <= longest ? placed.sample : withPromptOnDisk(file, placed));
  }
  return samples;
}
