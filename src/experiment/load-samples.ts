/**
 * @file Reads the samples of a run line by line: long prompts that the run does not use never pile up in memory.
 */
import { readSamples } from '../samples/jsonl.ts';
import type { Sample } from '../samples/sample.ts';
import type { TaskId } from '../tasks/task.ts';

export interface SampleFilter {
  readonly rendering: 'short' | 'long' | 'all';
  readonly tasks: readonly TaskId[];
}

/** @throws InputError naming file and line when a line is not a sample. */
export async function loadSamples(path: string, filter: SampleFilter): Promise<Sample[]> {
  const samples: Sample[] = [];
  for await (const sample of readSamples(path)) {
    const rendered = filter.rendering === 'all' || sample.rendering === filter.rendering;
    if (rendered && filter.tasks.includes(sample.task)) samples.push(sample);
  }
  return samples;
}
