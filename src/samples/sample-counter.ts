/**
 * @file Counts samples one at a time, so that a dataset of any size can be summarised.
 */

import { type TaskId, taskIds } from '../tasks/task.ts';
import type { Sample } from './sample.ts';

/** `tokens` are of the prompts: the shortest, the longest, all together; 0 without samples. */
export interface SampleSummary {
  readonly samples: number;
  readonly byTask: Readonly<Record<TaskId, number>>;
  readonly bySplit: Readonly<Record<string, number>>;
  readonly byRendering: Readonly<Record<string, number>>;
  readonly tokens: { readonly least: number; readonly most: number; readonly sum: number };
}

/** Holds counts alone, never a sample. */
export class SampleCounter {
  private readonly byTask = Object.fromEntries(taskIds.map((task) => [task, 0])) as Record<TaskId, number>;
  private readonly bySplit: Record<string, number> = { train: 0, heldout: 0 };
  private readonly byRendering: Record<string, number> = { short: 0, long: 0 };
  private samples = 0;
  private least = Number.POSITIVE_INFINITY;
  private most = 0;
  private sum = 0;

  add({ task, split, rendering, tokens }: Sample): void {
    this.samples++;
    this.byTask[task]++;
    this.bySplit[split] = (this.bySplit[split] ?? 0) + 1;
    this.byRendering[rendering] = (this.byRendering[rendering] ?? 0) + 1;
    this.least = Math.min(this.least, tokens);
    this.most = Math.max(this.most, tokens);
    this.sum += tokens;
  }

  summary(): SampleSummary {
    const { samples, byTask, bySplit, byRendering, most, sum } = this;
    return { samples, byTask, bySplit, byRendering, tokens: { least: samples === 0 ? 0 : this.least, most, sum } };
  }
}

/** The summary of samples that are read once. */
export async function summaryOf(samples: Iterable<Sample> | AsyncIterable<Sample>): Promise<SampleSummary> {
  const counter = new SampleCounter();
  for await (const sample of samples) counter.add(sample);
  return counter.summary();
}
